import { worldsOf } from '../oscillator/worlds.js';
import type { BehaviourMeasure, PreparedTask, Task } from '../task.js';
import { halfCentreCircuit } from './circuit.js';
import { halfCentreFigure } from './figure.js';
import { liveLevels } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { emptyTrace, type HalfCentreTrace } from './trace.js';

const behaviour = {
  frequencyHighHz: {
    unit: 'Hz',
    about: 'of the rhythm, at the highest bursting level',
    low: 0,
    high: 10,
    bins: 20,
  },
  duty: { unit: '1', about: 'share of the cycle that a burst lasts', low: 0, high: 1, bins: 10 },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const circuit = halfCentreCircuit(settings);
  const { scenarios, heldOut, deviationIn } = worldsOf(settings.deviation, (name) => ({
    name,
    random: true,
    ceiling: {
      score: 1,
      about: 'silence, bursts in turn half a cycle apart, and single spikes, each at its levels',
    },
  }));
  const live: PreparedTask<HalfCentreTrace>['live'] = (scenario, seed, controller, trace) => {
    const lived = liveLevels(settings, deviationIn(scenario), seed, controller, trace);
    const measures = measuresOf(lived, settings);
    const { frequencyHighHz, duty } = measures;
    return {
      score: scoreOf(measures),
      measures,
      behaviour: { frequencyHighHz: Math.min(10, frequencyHighHz), duty },
    };
  };
  return {
    scenarios,
    heldOut,
    behaviour,
    circuit,
    live,
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: the mean of how well silence, turns and tonic firing are kept, each at its levels of the modulator. */
export const halfCentre = {
  summary:
    'two cells that inhibit each other are silent, burst in turn, or fire tonically, as a modulator says',
  source:
    'Brown 1911, doi:10.1098/rspb.1911.0077; rebound bursting by Smith et al. 2000, doi:10.1152/jn.2000.83.1.588; the ' +
    'question is that of Drion, Ribar and Sepulchre, whose own circuits are others',
  options,
  lives: 'in-circuit',
  genome: 'half-centre',
  measures: {
    silence: share('1 where both cells are silent at the silent levels, 0 from 5 Hz on'),
    turns: share(
      '1 where they burst in turn at the bursting levels, half a cycle apart, and all spikes are in bursts',
    ),
    tonic: share('1 where both fire single spikes at the tonic levels, at 5 Hz or more'),
    phase: share("lag of the right cell's bursts behind the left's, in cycles; 0 where there are none"),
    duty: share('share of the cycle that a burst lasts'),
    frequencyLowHz: {
      unit: 'Hz',
      about: 'of the rhythm at the lowest bursting level; 0 where there is none',
    },
    frequencyHighHz: { unit: 'Hz', about: 'the same at the highest' },
    burstSpikes: { unit: '1', about: 'spikes of a burst' },
    tonicHz: { unit: 'Hz', about: 'rate of a cell at the tonic levels' },
  },
  prepare,
  emptyTrace,
  figure: halfCentreFigure,
  fresh: (settings: Options) => ({ options: settings, about: 'other noise, and another cell that begins' }),
  control: (settings: Options) => ({
    options: { ...settings, modulated: false },
    about: 'whose modulator stays at the level of silence',
  }),
} satisfies Task<typeof options, HalfCentreTrace>;
