import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openHabitat } from '../../src/evaluate/habitat.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';
import { failedLifetime, type LifetimeResult } from '../../src/evaluate/lives.js';
import {
  decodeHabitat,
  decodeJob,
  decodeResults,
  encodeHabitat,
  encodeJob,
  encodeResults,
  wireVersion,
} from '../../src/evaluate/wire.js';
import { encodeFrame } from '../../src/spec/binary.js';
import { UserError } from '../../src/spec/errors.js';
import { smallRun } from '../evolve/small-run.js';

const awkward = [0, -0, Number.NaN, Infinity, -Infinity, Number.MIN_VALUE, 0.1 + 0.2];
const number = fc.oneof(fc.double(), fc.constantFrom(...awkward));
const record = fc.dictionary(fc.constantFrom('eaten', 'x', '7', 'last item', '$number'), number, {
  noNullPrototype: true,
});
const result: fc.Arbitrary<LifetimeResult> = fc.oneof(
  fc.record(
    {
      status: fc.constant<'ok'>('ok'),
      score: number,
      measures: record,
      behaviour: record,
      energy: number,
    },
    { noNullPrototype: true },
  ),
  fc.string().map((reason) => failedLifetime(reason)),
);
/** What tasks trace: plain values with numbers and typed arrays. */
const trace = fc.record(
  {
    bound: number,
    target: fc.array(number),
    at: fc.array(number).map((values) => Float64Array.from(values)),
  },
  { noNullPrototype: true },
);
const traced = fc.tuple(result, trace).map(([of, drawn]): LifetimeResult => ({ ...of, trace: drawn }));

describe('a job as bytes', () => {
  it('gives back genomes to the bit, seeds, repeats and what is traced', () => {
    const job = fc.integer({ min: 1, max: 5 }).chain((genes) =>
      fc.array(
        fc.tuple(
          fc.array(number, { minLength: genes, maxLength: genes }).map((values) => Float64Array.from(values)),
          fc.string(),
          fc.integer({ min: 1, max: 9 }),
          fc.boolean(),
        ),
      ),
    );
    fc.assert(
      fc.property(job, (lives) => {
        const batch = {
          genomes: lives.map(([genome]) => genome),
          seeds: lives.map(([, seed]) => seed),
          repeats: lives.map(([, , repeats]) => repeats),
          traced: lives.map(([, , , isTraced]) => isTraced),
        };
        expect(decodeJob(encodeJob(batch))).toStrictEqual(batch);
      }),
    );
  });

  it('leaves the genomes that it was made of alone', () => {
    const genome = Float64Array.of(1, 2);
    const back = decodeJob(
      encodeJob({ genomes: [genome, genome], seeds: ['a', 'b'], repeats: [1, 2], traced: [false, true] }),
    );
    (back.genomes[1] as Float64Array)[0] = 9;
    expect([genome[0], back.genomes[0]![0]]).toEqual([1, 1]);
  });
});

describe('results as bytes', () => {
  it('give back every number to the bit, traces, failures with their reasons, and how long it took', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(result, traced)), number, (results, ms) => {
        expect(decodeResults(encodeResults({ results, ms }))).toStrictEqual({ results, ms });
      }),
    );
  });

  it('keep the order of measures', () => {
    const results: LifetimeResult[] = [
      { status: 'ok', score: 1, measures: { b: 1, a: 2 }, behaviour: {}, energy: 0 },
      { status: 'ok', score: 1, measures: { a: 3, b: 4 }, behaviour: {}, energy: 0 },
    ];
    const back = decodeResults(encodeResults({ results, ms: 0 }));
    expect(JSON.stringify(back.results)).toBe(JSON.stringify(results));
  });
});

describe('a habitat as bytes', () => {
  it('is the same habitat, and lives the same without anything being assembled', async () => {
    const { habitat } = await smallRun();
    const modules = new LifetimeRunner(habitat).modules();
    expect(modules.size).toBe(1);
    const sent = decodeHabitat(encodeHabitat({ setup: habitat.setup, prepared: { modules } }));
    expect(sent.setup).toEqual(habitat.setup);
    expect(sent.prepared.modules).toEqual(modules);
    const there = await openHabitat(sent.setup, sent.prepared);
    const [here, elsewhere] = [habitat, there].map((of) =>
      new LifetimeRunner(of).live(habitat.space.start, 'ab', 1),
    );
    expect(elsewhere).toStrictEqual(here);
  });
});

describe('messages', () => {
  const readers = { habitat: decodeHabitat, job: decodeJob, results: decodeResults };

  it.each(
    Object.entries(readers),
  )('of a format that is not known are refused by name: %s', (what, decode) => {
    const later = encodeFrame({ format: `baldwin-${what}/${wireVersion + 1}` }, { sealed: false });
    expect(() => decode(later)).toThrow(UserError);
    expect(() => decode(later)).toThrow(
      `Expected a message "baldwin-${what}/${wireVersion}", found the format "baldwin-${what}/${wireVersion + 1}".`,
    );
    for (const other of [encodeFrame({}, { sealed: false }), encodeFrame(null, { sealed: false })])
      expect(() => decode(other)).toThrow('found the format undefined');
  });

  it('that are cut short are refused', () => {
    const job = encodeJob({ genomes: [Float64Array.of(1)], seeds: ['a'], repeats: [1], traced: [true] });
    for (let length = 0; length < job.length; length++)
      expect(() => decodeJob(job.subarray(0, length))).toThrow(
        `found ${length} bytes that are no whole message`,
      );
  });
});
