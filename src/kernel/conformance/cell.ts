import { deriveSeed } from '../../math/seed.js';
import { cellModelProblems } from '../../network/check/cell-model.js';
import { formatModelFile, readCellModel } from '../../network/files/model-file.js';
import { integratorNames } from '../../network/model/integrators.js';
import type { CellModel, Expectation, Protocol } from '../../network/model/model.js';
import { trialOf, typeOf } from '../../network/model/protocol.js';
import { type Check, expectSame, expectThat } from '../../spec/conformance.js';
import { loadAssembler } from '../assemble.js';
import { type Response, respond } from '../response.js';

type Engine = 'reference' | 'f64' | 'f32';

async function live(model: CellModel, protocol: Protocol, engine: Engine): Promise<Response> {
  if (engine !== 'reference') await loadAssembler();
  const trial = trialOf(model, protocol);
  return respond(trial.model, { ...trial, engine, seed: deriveSeed('protocol') });
}

const timesOf = ({ spikeSteps }: Response, dtMs: number, timed: Expectation['timed'] = 'end') =>
  spikeSteps[0]!.map((step) => (timed === 'start' ? step : step + 1) * dtMs);

/** Asks a response for everything that is expected of it. */
function expectOf(response: Response, { expect: expected, dtMs, durationMs }: Protocol): void {
  if (!expected) return;
  const { spikes, timesMs = [], toleranceMs = 1e-6, rateHz, rateToleranceHz = 1e-6, ends = {} } = expected;
  const times = timesOf(response, dtMs, expected.timed);
  if (spikes !== undefined) expectThat(times.length === spikes, `${spikes} spikes`, times);
  timesMs.forEach((time, i) => {
    expectThat(Math.abs(times[i]! - time) <= toleranceMs, `spike ${i + 1} at ${time} ms`, times);
  });
  if (rateHz !== undefined) {
    const rate = (1000 * times.length) / durationMs;
    expectThat(Math.abs(rate - rateHz) <= rateToleranceHz, `${rateHz} spikes a second`, rate);
  }
  for (const [name, value] of Object.entries(ends)) {
    const end = response.states[name]![0]!.at(-1)!;
    expectThat(Math.abs(end - value) <= (expected.endsTolerance ?? 1e-6), `${name} to end at ${value}`, end);
  }
}

/** A short life under a current of one unit, for models that say nothing of theirs. */
const shortLife = (current: string): Protocol => ({
  about: 'a short life',
  current,
  dtMs: 0.1,
  durationMs: 50,
});

/** What cells are put through: their protocols, and short lives. */
const protocolsOf = ({ protocols = {} }: CellModel): [string, Protocol][] => [
  ...Object.entries(protocols),
  ['a short life at rest', shortLife('0')],
  ['a short life under a current', shortLife('if(t < 25, 1, -1)')],
];

function described(model: CellModel): Check[] {
  return [
    {
      name: 'has no fault, its units included',
      run: () => expectSame(cellModelProblems(model), [], 'the faults of the model'),
    },
    {
      name: 'has parameters in their ranges, in each of its types',
      run() {
        const within = (place: string, value: number, parameter: string) => {
          const { low, high } = model.parameters[parameter]!;
          expectThat(value >= low && value <= high, `${place} in [${low}, ${high}]`, value);
        };
        for (const [name, { default: value }] of Object.entries(model.parameters))
          within(`parameters.${name}`, value, name);
        for (const type of Object.keys(model.types ?? {})) {
          const { parameters, start } = typeOf(model, type);
          for (const [name, value] of Object.entries(parameters))
            within(`types.${type}.${name}`, value, name);
          for (const state of Object.keys(start)) {
            expectThat(Object.hasOwn(model.state, state), `types.${type}.start: a state of the cell`, state);
          }
        }
        if (model.integrator) {
          expectThat(integratorNames.includes(model.integrator), 'a known integrator', model.integrator);
        }
      },
    },
    {
      name: 'is the same when it is written to a file and read again',
      run() {
        const text = formatModelFile(model, 'cell');
        const again = readCellModel(JSON.parse(text), 'written');
        expectSame(JSON.parse(formatModelFile(again, 'cell')), JSON.parse(text), 'the file written again');
      },
    },
  ];
}

const lived = (model: CellModel, name: string, protocol: Protocol): Check[] => [
  {
    name: `${name}: as expected in float64, to the bit in both engines`,
    async run() {
      const reference = await live(model, protocol, 'reference');
      expectOf(reference, protocol);
      const compiled = await live(model, protocol, 'f64');
      expectSame(compiled.spikeSteps, reference.spikeSteps, 'spikes of the compiled engine');
      for (const state of Object.keys(model.state)) {
        const [a, b] = [reference.states[state]![0]!, compiled.states[state]![0]!];
        const step = a.findIndex((value, k) => !Object.is(value, b[k]));
        expectThat(step === -1, `${state} the same in both engines, ${a[step]} after step ${step}`, b[step]);
        expectThat(
          a.every(Number.isFinite),
          `${state} to stay finite`,
          a.find((value) => !Number.isFinite(value)),
        );
      }
    },
  },
];

const narrow = (model: CellModel, name: string, protocol: Protocol): Check => ({
  name: `${name}: nearly so in float32`,
  async run() {
    const [wide, single] = [await live(model, protocol, 'f64'), await live(model, protocol, 'f32')];
    const expected = timesOf(wide, protocol.dtMs);
    const times = timesOf(single, protocol.dtMs);
    expectThat(times.length === expected.length, `${expected.length} spikes`, times.length);
    // A spike may slip by a step, and those after it with it; the rest is two thousandths of the time that has passed.
    expected.forEach((time, i) => {
      const slip = Math.abs(times[i]! - time);
      expectThat(slip <= (i + 2) * protocol.dtMs + 2e-3 * time, `spike ${i + 1} at ${time} ms`, times[i]);
    });
    for (const state of Object.keys(protocol.expect?.ends ?? {})) {
      const [a, b] = [wide.states[state]![0]!.at(-1)!, single.states[state]![0]!.at(-1)!];
      expectThat(Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(a)), `${state} to end at ${a}`, b);
    }
  },
});

/**
 * What is asked of every cell model: a description without fault, protocols that come out as it says, and short lives that
 * are the same to the bit in both engines.
 */
export const cellChecks = (model: CellModel): Check[] => [
  ...described(model),
  ...protocolsOf(model).flatMap(([name, protocol]) => lived(model, name, protocol)),
  ...Object.entries(model.protocols ?? {}).map(([name, protocol]) => narrow(model, name, protocol)),
];
