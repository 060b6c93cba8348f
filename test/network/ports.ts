import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { deriveSeed } from '../../src/math/seed.js';
import type { CellModel, PortModel } from '../../src/network/model/model.js';
import type { Network, Population, Projection, ShortTerm } from '../../src/network/model/network.js';

export type Engine = 'reference' | 'f64' | 'f32';
export const engines: readonly Engine[] = ['reference', 'f64', 'f32'];

export const simulatorOf = (network: Network, engine: Engine) =>
  engine === 'reference'
    ? new ReferenceSimulator(network)
    : new CompiledSimulator(network, { precision: engine });

/** Fires in the steps that begin at these times. */
export const clock = (timesMs: readonly number[], dtMs: number): CellModel => ({
  name: 'clock',
  summary: 'fires at given times',
  source: 'test',
  parameters: {},
  state: {},
  threshold: timesMs.map((time) => `abs(t - ${time}) < ${dtMs / 2}`).join(' or '),
});

/** Keeps v and s as they start, and shows what it receives. */
export const probe: CellModel = {
  name: 'probe',
  summary: 'shows its current',
  source: 'test',
  parameters: {},
  state: {
    v: { unit: 'mV', start: -60 },
    s: { unit: '1', start: 0.3 },
    received: { unit: 'nA', start: 0 },
  },
  currentUnit: 'nA',
  update: ['received = I'],
};

const alone = { modulators: {}, inputs: [], outputs: [] };

/** Runs a network and gives a state of its population `probes` after every step, of the first cell. */
export function record(network: Network, steps: number, engine: Engine, state = 'received'): number[] {
  const simulator = simulatorOf(network, engine);
  simulator.load({ seed: deriveSeed('ports') });
  return Array.from({ length: steps }, () => {
    simulator.run(1, [], new Float64Array(0));
    return simulator.state('probes', state)[0]!;
  });
}

/** One cell that fires at given times, and a probe that it reaches by a port. */
export function oneSynapse(
  model: PortModel,
  options: {
    timesMs: readonly number[];
    dtMs: number;
    weight?: number;
    parameters?: Record<string, number>;
    v?: number;
    from?: Population;
    shortTerm?: ShortTerm;
  },
): Network {
  const { timesMs, dtMs, weight = 1, parameters = {}, v = -60 } = options;
  const from: Population = options.from ?? {
    name: 'clocks',
    count: 1,
    model: clock(timesMs, dtMs),
    parameters: {},
    ports: {},
  };
  const projection: Projection = {
    name: 'synapse',
    from: from.name,
    to: 'probes',
    port: 'port',
    acts: 'afterReset',
    rowStart: Int32Array.of(0, ...Array(from.count).fill(1)),
    post: Int32Array.of(0),
    weight: Int32Array.of(0),
    delayMs: 0,
    ...(options.shortTerm ? { shortTerm: options.shortTerm } : {}),
  };
  return {
    dtMs,
    populations: [
      from,
      {
        name: 'probes',
        count: 1,
        model: probe,
        parameters: {},
        start: { v },
        ports: { port: { model, parameters } },
      },
    ],
    projections: [projection],
    weights: Float64Array.of(weight),
    ...alone,
  };
}

/** A probe with an input. */
export const oneInput = (
  model: PortModel,
  dtMs: number,
  parameters: Record<string, number>,
  count = 1,
): Network => ({
  dtMs,
  populations: [
    { name: 'probes', count, model: probe, parameters: {}, ports: { port: { model, parameters } } },
  ],
  projections: [],
  weights: new Float64Array(0),
  ...alone,
});
