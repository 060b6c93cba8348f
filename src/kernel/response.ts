import { reachCount } from '../network/model/dynamics.js';
import type { CellModel } from '../network/model/model.js';
import type { Population, Values } from '../network/model/network.js';
import { CompiledSimulator } from './compiled.js';
import type { Precision } from './layout.js';
import { ReferenceSimulator } from './reference.js';
import type { Simulator } from './simulator.js';

export interface Stimulus {
  dtMs: number;
  durationMs: number;
  parameters?: Readonly<Record<string, Values>>;
  /** States that start otherwise than the model says. */
  start?: Readonly<Record<string, Values>>;
  /** What drives the cells. */
  ports?: Population['ports'];
  /** Cells side by side, which may differ in their parameters; 1 where absent. */
  cells?: number;
  /** States to record after every step; all of the model's where absent, none where empty. */
  record?: readonly string[];
  /** The reference simulator, or the compiled engine in a precision; `f64` where absent. */
  engine?: 'reference' | Precision;
  seed?: string;
  /** Whether steps are counted that lead beyond the reach of the integrator. */
  countsReach?: boolean;
}

export interface Response {
  /** `[steps]` the end of each step */
  timesMs: Float64Array;
  /** `[cells][steps]` by state */
  states: Readonly<Record<string, readonly Float64Array[]>>;
  /** `[cells]` the steps in which each fired, counted from 0: step k ends at (k + 1) dt */
  spikeSteps: readonly (readonly number[])[];
  /** `[cells]` steps that lead beyond the reach of the integrator, where these are counted */
  beyondReach?: Float64Array;
}

/** Lets cells of a model live by themselves under an input, and records them. */
export function respond(model: CellModel, stimulus: Stimulus): Response {
  const { dtMs, durationMs, cells = 1, engine = 'f64', seed } = stimulus;
  const population: Population = {
    name: 'cells',
    count: cells,
    model,
    parameters: stimulus.parameters ?? {},
    ...(stimulus.start ? { start: stimulus.start } : {}),
    ports: stimulus.ports ?? {},
    countsReach: stimulus.countsReach ?? false,
  };
  const network = {
    dtMs,
    populations: [population],
    projections: [],
    modulators: {},
    inputs: [],
    outputs: [],
    weights: new Float64Array(0),
  };
  const simulator: Simulator =
    engine === 'reference'
      ? new ReferenceSimulator(network)
      : new CompiledSimulator(network, { precision: engine });
  simulator.load(seed === undefined ? {} : { seed });
  const steps = Math.round(durationMs / dtMs);
  const recorded = stimulus.record ?? Object.keys(model.state);
  const states = Object.fromEntries(
    recorded.map((name) => [name, Array.from({ length: cells }, () => new Float64Array(steps))]),
  );
  const spikeSteps: number[][] = Array.from({ length: cells }, () => []);
  const none = new Float64Array(0);
  for (let step = 0; step < steps; step++) {
    simulator.run(1, none, none);
    for (const cell of simulator.fired()) spikeSteps[cell]!.push(step);
    for (const name of recorded) {
      const values = simulator.state('cells', name);
      for (let cell = 0; cell < cells; cell++) states[name]![cell]![step] = values[cell]!;
    }
  }
  return {
    timesMs: Float64Array.from({ length: steps }, (_, step) => (step + 1) * dtMs),
    states,
    spikeSteps,
    ...(stimulus.countsReach ? { beyondReach: simulator.state('cells', reachCount) } : {}),
  };
}
