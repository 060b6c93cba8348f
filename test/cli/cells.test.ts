import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baldwin, json, workplace } from './cli.js';

const own = {
  $schema: './schemas/cell-model.json',
  format: 'cell-model/1',
  name: 'mine',
  summary: 'a leaky cell',
  source: 'a test',
  parameters: {
    tau: { unit: 'ms', default: 10, low: 1, high: null, about: 'membrane time constant' },
    vThreshold: { unit: 'mV', default: 10, low: 0, high: 'inf', about: 'fires above it' },
  },
  state: { v: { unit: 'mV', start: 0 } },
  currentUnit: 'mV/ms',
  integrator: 'exponential-euler',
  equations: ['dv/dt = I - v/tau'],
  threshold: 'v >= vThreshold',
  reset: ['v = 0'],
  types: { eager: { about: 'with a low threshold', parameters: { vThreshold: 2 } } },
  protocols: {
    step: {
      about: 'a step',
      current: 'if(t >= 5, 2, 0)',
      dtMs: 0.1,
      durationMs: 20,
      expect: {
        source: '10 ln 2 ms after the step',
        spikes: 2,
        timesMs: [11.9315, 18.863],
        toleranceMs: 0.2,
      },
    },
  },
};

function file(name: string, change: object = {}): string {
  writeFileSync(join(workplace, name), JSON.stringify({ ...own, ...change }, null, 2));
  return name;
}

const picture = (name: string) => readFileSync(join(workplace, name)).subarray(1, 4).toString();

interface Outcome {
  spikes: number;
  spikesMs: number[];
  rateHz: number;
  asExpected?: boolean;
  states: Record<string, { min: number; max: number; unit: string }>;
  frequencies?: { current: number; rateHz: number }[];
  parameters: Record<string, number | string>;
}

describe('cells', () => {
  it('lists the models of the program and those in ./cells, and tells of one that is broken', async () => {
    mkdirSync(join(workplace, 'cells'), { recursive: true });
    file('cells/mine.json');
    file('cells/broken.json', { threshold: 'v >' });
    const { code, stdout, stderr } = await baldwin('cells', '--json');
    const { cells } = JSON.parse(stdout) as { cells: { name: string }[] };
    expect(code).toBe(0);
    expect(cells.map(({ name }) => name)).toEqual(expect.arrayContaining(['izhikevich', 'mine']));
    expect(cells.map(({ name }) => name)).not.toContain('broken');
    expect(stderr).toMatch(
      /cells\/broken\.json: not a valid cell model\.\n {2}threshold: A value is missing/,
    );
    expect(cells.find(({ name }) => name === 'mine')).toEqual({
      name: 'mine',
      states: ['v'],
      integrator: 'exponential-euler',
      types: ['eager'],
      protocols: ['step'],
      summary: 'a leaky cell',
    });
    expect((await baldwin('cells')).stdout).toMatch(/izhikevich +v u +exponential-euler +two variables/);
  });

  it('explains one, with formulas as text and as LaTeX', async () => {
    const { stdout } = await baldwin('cells', file('mine.json'));
    expect(stdout).toContain('mine: a leaky cell');
    expect(stdout).toContain('dv/dt = I - v / tau');
    expect(stdout).toMatch(/tau +10 +ms +1 to inf +membrane time constant/);
    expect(stdout).toMatch(/eager +vThreshold=2 +with a low threshold/);
    expect(stdout).toMatch(/step +20 +2 spikes, at 11\.931, 18\.863 ms +a step/);
    const document = await json<{ formulas: object[]; parameters: { tau: object } }>('cells', 'mine.json');
    expect(document.formulas).toContainEqual({
      part: 'equations',
      about: 'equations',
      formulas: [
        {
          text: 'dv/dt = I - v / tau',
          latex: '\\frac{\\mathrm{d}v}{\\mathrm{d}t} = I - \\frac{v}{\\tau}',
        },
      ],
    });
    expect(document.parameters.tau).toMatchObject({ default: 10, high: 'inf' });
  });

  it('runs one and draws it', async () => {
    const outcome = await json<Outcome>('cells', file('mine.json'), '--plot', 'mine.png');
    expect(picture('mine.png')).toBe('PNG');
    expect(outcome).toMatchObject({ spikes: 2, rateHz: 100, asExpected: true });
    expect(outcome.spikesMs[0]).toBeCloseTo(12, 9);
    expect(outcome.states.v).toMatchObject({ unit: 'mV', min: 0 });
    expect(outcome.frequencies).toHaveLength(60);
    for (const { current, rateHz } of outcome.frequencies!) {
      if (current > 1.05) expect(rateHz).toBeGreaterThan(0);
      if (current < 1) expect(rateHz).toBe(0);
    }
    const { stdout } = await baldwin('cells', 'mine.json', '--run');
    expect(stdout).toMatch(/times \(ms\) +12 19/);
    expect(stdout).toMatch(/as expected: 2 spikes, 2 expected/);
  });

  it('takes another type, parameter, input, step and engine', async () => {
    const name = file('mine.json');
    const run = (...args: string[]) => json<Outcome>('cells', name, ...args);
    expect((await run('--type', 'eager')).spikes).toBeGreaterThan(4);
    expect((await run('--set', 'vThreshold=inf')).parameters.vThreshold).toBe('inf');
    expect((await run('--set', 'vThreshold=inf')).spikes).toBe(0);
    const long = await run('--current', '2 + gaussian()', '--ms', '200', '--dt', '0.5', '--seed', '3');
    expect(long.spikes).toBeGreaterThan(15);
    expect(long).not.toHaveProperty('asExpected');
    const again = await run(
      ...['--current', '2 + gaussian()', '--ms', '200', '--dt', '0.5', '--seed', '3'],
      ...['--engine', 'reference'],
    );
    expect(again.spikesMs).toEqual(long.spikesMs);
    expect((await run('--protocol', 'step', '--engine', 'f32')).spikes).toBe(2);
    expect(await run('--integrator', 'rk4', '--run')).toMatchObject({ integrator: 'rk4', spikes: 2 });
  });

  it('writes a model to start from, which is valid', async () => {
    expect(await json('cells', 'leaky-integrate-and-fire', '--export', 'lif.json')).toEqual({
      exported: 'lif.json',
    });
    expect(await json('validate', 'lif.json')).toEqual({
      ok: true,
      path: 'lif.json',
      format: 'cell-model/1',
    });
    const [builtIn, exported] = await Promise.all([
      json<Outcome>('cells', 'leaky-integrate-and-fire', '--run'),
      json<Outcome>('cells', 'lif.json', '--run'),
    ]);
    expect(exported.spikesMs).toEqual(builtIn.spikesMs);
    const { code, stderr } = await baldwin('cells', 'izhikevich', '--export', 'lif.json');
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is a file already')]);
  });

  const mistakes: [string, object, RegExp][] = [
    [
      'an unknown name',
      { equations: ['dv/dt = I - v/tua'] },
      /equations\[0\]: there is no "tua" here\..*"tau".*\(column 15\)\n {4}dv\/dt = I - v\/tua\n {18}\^/,
    ],
    [
      'units that do not agree',
      { equations: ['dv/dt = I - v'] },
      /equations\[0\]: the left side is in mV\/ms, the right side in mV, .*\(column 11\)/,
    ],
    ['a missing reset', { reset: undefined }, /reset: missing reset/],
    [
      'a division by zero at rest',
      { equations: ['dv/dt = I - 1[mV^2/ms]/v'] },
      /equations\[0\]: division by zero: "v" is 0/,
    ],
    ['another format', { format: 'cell-model/2' }, /format: expected "cell-model\/1", found "cell-model\/2"/],
    [
      'a field that there is none of',
      { treshold: 'v > 3' },
      /treshold: unknown field\. Did you mean "threshold"/,
    ],
    [
      'text in place of a number',
      { parameters: { ...own.parameters, tau: { ...own.parameters.tau, default: 'ten' } } },
      /parameters\.tau\.default: expected/,
    ],
  ];

  it.each(mistakes)('tells of %s', async (_, change, message) => {
    const { code, stdout, stderr } = await baldwin('cells', file('wrong.json', change), '--run');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: wrong\.json: not a valid cell model\.\n/);
    expect(stderr).toMatch(message);
  });

  it('tells of files that are none, and of names that there are none of', async () => {
    writeFileSync(join(workplace, 'no.json'), '{ "format": "cell-model/1", }');
    const expectations: [string[], RegExp][] = [
      [['no.json'], /no\.json: the cell model is not valid JSON/],
      [['absent.json'], /absent\.json: there is no such cell model file/],
      [['izhikevitch'], /Unknown cell model "izhikevitch"\. Did you mean "izhikevich"/],
      [['izhikevich', '--type', 'regular'], /Unknown type "regular"/],
      [['izhikevich', '--set', 'q=1'], /Unknown parameter "q" of izhikevich/],
      [['izhikevich', '--set', 'a'], /--set a: expected parameter=value/],
      [['izhikevich', '--integrator', 'rk5'], /Unknown integrator "rk5"\. Did you mean "rk4"/],
      [['izhikevich', '--current', 'sin(t / 3[mV])'], /must be a plain number/],
      [
        ['izhikevich', '--ms', '1', '--dt', '5'],
        /1 ms in steps of 5 ms: expected 1 to 5000000 steps, found 0/,
      ],
      [['--run'], /--run needs a cell model/],
    ];
    for (const [args, message] of expectations) {
      const { code, stderr } = await baldwin('cells', ...args);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
    file('cells/izhikevich.json');
    expect((await baldwin('cells', 'izhikevich')).stderr).toMatch(
      /cells\/izhikevich\.json: the cell model "izhikevich" comes with the program/,
    );
  });

  it('warns where a step is too large', async () => {
    const silent = { threshold: undefined, reset: undefined, types: undefined, protocols: undefined };
    const stiff = file('stiff.json', {
      ...silent,
      integrator: 'euler',
      equations: ['dv/dt = I - v^3/1[mV^2 ms]'],
    });
    const { code, stderr } = await baldwin('cells', stiff, '--current', '1000', '--dt', '5');
    expect(code).toBe(0);
    expect(stderr).toMatch(/v does not stay finite\. Try a smaller step \(--dt, now 5 ms\)/);
  });
});

describe('synapses and inputs', () => {
  it('are listed and explained', async () => {
    const { stdout } = await baldwin('synapses');
    expect(stdout).toMatch(/exponential +g +current +a current that jumps/);
    expect((await baldwin('synapses', 'exponential')).stdout).toMatch(/dg\/dt = -g \/ tau/);
    expect((await json<{ inputs: object[] }>('inputs')).inputs).toContainEqual(
      expect.objectContaining({ name: 'external' }),
    );
    const document = await json<{ formulas: { part: string }[] }>('synapses', 'gap-junction');
    expect(document.formulas.map(({ part }) => part)).toEqual(['current', 'sends', 'start']);
  });

  it('are drawn', async () => {
    await json('synapses', 'exponential', '--plot', 'synapse.png', '--set', 'tau=20');
    expect(picture('synapse.png')).toBe('PNG');
    expect((await baldwin('inputs', 'external', '--plot', 'input.png')).stdout).toBe('picture: input.png\n');
    const { code, stderr } = await baldwin('synapses', '--plot', 'synapse.png');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--plot needs one of the synapses')]);
  });

  it('write one as a file, which gives the same back', async () => {
    expect(await json('synapses', 'nmda', '--export', 'nmda-own.json')).toEqual({
      exported: 'nmda-own.json',
    });
    expect((await baldwin('inputs', 'sine', '--export', 'sine-own.json')).stdout).toContain('sine-own.json');
    expect((await baldwin('inputs', 'sine', '--export', 'sine-own.json')).code).toBe(2);
    expect(await json('synapses', 'nmda-own.json')).toEqual(await json('synapses', 'nmda'));
    expect(await json('inputs', 'sine-own.json')).toEqual(await json('inputs', 'sine'));
    const { code, stderr } = await baldwin('inputs', '--export', 'none.json');
    expect([code, stderr]).toEqual([2, expect.stringContaining('--export needs one of the inputs')]);
  });

  it('may be your own', async () => {
    const synapse = {
      format: 'synapse-model/1',
      name: 'slow',
      summary: 'slow',
      source: 'a test',
      parameters: { tau: { unit: 'ms', default: 100, low: 1, high: 'inf', about: 'decay' } },
      state: { g: { unit: 'current', start: 0 } },
      equations: ['dg/dt = -g / tau'],
      current: 'g',
      receives: 'g',
      weightUnit: 'current',
    };
    mkdirSync(join(workplace, 'synapses'), { recursive: true });
    writeFileSync(join(workplace, 'synapses', 'slow.json'), JSON.stringify(synapse));
    expect((await baldwin('synapses', 'slow')).stdout).toContain('dg/dt = -g / tau');
    writeFileSync(join(workplace, 'wrong.json'), JSON.stringify({ ...synapse, current: 'g*taw' }));
    const { code, stderr } = await baldwin('validate', 'wrong.json');
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.json: not a valid synapse model\.\n {2}current: there is no "taw" here/);
  });
});
