import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { median } from '../../math/statistics.js';
import type { Embodied } from '../../network/model/body.js';
import type { Modulator } from '../../network/model/network.js';
import { competitiveNeuromodulation } from '../../network/plasticity/competitive-neuromodulation.js';
import { sequentialNeuromodulation } from '../../network/plasticity/sequential-neuromodulation.js';
import type { Controller, LivingNetwork, PreparedTask, Scenario, Task } from '../task.js';
import { type ArenaName, arenas } from './arena.js';
import { navigationCircuit, navigationIntervalMs } from './circuit.js';
import { measuresOf, type Search, scoreOf } from './measures.js';
import { type Options, options, type Settings, settle } from './options.js';

/** ms between two trials, in which the spikes of the first are forgotten. */
const pauseMs = 100;
/** Every how many intervals a position is kept for a picture. */
const tracedIntervals = 5;

/** A life search by search, for drawing. */
export interface NavigationTrace {
  arena: ArenaName;
  /** `[2]` where the reward is first, and where it is or would be moved to: x, y */
  goals: (readonly [number, number])[];
  /** Trials before it is moved; as many as there are where it stays. */
  moved: number;
  searches: (Search & {
    /** Which of the goals is rewarded. */
    goal: number;
    /** Every 50 ms, from the start to the end of the search. */
    x: number[];
    y: number[];
  })[];
}

export const emptyNavigationTrace = (): NavigationTrace => ({
  arena: 'disc',
  goals: [],
  moved: 0,
  searches: [],
});

/** A level that stays until somebody changes it. */
const level = (baseline: number): Modulator => ({ tauMs: Number.POSITIVE_INFINITY, baseline });
/** The same, changed for good when the body comes to its goal. */
const turning = (amount: number): Modulator => ({
  ...level(0),
  releasedBy: [{ population: 'body', amount }],
});

function circuitOf(settings: Settings): Embodied {
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

/** What a search begins with, of the cells that carry something from step to step. */
const rested = ['eta', 'inputs.h', 'inputs.g', 'inputs.lost', 'rate.slow', 'rate.fast', 'rate.rate'];

/** Brings a level to a value. */
function setLevel(network: LivingNetwork, modulator: string, to: number): void {
  network.release(modulator, to - network.concentration(modulator));
}

function prepare(given: Options): PreparedTask<NavigationTrace> {
  const settings = settle(given);
  const { trials, movedAt, trialMs, rewardMs, wrongEnds, learns, competitive, serotonin } = settings;
  const circuit: Embodied = circuitOf(settings);
  const arena = arenas[settings.arena];
  const goals = settings.exchanged ? [arena.goals[1], arena.goals[0]] : [...arena.goals];
  const moved = movedAt > 0 && movedAt <= trials ? movedAt - 1 : undefined;
  const observation = new Float64Array(0);
  const [x, y, found, wrong, clock] = [0, 1, 2, 3, 4] as const;
  const seen = new Float64Array(5);

  const live = (_: Scenario, seed: string, controller: Controller, trace?: NavigationTrace) => {
    const random = RandomStream.from(deriveSeed(seed, 'navigation'));
    controller.reset(seed);
    const { network } = controller;
    if (!network) throw new Error('navigation is lived by a network that has its world inside');
    const put = (states: Record<string, number>) => {
      for (const [name, value] of Object.entries(states)) network.setState('body', name, value);
    };
    const pass = () => controller.respond(observation, seen);
    if (trace) Object.assign(trace, { arena: settings.arena, goals, moved: moved ?? trials });

    const search = (goal: number): NavigationTrace['searches'][number] => {
      // The potentials go at once, so that what the last trial left in the cells' memories teaches nobody.
      for (const name of rested) network.setState('action', name, 0);
      put({ done: 1 });
      if (competitive) for (const modulator of ['DA', '5HT']) setLevel(network, modulator, 0);
      for (let ms = 0; ms < pauseMs; ms += navigationIntervalMs) pass();
      for (const name of rested) network.setState('action', name, 0);
      const [startX, startY] = arena.starts[random.integer(arena.starts.length)]!;
      const [[goalX, goalY], [wrongX, wrongY]] = [goals[goal]!, goals[1 - goal]!];
      put({ x: startX, y: startY, goalX, goalY, wrongX, wrongY, clock: 0, found: -1, wrong: -1, done: 0 });
      if (competitive && learns && serotonin) setLevel(network, '5HT', 1);
      network.signal('trialStart');
      const path = { x: [startX], y: [startY] };
      const distances: number[] = [];
      let inQuadrant = 0;
      for (let intervals = 1; ; intervals++) {
        pass();
        const over = seen[found]! >= 0 || (wrongEnds && seen[wrong]! >= 0) || seen[clock]! >= trialMs;
        distances.push(Math.sqrt(seen[x]! * seen[x]! + seen[y]! * seen[y]!));
        if (seen[x]! * goalX > 0 && seen[y]! * goalY > 0) inQuadrant += 1;
        if (over || intervals % tracedIntervals === 0) {
          path.x.push(seen[x]!);
          path.y.push(seen[y]!);
        }
        if (over) break;
      }
      const [foundMs, wrongMs] = [seen[found]!, seen[wrong]!];
      while (foundMs >= 0 && seen[clock]! < foundMs + rewardMs) pass();
      if (learns && !competitive) {
        if (foundMs >= 0) network.signal('reward');
        else if (serotonin) network.signal('failure');
      }
      return {
        ...{ goal, foundMs, wrongMs, ...path },
        distance: median(distances),
        inQuadrant: inQuadrant / distances.length,
      };
    };

    const searches = Array.from({ length: trials }, (_, trial) => {
      const { x: pathX, y: pathY, goal, ...outcome } = search(moved !== undefined && trial >= moved ? 1 : 0);
      trace?.searches.push({ ...outcome, goal, x: pathX, y: pathY });
      return outcome;
    });
    const spikesASecond = (1000 * network.spikeCount) / network.step;
    return {
      score: scoreOf(searches),
      measures: { ...measuresOf(searches, moved, trialMs), spikesASecond },
    };
  };

  return {
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
  fresh: (settings: Options) => ({
    options: { ...settings, exchanged: !settings.exchanged },
    about: 'the two places of the reward exchanged',
  }),
  control: (settings: Options) => ({
    options: { ...settings, learns: false },
    about: 'which learns nothing: its weights stay as they start',
  }),
} satisfies Task<typeof options, NavigationTrace>;
