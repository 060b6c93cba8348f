import { greatestCommonDivisor } from '../../math/divisor.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, genomeWithCircuit, ofOwnOrCircuit } from '../circuit/options.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { rulesBeside } from '../protocol/beside.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { cellsAPool, channelsACue, goNoGoCircuit, tauDopamineMs, tauNoradrenalineMs } from './circuit.js';
import { goNoGoFigure } from './figure.js';
import { type LifePlan, liveTrials } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { emptyGoNoGoTrace, type GoNoGoTrace } from './trace.js';

/** Lives that evolution never sees have shifts at trials that are further apart and less regular. */
const heldOutTrials = { trials: 200, spread: 50 } as const;

const behaviour = {
  accuracy: { unit: '1', about: 'answers that are right', low: 0, high: 1, bins: 20 },
  goes: { unit: '1', about: 'trials with a go, whatever the cue', low: 0, high: 1, bins: 10 },
  entropyEnd: {
    unit: 'bits',
    about: 'of the action given the cue, over the last 50 trials',
    low: 0,
    high: 1,
    bins: 10,
  },
  spikesATrial: {
    unit: 'spikes',
    about: 'spikes of the whole network a trial',
    low: 0,
    high: 1500,
    bins: 15,
  },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const { cueMs, delayMs, decisionMs, gapMs, sleepMs } = settings;
  const intervalMs = [cueMs, delayMs, decisionMs, gapMs, sleepMs].reduce(greatestCommonDivisor);
  const plasticity = plasticityOf(settings, threeFactor, rulesBeside(settings.beside));
  const own = goNoGoCircuit(settings.networkSeed, intervalMs, plasticity);
  const { body, bodyAbout } = own;
  const ports = portsOfCircuit(intervalMs);
  const circuit = settings.circuit
    ? {
        ...circuitFrom(settings.circuit, settings.networkSeed, ports),
        body,
        ...(bodyAbout ? { bodyAbout } : {}),
      }
    : own;
  const consolidates = Object.hasOwn(plasticity.rule.onEvent ?? {}, 'consolidate');
  const once = 'one shift';
  const often = 'shifts at random trials';
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: { score: 1, about: 'every trial right, shifts foreseen' },
  });
  const common = { settings, body, intervalMs, consolidates };
  const plans: Readonly<Record<string, LifePlan>> = {
    [once]: {
      ...common,
      trials: settings.trials,
      spread: settings.trialsSpread,
      blocks: 1 + settings.shifts,
    },
    [often]: { ...common, ...heldOutTrials, blocks: 1 + settings.heldOutShifts },
  };

  const live: PreparedTask<GoNoGoTrace>['live'] = ({ name }, seed, controller, trace) => {
    const { trials, spikesATrial } = liveTrials(plans[name]!, seed, controller, trace);
    const measures = { ...measuresOf(trials), spikesATrial };
    const goes = trials.went.reduce((sum, gone) => sum + gone, 0) / trials.went.length;
    return {
      score: scoreOf(trials),
      measures,
      // Sums of logarithms may end a bit beyond what they cannot exceed.
      behaviour: {
        accuracy: measures.accuracy,
        goes,
        entropyEnd: Math.min(1, Math.max(0, measures.entropyEnd)),
        spikesATrial,
      },
    };
  };

  const teaching = { about: 'the dopamine of each outcome', modulators: ['DA'] };
  return {
    teaching,
    scenarios: [scenario(once)],
    heldOut: settings.heldOutShifts > 0 ? [scenario(often)] : [],
    behaviour,
    circuit,
    ports,
    live,
  };
}

/** What a circuit that is not the task's own drives and is read by. */
const portsOfCircuit = (intervalMs: number): CircuitPorts => ({
  inputs: { A: { channels: channelsACue }, B: { channels: channelsACue } },
  outputs: { go: { cells: cellsAPool }, noGo: { cells: cellsAPool } },
  intervalMs,
  releases: { DA: { tauMs: tauDopamineMs }, NA: { tauMs: tauNoradrenalineMs } },
});

/** Tosses a coin. */
const randomPolicy = () => actingAtRandom((random) => random.uniform());

const share = (about: string) => ({ unit: '1', about });

export const goNoGo = {
  summary: 'two cues mean go and no go, until their meanings are exchanged (reversal learning)',
  source: 'Mei et al. 2025, arXiv 2501.06762',
  options,
  ofNetwork: [
    ...ofOwnOrCircuit,
    'beside',
    'dopamine',
    'noradrenaline',
    'replay',
    'replayFrom',
    'sleepDopamine',
    'sleepEvery',
    'sleepHz',
    'sleepMs',
  ],
  lives: 'in-circuit',
  genome: genomeWithCircuit('go-no-go'),
  measures: {
    accuracy: share('answers that are right'),
    accuracyBefore: share('of the last 50 trials before the first shift'),
    accuracyAfter: share('of the first 50 trials after a shift'),
    accuracyLater: share('of the trials from the 51st after a shift'),
    trialsToLearn: {
      unit: 'trials',
      about: 'before the first 20 of which 16 are right, at the start of life',
    },
    trialsToRegain: { unit: 'trials', about: 'the same after a shift; all of them where it never comes' },
    regained: share('shifts after which it comes'),
    perseverativeErrors: {
      unit: 'trials',
      about: 'errors after a shift before the first 10 of which 5 are right',
    },
    hits: share('go trials with a go'),
    falseAlarms: share('no-go trials with a go'),
    dPrime: { unit: 'sd', about: 'sensitivity over the whole life' },
    entropyBefore: {
      unit: 'bits',
      about: 'of the action given the cue, over the last 50 trials before the first shift',
    },
    entropyPeak: { unit: 'bits', about: 'the same at its highest within 100 trials of a shift' },
    entropyEnd: { unit: 'bits', about: 'over the last 50 trials' },
    bursts: { unit: '1', about: 'releases of noradrenaline' },
    falseBurstsPerThousand: {
      unit: '1',
      about: 'those later than 50 trials after the start or a shift, per 1000 trials',
    },
    spikesATrial: { unit: '1', about: 'spikes of all cells' },
  },
  prepare,
  emptyTrace: emptyGoNoGoTrace,
  figure: goNoGoFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other first weights',
  }),
  randomPolicy,
} satisfies Task<typeof options, GoNoGoTrace>;
