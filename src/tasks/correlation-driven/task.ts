import { homeostaticStdp } from '../../network/plasticity/homeostatic-stdp.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { detectorCircuit } from './circuit.js';
import { correlationDrivenFigure } from './figure.js';
import { liveTrials } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { type CorrelationDrivenTrace, emptyTrace } from './trace.js';

const behaviour = {
  rateEndHz: {
    unit: 'Hz',
    about: 'rate of the neuron in the last tenth of learning',
    low: 0,
    high: 50,
    bins: 20,
  },
  meanWeight: { unit: 'mV', about: 'mean weight in the end', low: 0, high: 1, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const circuit = detectorCircuit(settings, plasticityOf(settings, homeostaticStdp));
  const scenario: Scenario = {
    name: 'a pattern in noise',
    random: true,
    // Weights exp(-s/tau) for spikes s before the moment, over the fluctuations of as many independent inputs.
    ceiling: {
      score: Math.sqrt(settings.inputs),
      about: 'the weights that suit one moment of the pattern best, on average over patterns',
    },
  };
  const live: PreparedTask<CorrelationDrivenTrace>['live'] = (_scenario, seed, controller, trace) => {
    const trials = liveTrials(settings, seed, controller, trace);
    const measures = measuresOf(trials);
    const within = (name: keyof typeof behaviour) => {
      const { low, high } = behaviour[name];
      return Math.min(high, Math.max(low, measures[name]));
    };
    return {
      score: scoreOf(trials),
      measures,
      behaviour: { rateEndHz: within('rateEndHz'), meanWeight: within('meanWeight') },
    };
  };
  return { circuit, scenarios: [scenario], heldOut: [], behaviour, live };
}

/**
 * The score: signal to noise of the pattern in the potential without a threshold, of the trial that has the least: the mean
 * of the highest potentials within the pattern less the mean outside, in standard deviations outside.
 */
export const correlationDriven = {
  summary: 'one neuron finds, by its inputs’ spikes alone, a pattern that comes again and again in noise',
  source:
    'Jordan, Schmidt, Senn and Petrovici 2021, doi:10.7554/eLife.66273; after Masquelier 2018, ' +
    'doi:10.1016/j.neuroscience.2017.06.032',
  options,
  ofNetwork: ['rule', 'parameters'],
  lives: 'in-circuit',
  genome: 'correlation-driven',
  measures: {
    meanSignalToNoise: {
      unit: '1',
      about: 'mean signal to noise of the trials, of which the score is the least',
    },
    leastSignalToQuiet: {
      unit: '1',
      about:
        'as the score, but the 90 ms after the pattern, in which its potential decays, do not count as outside',
    },
    meanSignalToQuiet: { unit: '1', about: 'the same as a mean of the trials' },
    peak: { unit: 'mV', about: 'highest potential within the pattern' },
    outside: { unit: 'mV', about: 'mean potential outside' },
    outsideSd: { unit: 'mV', about: 'its standard deviation' },
    rateFirstHz: { unit: 'Hz', about: 'rate of the neuron in the first tenth of learning' },
    rateEndHz: { unit: 'Hz', about: 'rate in the last tenth of learning' },
    meanWeight: { unit: 'mV', about: 'mean weight in the end' },
  },
  prepare,
  emptyTrace,
  figure: correlationDrivenFigure,
  fresh: (settings: Options) => ({ options: settings, about: 'other patterns, and other noise' }),
  control: (settings: Options) => ({
    options: { ...settings, pattern: false },
    about: 'before which the pattern never came while it learned',
  }),
} satisfies Task<typeof options, CorrelationDrivenTrace>;
