import { potentialError } from '../../network/plasticity/potential-error.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, PreparedTask, Scenario, Task } from '../task.js';
import { studentCircuit } from './circuit.js';
import { errorDrivenFigure } from './figure.js';
import { follow } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { type ErrorDrivenTrace, emptyTrace } from './trace.js';

const behaviour = {
  errorEnd: {
    unit: 'mV',
    about: 'difference of the potentials in the last tenth',
    low: 0,
    high: 8,
    bins: 16,
  },
  weightError: { unit: 'pA', about: 'difference of the weights in the end', low: 0, high: 40, bins: 20 },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const circuit = studentCircuit(settings, plasticityOf(settings, potentialError));
  const scenario: Scenario = {
    name: 'a teacher',
    random: true,
    ceiling: { score: 0, about: "the teacher's weights known from the start" },
  };
  const live: PreparedTask<ErrorDrivenTrace>['live'] = (_scenario, seed, controller, trace) => {
    const lived = follow(settings, seed, controller, trace);
    const measures = measuresOf(lived);
    const within = (name: keyof typeof behaviour) => Math.min(behaviour[name].high, measures[name]);
    return {
      score: scoreOf(lived),
      measures,
      behaviour: { errorEnd: within('errorEnd'), weightError: within('weightError') },
    };
  };
  const teaching = { about: 'the potential that the synapses are told to follow', modulators: ['target'] };
  return { circuit, scenarios: [scenario], heldOut: [], behaviour, teaching, live };
}

/** The score: how far the student's potential is from the teacher's after the first tenth of the life, below 0. */
export const errorDriven = {
  summary: "one neuron learns to follow another's potential, which its synapses are told",
  source: 'Jordan, Schmidt, Senn and Petrovici 2021, doi:10.7554/eLife.66273',
  options,
  ofNetwork: ['rule', 'parameters'],
  lives: 'in-circuit',
  genome: 'error-driven',
  measures: {
    errorFirst: {
      unit: 'mV',
      about: 'root mean square of the difference of the potentials in the first tenth',
    },
    errorEnd: { unit: 'mV', about: 'the same in the last tenth' },
    weightError: { unit: 'pA', about: 'root mean square of the difference of the weights in the end' },
  },
  prepare,
  emptyTrace,
  figure: errorDrivenFigure,
  fresh: (settings: Options) => ({
    options: settings,
    about: 'other teachers, and other inputs',
  }),
  control: (settings: Options) => ({
    options: { ...settings, teacher: 'another' as const },
    about: 'told the potential of a teacher with other weights',
  }),
} satisfies Task<typeof options, ErrorDrivenTrace>;
