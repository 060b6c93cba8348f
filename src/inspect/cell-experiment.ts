import { compileToFunction } from '../expression/evaluate.js';
import { parseExpression } from '../expression/parse.js';
import { drawAt, noiseKey, weylStart } from '../kernel/noise.js';
import { type Response, respond } from '../kernel/response.js';
import { log } from '../math/logarithm.js';
import { deriveSeed } from '../math/seed.js';
import { isWholeSteps, nearWholeSteps } from '../math/steps.js';
import { currentProblems } from '../network/check/current.js';
import { refuseProblems } from '../network/check/problems.js';
import { suggestName } from '../network/check/text.js';
import { type Integrator, integrators } from '../network/model/integrators.js';
import { type CellModel, defaultsOf, type Expectation, type PortModel } from '../network/model/model.js';
import type { Population } from '../network/model/network.js';
import { entryOf, UsageError } from '../spec/errors.js';

export type Engine = 'f32' | 'f64' | 'reference';

/** What to do with a cell; a protocol of the model, or its first one, or a step that is searched fills in the rest. */
export interface ExperimentRequest {
  protocol?: string | undefined;
  /** The input over t, in place of the protocol's. */
  current?: string | undefined;
  type?: string | undefined;
  /** Parameters that differ from the type's. */
  parameters?: Readonly<Record<string, number>> | undefined;
  dtMs?: number | undefined;
  durationMs?: number | undefined;
  integrator?: Integrator | undefined;
  engine?: Engine | undefined;
  seed?: number | undefined;
}

/** One cell under one input, with every choice made. */
export interface Experiment {
  model: CellModel;
  protocol?: string;
  about: string;
  type?: string;
  /** All of the model's. */
  parameters: Readonly<Record<string, number>>;
  start: Readonly<Record<string, number>>;
  /** The input over t: a current, or what is added to the state `onto` at every step; absent where there is none. */
  current?: string;
  /** For cells that take no current: the state that weights arrive at. */
  onto?: string;
  dtMs: number;
  durationMs: number;
  engine: Engine;
  seed: number;
  expect?: Expectation;
}

/** What came of an experiment. */
export interface Trial {
  /** `[steps]` the end of each step */
  timesMs: Float64Array;
  /** `[steps]` by state, in the model's order */
  states: Readonly<Record<string, Float64Array>>;
  /** `[steps]` the current of each step */
  input?: Float64Array;
  /** The end of the steps in which it fired. */
  spikesMs: number[];
  rateHz: number;
  /** Steps that lead where the integrator overshoots further with every step. */
  beyondReach: number;
}

/** What drives the cells: a current, or weights that arrive at a state at every step. */
function stimulusOf(input: string, onto: string | undefined, amplitudes?: Float64Array): Population['ports'] {
  const amplitude = {
    ...{ unit: '1', default: 0, low: -Infinity, high: Infinity },
    about: 'one for each cell',
  };
  const model: PortModel = {
    name: 'stimulus',
    summary: 'the input of an experiment',
    source: 'definition',
    parameters: amplitudes ? { amplitude } : {},
    state: {},
    ...(onto === undefined ? { current: input } : { update: [`${onto} += ${input}`] }),
  };
  return { stimulus: { model, parameters: amplitudes ? { amplitude: amplitudes } : {} } };
}

type Searched = Pick<Experiment, 'model' | 'parameters' | 'start' | 'dtMs' | 'engine' | 'onto'>;

/** A step that begins when the cell has come to rest. */
const stepOf = (size: number | 'amplitude') => `if(t >= 20, ${size}, 0)`;

/** Cells side by side, each under a constant input of its own, or a step of it. */
function sideBySide(
  { model, parameters, start, dtMs, engine, onto }: Searched,
  inputs: Float64Array,
  durationMs: number,
  record: readonly string[],
  current = 'amplitude',
): Response {
  const stimulus = {
    ...{ dtMs, durationMs, parameters, start, record, cells: inputs.length },
    ports: stimulusOf(current, onto, inputs),
    // The reference simulator would take minutes over so many cells.
    engine: engine === 'reference' ? ('f64' as const) : engine,
  };
  return respond(model, stimulus);
}

/** Rate of spikes at these times in a window: by the intervals where there are some. */
function rateIn(times: readonly number[], fromMs: number, toMs: number): number {
  const within = times.filter((time) => time > fromMs && time <= toMs);
  if (within.length < 3) return (within.length * 1000) / (toMs - fromMs);
  return ((within.length - 1) * 1000) / (within.at(-1)! - within[0]!);
}

/** What is recorded has to fit into memory, several states of it. */
const mostSteps = 5_000_000;
const searchMs = 400;
const moderateHz = 25;

/** A constant input that lets the cell fire at a moderate rate, or moves it well where it never fires. */
function moderateInput(experiment: Searched): number {
  const { model } = experiment;
  const [first, variable] = Object.entries(model.state)[0] ?? [];
  const currents = Float64Array.from({ length: 96 }, (_, i) => Number((10 ** (i / 12 - 4)).toPrecision(2)));
  const { spikeSteps, states } = sideBySide(
    experiment,
    currents,
    searchMs,
    first ? [first] : [],
    stepOf('amplitude'),
  );
  const ratesFrom = (fromMs: number) =>
    spikeSteps.map((steps) =>
      rateIn(
        steps.map((step) => (step + 1) * experiment.dtMs),
        fromMs,
        searchMs,
      ),
    );
  // Where the step is too large for the input, nothing that comes of it counts.
  const sound = (cell: number) => first === undefined || Number.isFinite(states[first]![cell]!.at(-1)!);
  // A rate that lasts is wanted, or else that of a cell which fires at the onset alone.
  const lasting = ratesFrom(searchMs / 2);
  const rates = lasting.some((rate) => rate > 0) ? lasting : ratesFrom(0);
  const near = (values: readonly number[], wanted: number) => {
    const far = values.map((value) => (value > 0 ? Math.abs(log(value / wanted)) : Infinity));
    const least = Math.min(...far);
    return least === Infinity ? undefined : currents[far.indexOf(least)]!;
  };
  // A cell that fires by itself is to fire otherwise under its input.
  const [alone] = rates as [number];
  const firing = near(
    rates.map((rate, cell) => (sound(cell) && rate > 0 && Math.abs(rate - alone) >= 0.25 * alone ? rate : 0)),
    alone > 0 ? Math.max(moderateHz, 2 * alone) : moderateHz,
  );
  if (firing !== undefined || first === undefined) return firing ?? 1;
  const changes = states[first]!.map((values) => Math.max(...values) - Math.min(...values));
  const finite = changes.map((change) => (Number.isFinite(change) ? change : 0));
  return near(finite, variable?.unit === 'mV' ? 15 : 1) ?? 1;
}

/** Makes every choice that was left open. Throws UsageError for names that the model lacks. */
export function settleExperiment(given: CellModel, request: ExperimentRequest, source: string): Experiment {
  const protocols = given.protocols ?? {};
  const named = request.protocol ?? (request.current === undefined ? Object.keys(protocols)[0] : undefined);
  const protocol = named === undefined ? undefined : entryOf(protocols, named, 'protocol');
  const type = request.type ?? protocol?.type;
  const ofType = type === undefined ? undefined : entryOf(given.types ?? {}, type, 'type');
  for (const name of Object.keys(request.parameters ?? {})) {
    if (Object.hasOwn(given.parameters, name)) continue;
    const known = Object.keys(given.parameters);
    throw new UsageError(`Unknown parameter "${name}" of ${given.name}. ${suggestName(name, known)}`);
  }
  const integrator = request.integrator ?? protocol?.integrator;
  const model = integrator === undefined ? given : { ...given, integrator };
  const parameters = {
    ...defaultsOf(given.parameters),
    ...ofType?.parameters,
    ...protocol?.parameters,
    ...request.parameters,
  };
  const start = { ...ofType?.start, ...protocol?.start };
  const dtMs =
    request.dtMs ?? protocol?.dtMs ?? Object.values(protocols)[0]?.dtMs ?? (given.equations ? 0.1 : 1);
  const durationMs = request.durationMs ?? protocol?.durationMs ?? Math.max(300, 100 * dtMs);
  const steps = Math.round(durationMs / dtMs);
  if (steps < 1 || steps > mostSteps) {
    throw new UsageError(
      `${durationMs} ms in steps of ${dtMs} ms: expected 1 to ${mostSteps} steps, found ${steps}. ` +
        'Change the duration (--ms) or the step (--dt).',
    );
  }
  if (!isWholeSteps(durationMs, dtMs)) {
    throw new UsageError(
      `${durationMs} ms (--ms) is no whole number of steps of ${dtMs} ms (--dt). Choose ${nearWholeSteps(durationMs, dtMs)} ms, or another step.`,
    );
  }
  const engine = request.engine ?? 'f64';
  const onto = given.currentUnit === undefined && !protocol ? receivingState(given) : undefined;
  if (request.current !== undefined) {
    if (given.currentUnit === undefined && onto === undefined) {
      throw new UsageError(`${given.name} takes no input: it has no "currentUnit", and does not fire.`);
    }
    refuseProblems(currentProblems(given, request.current, 'current'), source, 'input');
  }
  const searched = { model, parameters, start, dtMs, engine, ...(onto === undefined ? {} : { onto }) };
  const takes = given.currentUnit !== undefined || onto !== undefined;
  const settled = request.current ?? protocol?.current;
  const size = takes && settled === undefined ? moderateInput(searched) : undefined;
  const current = size === undefined ? settled : stepOf(size);
  const about = request.current === undefined ? protocol?.about : undefined;
  return {
    ...searched,
    about: about ?? inWords(searched, request.current, size),
    ...(named === undefined ? {} : { protocol: named }),
    ...(type === undefined ? {} : { type }),
    ...(current === undefined || !takes ? {} : { current }),
    durationMs,
    seed: request.seed ?? 1,
    ...(protocol?.expect && isUnchanged(request) ? { expect: protocol.expect } : {}),
  };
}

function inWords(
  of: Pick<Experiment, 'model' | 'onto'>,
  current: string | undefined,
  size: number | undefined,
): string {
  const unit = inputUnit(of) === '1' ? '' : inputUnit(of);
  if (current !== undefined) return unit === '' ? `input ${current}` : `input ${current} (${unit})`;
  if (size === undefined) return 'left to itself';
  return `${of.onto === undefined ? 'a step of ' : ''}${size} ${unit}`.trim();
}

/** Where weights arrive at a cell that takes no current but fires. */
const receivingState = ({ state, threshold }: CellModel) =>
  threshold === undefined ? undefined : Object.keys(state)[0];

/** The unit of the input, in words. */
export function inputUnit({ model, onto }: Pick<Experiment, 'model' | 'onto'>): string {
  if (onto === undefined) return model.currentUnit ?? '1';
  const { unit } = model.state[onto]!;
  return unit === '1' ? 'a step' : `${unit} a step`;
}

/** Whether a protocol is carried out as it stands, so that its figures are to be met. */
const isUnchanged = ({ current, type, parameters, dtMs, durationMs, integrator }: ExperimentRequest) =>
  [current, type, dtMs, durationMs, integrator].every((value) => value === undefined) &&
  Object.keys(parameters ?? {}).length === 0;

/** The current of each step, as the cell met it: what it drew it draws again. */
function inputOf(
  experiment: Experiment,
  trial: Omit<Trial, 'rateHz'>,
  seed: string,
): Float64Array | undefined {
  const { current, parameters, dtMs } = experiment;
  if (current === undefined) return undefined;
  const names = ['t', 'dt', ...Object.keys(parameters), ...Object.keys(trial.states)];
  const key = noiseKey(seed);
  let step = 0;
  const act = compileToFunction(
    parseExpression(current),
    (name) => names.indexOf(name),
    (kind, site) => drawAt(kind, weylStart(key, step, site), 0),
  );
  const values = Float64Array.from([
    0,
    dtMs,
    ...Object.values(parameters),
    ...Object.keys(trial.states).map(() => NaN),
  ]);
  const firstState = 2 + Object.keys(parameters).length;
  const states = Object.values(trial.states);
  return trial.timesMs.map((_, index) => {
    step = index;
    values[0] = step * dtMs;
    if (step > 0)
      states.forEach((of, i) => {
        values[firstState + i] = of[step - 1]!;
      });
    return act(values);
  });
}

export function runExperiment(experiment: Experiment): Trial {
  const { model, current, onto, dtMs, durationMs, parameters, start, engine } = experiment;
  const seed = deriveSeed('experiment', experiment.seed);
  const ports = current === undefined ? {} : { ports: stimulusOf(current, onto) };
  const stimulus = { dtMs, durationMs, parameters, start, engine, seed, ...ports };
  const response = respond(model, { ...stimulus, countsReach: true });
  const spikesMs = response.spikeSteps[0]!.map((step) => (step + 1) * dtMs);
  const states = Object.fromEntries(
    Object.entries(response.states).map(([name, cells]) => [name, cells[0]!]),
  );
  const beyondReach = response.beyondReach![0]!;
  const trial = { timesMs: response.timesMs, states, spikesMs, beyondReach };
  const input = inputOf(experiment, trial, seed);
  return { ...trial, rateHz: (spikesMs.length * 1000) / durationMs, ...(input ? { input } : {}) };
}

/** Rates under constant inputs, after the cell has settled. */
export interface Frequencies {
  currents: Float64Array;
  ratesHz: Float64Array;
}

const rateMs = 1000;

/** How the rate depends on a constant input; undefined for cells that take none or never fire. */
export function currentFrequency(experiment: Experiment): Frequencies | undefined {
  const { model, dtMs } = experiment;
  const takes = model.currentUnit !== undefined || experiment.onto !== undefined;
  if (!takes || model.threshold === undefined) return undefined;
  const most = 2.5 * moderateInput(experiment);
  const currents = Float64Array.from({ length: 60 }, (_, i) => (most * i) / 59);
  const { spikeSteps } = sideBySide(experiment, currents, rateMs, []);
  const ratesHz = Float64Array.from(spikeSteps, (steps) =>
    rateIn(
      steps.map((step) => (step + 1) * dtMs),
      rateMs / 2,
      rateMs,
    ),
  );
  return ratesHz.some((rate) => rate > 0) ? { currents, ratesHz } : undefined;
}

/** How far a trial is from what its protocol expects: one line a figure, none where nothing is expected. */
export function compareWithExpected(
  { expect, dtMs }: Experiment,
  trial: Trial,
): { met: boolean; text: string }[] {
  if (!expect) return [];
  const {
    spikes,
    timesMs,
    toleranceMs = 1e-6,
    timed,
    rateHz,
    rateToleranceHz = 1e-6,
    ends,
    endsTolerance = 1e-6,
  } = expect;
  const lines: { met: boolean; text: string }[] = [];
  if (spikes !== undefined) {
    lines.push({
      met: trial.spikesMs.length === spikes,
      text: `${trial.spikesMs.length} spikes, ${spikes} expected`,
    });
  }
  if (timesMs !== undefined) {
    const shift = timed === 'start' ? dtMs : 0;
    const off = timesMs.map((time, i) => Math.abs((trial.spikesMs[i] ?? Infinity) - shift - time));
    const worst = Math.max(0, ...off);
    lines.push({
      met: worst <= toleranceMs,
      text:
        worst === Infinity
          ? `${timesMs.length} spike times expected, ${trial.spikesMs.length} found`
          : `${timesMs.length} spike times within ${Number(worst.toPrecision(2))} ms of those expected (tolerance ${toleranceMs} ms)`,
    });
  }
  for (const [name, end] of Object.entries(ends ?? {})) {
    const found = trial.states[name]?.at(-1) ?? Number.NaN;
    lines.push({
      met: Math.abs(found - end) <= endsTolerance,
      text: `${name} ends at ${Number(found.toPrecision(7))}, ${Number(end.toPrecision(7))} expected`,
    });
  }
  if (rateHz !== undefined) {
    lines.push({
      met: Math.abs(trial.rateHz - rateHz) <= rateToleranceHz,
      text: `${Number(trial.rateHz.toFixed(3))} Hz, ${rateHz} ± ${rateToleranceHz} Hz expected`,
    });
  }
  return lines;
}

/** What is known of a protocol's outcome, in words. */
export function expectationText(expect: Expectation | undefined): string {
  if (!expect) return '';
  const { spikes, timesMs, rateHz, rateToleranceHz, ends } = expect;
  const times = timesMs?.slice(0, 4).map((time) => Number(time.toFixed(3)));
  return [
    ...(spikes === undefined ? [] : [`${spikes} ${spikes === 1 ? 'spike' : 'spikes'}`]),
    ...(times === undefined || times.length === 0
      ? []
      : [`at ${times.join(', ')}${timesMs!.length > times.length ? ', …' : ''} ms`]),
    ...(rateHz === undefined ? [] : [`${rateHz}${rateToleranceHz ? ` ± ${rateToleranceHz}` : ''} Hz`]),
    ...Object.entries(ends ?? {}).map(([name, end]) => `${name} ends at ${Number(end.toPrecision(6))}`),
  ].join(', ');
}

/** @throws UsageError for an integrator that does not suit the model's equations */
export const integratorOf = (name: string): Integrator => {
  entryOf(integrators, name, 'integrator');
  return name as Integrator;
};
