import { type Experiment, inputUnit, type Trial } from './cell-experiment.js';

export interface Trace {
  name: string;
  /** "1" for plain numbers. */
  unit: string;
  /** `[steps]` */
  values: Readonly<ArrayLike<number>>;
}

/** What one cell did under one input. */
export interface ResponseData {
  title: string;
  subtitle?: string | undefined;
  /** `[steps]` ascending */
  timesMs: Readonly<ArrayLike<number>>;
  /** The first is drawn large. */
  states: readonly Trace[];
  input?: Trace | undefined;
  spikesMs: readonly number[];
}

/** Rates under constant inputs. */
export interface FrequencyData {
  unit: string;
  currents: Readonly<ArrayLike<number>>;
  ratesHz: Readonly<ArrayLike<number>>;
}

/** What an experiment and its outcome look like. */
export function responseOf(
  experiment: Experiment,
  trial: Trial,
  title = experiment.model.name,
): ResponseData {
  const { model, about } = experiment;
  const states = Object.entries(model.state).map(([name, { unit }]) => ({
    ...{ name, unit },
    values: trial.states[name]!,
  }));
  return {
    title,
    subtitle: about,
    timesMs: trial.timesMs,
    spikesMs: trial.spikesMs,
    states: states.length > 0 ? states : [{ name: 'spikes', unit: '1', values: spikesByStep(trial) }],
    ...(trial.input
      ? {
          input: {
            name: experiment.onto === undefined ? 'I' : 'input',
            unit: inputUnit(experiment),
            values: trial.input,
          },
        }
      : {}),
  };
}

/** Of a cell without states, all that there is. */
function spikesByStep({ timesMs, spikesMs }: Trial): Float64Array {
  const fired = new Set(spikesMs);
  return timesMs.map((time) => (fired.has(time) ? 1 : 0));
}
