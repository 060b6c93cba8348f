import { mean } from '../../math/statistics.js';
import { tdStdp } from '../../network/plasticity/td-stdp.js';
import { genomeWithCircuit, ofOwnOrCircuit } from '../circuit/options.js';
import { plasticityOf } from '../protocol/rule.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { portsOfCircuit, waterMazeCircuit } from './circuit.js';
import { waterMazeFigure } from './figure.js';
import { type LifePlan, liveSearches, swimKnowing } from './life.js';
import { obstacle, shortestWay, starts } from './maze.js';
import { few, measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { emptyTrace, type Search, type WaterMazeTrace } from './trace.js';

const behaviourIn = (trialS: number) =>
  ({
    found: { unit: '1', about: 'trials in which the goal was found', low: 0, high: 1, bins: 10 },
    latencyEndS: { unit: 's', about: 'time to the goal in the last trials', low: 0, high: trialS, bins: 10 },
  }) as const satisfies Record<string, BehaviourMeasure>;

/** What knows the way scores: its mean over the starts, which are drawn alike. */
function ceilingOf({ obstacle: blocked, fastest, trialS }: Options): number {
  const walls = blocked ? obstacle : [];
  return mean(starts.map((_, start) => Math.max(0, 1 - shortestWay(start, walls) / fastest / trialS)));
}

function prepare(settings: Options) {
  const { trialS } = settings;
  const { rule, parameters } = plasticityOf(settings, tdStdp);
  const circuit = waterMazeCircuit(settings, (own) => ({
    rule,
    parameters: settings.rule === undefined ? { ...own, ...parameters } : parameters,
  }));
  const world = (changed: Partial<Options>): LifePlan => ({
    settings: { ...settings, ...changed },
    body: circuit.body,
  });
  const worlds: Readonly<Record<string, LifePlan>> = {
    [settings.obstacle ? 'a goal behind a wall' : 'an open square']: world({}),
    [settings.obstacle ? 'an open square' : 'a goal behind a wall']: world({ obstacle: !settings.obstacle }),
  };
  const scenarios = Object.entries(worlds).map(
    ([name, plan]): Scenario => ({
      name,
      random: true,
      ceiling: {
        score: ceilingOf(plan.settings),
        about: 'the shortest way from each start at the highest speed',
      },
    }),
  );
  const resultOf = (searches: readonly Search[]): EpisodeResult => {
    const measures = measuresOf(searches, trialS);
    const { found, latencyEndS } = measures;
    return { score: scoreOf(searches, trialS), measures, behaviour: { found, latencyEndS } };
  };
  const live: PreparedTask<WaterMazeTrace>['live'] = ({ name }, seed, controller, trace) => {
    const plan = worlds[name]!;
    if (trace) Object.assign(trace, { obstacle: plan.settings.obstacle, trialS });
    return resultOf(liveSearches(plan, seed, controller, trace));
  };
  return {
    ...(settings.learns
      ? { teaching: { about: 'the error of temporal differences', modulators: ['DA'] } }
      : {}),
    scenarios: scenarios.slice(0, 1),
    heldOut: scenarios.slice(1),
    behaviour: behaviourIn(trialS),
    circuit,
    ports: portsOfCircuit(settings),
    live,
    oracle: ({ name }: Scenario, seed: string) => resultOf(swimKnowing(worlds[name]!, seed)),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: share of the time allowed that is left when the goal is found, over all trials. */
export const waterMaze = {
  summary:
    'a spiking actor and critic find a goal behind a wall, by errors of temporal differences in continuous time',
  source: 'Frémaux, Sprekeler and Gerstner 2013, doi:10.1371/journal.pcbi.1003024',
  options,
  ofNetwork: [...ofOwnOrCircuit, 'actors', 'critics', 'learns', 'peakHz'],
  lives: 'in-circuit',
  genome: genomeWithCircuit('water-maze'),
  measures: {
    latencyS: { unit: 's', about: 'time to the goal, the whole trial where it is not found' },
    latencyFirstS: { unit: 's', about: `the same in the first ${few} trials` },
    latencyEndS: { unit: 's', about: `the same in the last ${few} trials` },
    found: share('trials in which the goal was found'),
    foundEnd: share(`the last ${few} of them`),
    way: { unit: '1', about: 'length of the way; place fields are 0.4 wide' },
    bumps: { unit: '1', about: 'moves of 5 ms into a wall in a trial' },
    bumpsEnd: { unit: '1', about: `the same in the last ${few} trials` },
  },
  prepare,
  emptyTrace,
  figure: waterMazeFigure,
  fresh: (settings: Options) => ({ options: settings, about: 'other starts and other noise' }),
  control: (settings: Options) => ({
    options: { ...settings, learns: false },
    about: 'which learns nothing: its weights stay as they start',
  }),
} satisfies Task<typeof options, WaterMazeTrace>;
