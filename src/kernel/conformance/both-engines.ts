import type { CellModel } from '../../network/model/model.js';
import type { Network } from '../../network/model/network.js';
import { loadAssembler } from '../assemble.js';
import { CompiledSimulator } from '../compiled.js';
import { ReferenceSimulator } from '../reference.js';
import type { Simulator } from '../simulator.js';

type Engine = 'reference' | 'f64' | 'f32';

/** A simulator of each engine, one of which has to be loaded first. */
export async function simulatorOf(network: Network, engine: Engine): Promise<Simulator> {
  if (engine === 'reference') return new ReferenceSimulator(network);
  await loadAssembler();
  return new CompiledSimulator(network, { precision: engine });
}

/** Nothing that drives a network, and no outputs. */
export const nothing = new Float64Array(0);

/** What networks of conformance checks lack. */
export const alone = { modulators: {}, inputs: [], outputs: [] };

/** A cell whose states follow expressions over `t`, and which fires in the steps that begin at given times. */
export const scripted = (
  name: string,
  states: Readonly<Record<string, string>>,
  spikesMs: readonly number[],
): CellModel => ({
  name,
  summary: 'a cell that does as it is told',
  source: 'definition',
  parameters: {},
  state: {
    ...Object.fromEntries(Object.keys(states).map((state) => [state, { unit: '1', start: 0 }])),
    received: { unit: '1', start: 0 },
  },
  currentUnit: 'current',
  update: [...Object.entries(states).map(([state, value]) => `${state} = ${value}`), 'received = I'],
  ...(spikesMs.length > 0
    ? { threshold: spikesMs.map((time) => `abs(t - ${time}) < dt / 2`).join(' or '), reset: [] }
    : {}),
});
