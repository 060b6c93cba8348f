import { isWholeSteps, nearWholeSteps, wholeSteps } from '../math/steps.js';
import type { Network } from '../network/model/network.js';
import { UsageError } from '../spec/errors.js';
import { type Quantity, quantitiesOf, quantityNamed } from './quantities.js';
import type { Simulator } from './simulator.js';

/** What is recorded, and for how long. */
export interface RecordingRequest {
  /** A whole number of steps, ms. */
  ms: number;
  /** `[network.inputs]` how strongly each input is on throughout; all are off where absent. */
  drive?: Readonly<ArrayLike<number>>;
  /** By a quantity's name, such as `POPULATION.STATE` or `PROJECTION.w`: of which cells or synapses, counted in it. */
  values?: Readonly<Record<string, ArrayLike<number> | 'all'>>;
  /** Values, modulators and outputs are taken at every n-th step; at every one where absent. */
  everySteps?: number;
}

export interface Recording {
  /** Since the life began: when the recording began and ended. */
  fromMs: number;
  toMs: number;
  /** `[cells][spikes]` by population: the ends of the steps in which each cell fired, since the life began. */
  spikesMs: Readonly<Record<string, readonly Float64Array[]>>;
  /** `[samples]` the ends of the steps at which the following were taken. */
  timesMs: Float64Array;
  /** `[cells or synapses asked for][samples]` by the name that was asked for. */
  values: Readonly<Record<string, readonly Float64Array[]>>;
  /** `[samples]` concentrations by modulator. */
  modulators: Readonly<Record<string, Float64Array>>;
  /** `[samples]` by output; what an output empties is the sum since the sample before. */
  outputs: Readonly<Record<string, Float64Array>>;
}

/** A group of values that are taken at every sample: how many, and from where. */
interface Probe {
  name: string;
  size: number;
  read(simulator: Simulator): (i: number) => number;
}

function stepsIn(ms: number, dtMs: number): number {
  if (isWholeSteps(ms, dtMs)) return wholeSteps(ms, dtMs);
  const near = ms > 0 && ms < Number.POSITIVE_INFINITY ? nearWholeSteps(ms, dtMs) : dtMs;
  throw new UsageError(
    `ms: expected a whole number of steps of ${dtMs} ms, one at least, found ${ms} ms. Set it to ${near} ms.`,
  );
}

/** What is asked for by a quantity's name, of some of its cells or synapses. */
function probeOf(quantities: readonly Quantity[], name: string, chosen: ArrayLike<number> | 'all'): Probe {
  const { count, each, read } = quantityNamed(quantities, name, 'values');
  const numbers = chosen === 'all' ? Array.from({ length: count }, (_, i) => i) : Array.from(chosen);
  const wrong = numbers.findIndex((number) => !(Number.isInteger(number) && number >= 0 && number < count));
  if (wrong >= 0) {
    throw new UsageError(
      `values: "${name}"[${wrong}]: expected a ${each === 'network' ? 'number' : each} from 0 to ${count - 1}, found ${numbers[wrong]}.`,
    );
  }
  return {
    name,
    size: numbers.length,
    read: (simulator) => {
      const values = read(simulator);
      return (i) => values[numbers[i]!]!;
    },
  };
}

/** `[size][samples]` by probe, and what fills them in. */
function seriesOf(simulator: Simulator, probes: readonly Probe[], samples: number) {
  const series = Object.fromEntries(
    probes.map(({ name, size }) => [name, Array.from({ length: size }, () => new Float64Array(samples))]),
  );
  const take = (sample: number) => {
    for (const { name, read } of probes) {
      const at = read(simulator);
      series[name]!.forEach((values, i) => {
        values[sample] = at(i);
      });
    }
  };
  return { series, take };
}

/** Spikes by population and cell, told step by step. */
function spikeLists({ populations, dtMs }: Network) {
  const cells = populations.flatMap(({ count }) => Array.from({ length: count }, (): number[] => []));
  let first = 0;
  const ranges = populations.map(({ name, count }) => {
    first += count;
    return [name, first - count, first] as const;
  });
  return {
    note: (fired: Int32Array, step: number) => {
      for (const cell of fired) cells[cell]!.push(step * dtMs);
    },
    byPopulation: () =>
      Object.fromEntries(
        ranges.map(([name, from, to]) => [
          name,
          cells.slice(from, to).map((times) => Float64Array.from(times)),
        ]),
      ),
  };
}

/** Sums up what outputs empty between samples; of the others the last value counts. */
function outputReader({ outputs }: Network, samples: number) {
  const values = new Float64Array(outputs.length);
  const sums = new Float64Array(outputs.length);
  const series = outputs.map(({ name }) => [name, new Float64Array(samples)] as const);
  return {
    values,
    series,
    note: () => {
      outputs.forEach(({ empties }, i) => {
        sums[i] = empties ? sums[i]! + values[i]! : values[i]!;
      });
    },
    take: (sample: number) => {
      series.forEach(([, of], i) => {
        of[sample] = sums[i]!;
        sums[i] = 0;
      });
    },
  };
}

/**
 * Runs a simulator for a while, from where it is, and records what it does. Each step is a call of `run` of its own, so
 * outputs are read, and those that empty a state empty it, at every step.
 * @throws UsageError for a name, a cell or a time that the network does not have
 */
export function record(simulator: Simulator, request: RecordingRequest): Recording {
  const { network } = simulator;
  const { dtMs } = network;
  const { everySteps = 1, drive = new Float64Array(network.inputs.length) } = request;
  const steps = stepsIn(request.ms, dtMs);
  if (!Number.isInteger(everySteps) || everySteps < 1) {
    throw new UsageError(`everySteps: expected a whole number of steps of at least 1, found ${everySteps}.`);
  }
  const samples = Math.floor(steps / everySteps);
  const quantities = quantitiesOf(network);
  const values = seriesOf(
    simulator,
    Object.entries(request.values ?? {}).map(([name, chosen]) => probeOf(quantities, name, chosen)),
    samples,
  );
  const modulators = seriesOf(
    simulator,
    simulator.modulators.map((name): Probe => ({ ...probeOf(quantities, `m.${name}`, 'all'), name })),
    samples,
  );
  const outputs = outputReader(network, samples);
  const spikes = spikeLists(network);
  const timesMs = new Float64Array(samples);
  const start = simulator.step;
  for (let i = 1; i <= steps; i++) {
    simulator.run(1, drive, outputs.values);
    spikes.note(simulator.fired(), simulator.step);
    outputs.note();
    if (i % everySteps !== 0) continue;
    const sample = i / everySteps - 1;
    timesMs[sample] = simulator.step * dtMs;
    values.take(sample);
    modulators.take(sample);
    outputs.take(sample);
  }
  return {
    fromMs: start * dtMs,
    toMs: simulator.step * dtMs,
    spikesMs: spikes.byPopulation(),
    timesMs,
    values: values.series,
    modulators: Object.fromEntries(
      Object.entries(modulators.series).map(([name, [series]]) => [name, series!]),
    ),
    outputs: Object.fromEntries(outputs.series),
  };
}
