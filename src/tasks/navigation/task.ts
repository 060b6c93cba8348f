import type { Modulator } from '../../network/model/network.js';
import { competitiveNeuromodulation } from '../../network/plasticity/competitive-neuromodulation.js';
import { sequentialNeuromodulation } from '../../network/plasticity/sequential-neuromodulation.js';
import type { RestingCircuit } from '../protocol/rest.js';
import type { BehaviourMeasure, PreparedTask, Task } from '../task.js';
import { arenas } from './arena.js';
import { navigationCircuit } from './circuit.js';
import { navigationFigure } from './figure.js';
import { type LifePlan, liveSearches } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options, type Settings, settle } from './options.js';
import { emptyNavigationTrace, type NavigationTrace } from './trace.js';

/** A level that stays until somebody changes it. */
const level = (baseline: number): Modulator => ({ tauMs: Number.POSITIVE_INFINITY, baseline });
/** The same, changed for good when the body comes to its goal. */
const turning = (amount: number): Modulator => ({
  ...level(0),
  releasedBy: [{ population: 'body', amount }],
});

function circuitOf(settings: Settings): RestingCircuit {
  const { arena, wrongEnds, competitive, acetylcholine, serotonin, learns, undo, parameters } = settings;
  const ACh = level(learns && acetylcholine ? 1 : 0);
  if (!competitive) {
    const plasticity = {
      rule: sequentialNeuromodulation,
      parameters: { ...parameters.sequential, undo: undo ? 1 : 0 },
    };
    return navigationCircuit({ arena, wrongEnds, plasticity, modulators: { ACh } });
  }
  return navigationCircuit({
    arena,
    wrongEnds,
    plasticity: { rule: competitiveNeuromodulation, parameters: parameters.competitive },
    modulators: {
      ACh,
      DA: learns ? turning(1) : level(0),
      '5HT': learns && serotonin ? turning(-1) : level(0),
    },
  });
}

/** Where agents spend their time. @param reach from the centre of the arena to its wall */
const behaviourIn = (reach: number) =>
  ({
    distance: {
      unit: '1',
      about: 'median distance from the centre; place fields are 0.4 wide',
      low: 0,
      high: 1.5 * reach,
      bins: 12,
    },
    goalQuadrant: { unit: '1', about: 'time in the quadrant of the reward', low: 0, high: 1, bins: 10 },
    wrongVisits: { unit: '1', about: 'trials with a visit to the other place', low: 0, high: 1, bins: 10 },
  }) as const satisfies Record<string, BehaviourMeasure>;

function prepare(given: Options) {
  const settings = settle(given);
  const { trials, movedAt, trialMs } = settings;
  const circuit = circuitOf(settings);
  const arena = arenas[settings.arena];
  const moved = movedAt > 0 && movedAt <= trials ? movedAt - 1 : undefined;
  const plan: LifePlan = {
    settings,
    circuit,
    starts: arena.starts,
    goals: settings.exchanged ? [arena.goals[1], arena.goals[0]] : [...arena.goals],
    blocks: moved === undefined ? [trials] : [moved, trials - moved],
  };

  const live: PreparedTask<NavigationTrace>['live'] = (_scenario, seed, controller, trace) => {
    if (trace) Object.assign(trace, { arena: settings.arena, goals: plan.goals, moved: moved ?? trials });
    const { searches, spikesASecond } = liveSearches(plan, seed, controller, trace);
    const measures = { ...measuresOf(searches, moved, trialMs), spikesASecond };
    const { distance, goalQuadrant, wrongVisits } = measures;
    return {
      score: scoreOf(searches),
      measures,
      behaviour: { distance, goalQuadrant, wrongVisits },
    };
  };

  // Otherwise nothing teaches from outside: the body within the network releases what does.
  const signals = settings.learns && !settings.competitive;
  const teaching = {
    about: 'whether the reward of a trial was found',
    modulators: [],
    events: ['reward', 'failure'],
  };
  return {
    ...(signals ? { teaching } : {}),
    scenarios: [
      {
        name: moved === undefined ? 'the reward stays' : 'the reward is moved',
        random: true,
        ceiling: {
          score: 1,
          about: 'a reward in every trial, though where it is must first be found by luck',
        },
      },
    ],
    heldOut: [],
    behaviour: behaviourIn(arena.reach),
    circuit,
    live,
  };
}

const share = (about: string) => ({ unit: '1', about });

export const navigation = {
  summary:
    'finds a reward in an open field, and again where it is moved: place cells, a ring of action cells, modulators',
  source:
    'Zannone et al. 2018, doi:10.1038/s41598-018-27393-2; Ang et al. 2021, doi:10.1371/journal.pcbi.1009017; ' +
    'Wert-Carvajal et al. 2022, doi:10.1016/j.celrep.2022.110645',
  options,
  ofNetwork: ['rule', 'acetylcholine', 'serotonin', 'undo', 'learns'],
  lives: 'in-circuit',
  genome: 'navigation',
  measures: {
    successBefore: share('trials with a reward before it is moved (all, where it stays)'),
    successKnown: share('the last 10 of them'),
    successAfter: share('trials with a reward after it is moved (all, where it stays)'),
    successEnd: share('the last 10 of them'),
    trialsToHalf: {
      unit: 'trials',
      about: 'after the move, before the first 10 of which 5 are rewarded; all of them where it never comes',
    },
    trialsToMost: { unit: 'trials', about: 'the same, of which 8 are' },
    wrongVisits: share('trials after the move with a visit to where the reward was'),
    timeEndS: {
      unit: 's',
      about: 'time to the reward in those of the last 10 trials that have one; a whole trial where none has',
    },
    latencyS: { unit: 's', about: 'time to the reward, the whole trial where it is not found' },
    distance: { unit: '1', about: 'median distance from the centre; place fields are 0.4 wide' },
    goalQuadrant: share('time in the quadrant of the reward'),
    spikesASecond: { unit: '1/s', about: 'of all cells' },
  },
  prepare,
  emptyTrace: emptyNavigationTrace,
  figure: navigationFigure,
  fresh: (settings: Options) => ({
    options: { ...settings, exchanged: !settings.exchanged },
    about: 'the two places of the reward exchanged',
  }),
  control: (settings: Options) => ({
    options: { ...settings, learns: false },
    about: 'which learns nothing: its weights stay as they start',
  }),
} satisfies Task<typeof options, NavigationTrace>;
