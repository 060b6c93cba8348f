import { circuitFrom } from '../circuit/circuit.js';
import { anotherNetwork, genomeWithCircuit, ofCircuit } from '../circuit/options.js';
import { actingAtRandom } from '../protocol/random-policy.js';
import type { BehaviourMeasure, EpisodeResult, PreparedTask, Scenario, Task } from '../task.js';
import { portsOf, seasonalBody, seasonalCircuit } from './circuit.js';
import { seasonalFigure } from './figure.js';
import { foodsOf, type LifePlan, liveKnowing, liveYears } from './life.js';
import { measuresOf, scoreOf } from './measures.js';
import { type Options, options } from './options.js';
import { emptyTrace, type SeasonalTrace } from './trace.js';

const behaviour = {
  eaten: { unit: '1', about: 'foods that are eaten', low: 0, high: 1, bins: 10 },
  retained: {
    unit: '1',
    about:
      'score above 0.5 on the first day of a season that returns, as a share of that on its last day before',
    low: -2,
    high: 2,
    bins: 20,
  },
} as const satisfies Record<string, BehaviourMeasure>;

function prepare(settings: Options) {
  const { days, heldOutDays, modulation, radius, networkSeed, items } = settings;
  const foods = foodsOf(settings);
  const ports = portsOf(foods);
  const own = seasonalCircuit({
    foods,
    radius: modulation === 'diffusion' ? radius : undefined,
    networkSeed,
  });
  const circuit = {
    ...(settings.circuit ? circuitFrom(settings.circuit, networkSeed, ports) : own),
    ...seasonalBody,
  };
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: {
      score: 1,
      about: 'all that is nutritious and nothing that is poisonous, known from the start',
    },
    chance: { score: 0.5, about: 'either sort is eaten as often; derived' },
  });
  const plan = (of: number): LifePlan => ({ settings, body: circuit.body, days: of });
  const [usual, longer] = ['years', 'longer seasons'];
  const plans: Readonly<Record<string, LifePlan>> = { [usual!]: plan(days), [longer!]: plan(heldOutDays) };
  const resultOf = (
    { days: of }: LifePlan,
    { lived, overlap, spikes }: ReturnType<typeof liveYears>,
  ): EpisodeResult => {
    const measures = {
      ...measuresOf(lived, of),
      overlap,
      spikesAFood: spikes / (items * lived.scores.length),
    };
    const { eaten, retained } = measures;
    return { score: scoreOf(lived), measures, behaviour: { eaten, retained } };
  };
  const live: PreparedTask<SeasonalTrace>['live'] = ({ name }, seed, controller, trace) =>
    resultOf(plans[name]!, liveYears(plans[name]!, seed, controller, trace));
  return {
    circuit,
    ports,
    scenarios: [scenario(usual!)],
    heldOut: heldOutDays > 0 ? [scenario(longer!)] : [],
    behaviour,
    teaching: { about: 'the dopamine of what was eaten', modulators: ['DA'] },
    live,
    oracle: ({ name }: Scenario, seed: string) => resultOf(plans[name]!, liveKnowing(plans[name]!, seed)),
  };
}

const share = (about: string) => ({ unit: '1', about });

/** The score: nutritious less poisonous food that was eaten, from 0 to 1, mean over days. */
export const seasonalForaging = {
  summary: 'two seasons with diets of their own take turns, and what was learned in one is needed again',
  source:
    'Ellefsen, Mouret and Clune 2015, doi:10.1371/journal.pcbi.1004128, and Velez and Clune 2017, ' +
    'doi:10.1371/journal.pone.0187736, both as recalled; numbers of foods and days, times and circuit are ours',
  options,
  ofNetwork: [...ofCircuit, 'modulation', 'radius'],
  lives: 'in-circuit',
  genome: genomeWithCircuit('seasonal-foraging'),
  measures: {
    firstDay: share('score of the first day of each season, the first time'),
    lastDay: share('score of the last day of a season'),
    onReturn: share('score of the first day of a season that returns'),
    retained: share(`${behaviour.retained.about}; between -2 and 2, and 0 where nothing was known`),
    eaten: share('foods that are eaten'),
    poisonEaten: share('poisonous foods that are eaten'),
    overlap: share('cosine of the sizes of weight changes in the first summer and the first winter'),
    spikesAFood: { unit: 'spikes', about: 'of all cells' },
  },
  prepare,
  emptyTrace,
  figure: seasonalFigure,
  fresh: (settings: Options) => ({
    options: anotherNetwork(settings),
    about: 'other first weights; diets are new in each life',
  }),
  /** Eats anyhow. */
  randomPolicy: () => actingAtRandom((random) => random.uniform()),
} satisfies Task<typeof options, SeasonalTrace>;
