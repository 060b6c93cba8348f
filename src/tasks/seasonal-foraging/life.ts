import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { mostOf, type Presenting, rest, show } from '../classification/presentation.js';
import { couple, portsOf } from '../protocol/ports.js';
import { teach } from '../protocol/teach.js';
import type { Controller } from '../task.js';
import { answers, linesOf, seasons } from './circuit.js';
import { dayScore, overlapOf } from './measures.js';
import type { Options } from './options.js';
import { emptyTrace, type SeasonalTrace } from './trace.js';

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  body: Readonly<Record<string, number>>;
  days: number;
}

/** Kinds of food that have inputs. */
export const foodsOf = ({ items, lines }: Pick<Options, 'items' | 'lines'>): number =>
  lines === 'separate' ? seasons.length * items : items;

/** What is nutritious: `[seasons][items]`. Half of the kinds of either sort change sides from one season to the other. */
export function dietOf({ items }: Pick<Options, 'items'>, random: RandomStream): number[][] {
  const order = Array.from({ length: items }, (_, item) => item);
  random.shuffle(order);
  const diet = (nutritious: readonly number[]) => order.map((_, item) => (nutritious.includes(item) ? 1 : 0));
  const quarter = items / 4;
  return [diet(order.slice(0, 2 * quarter)), diet(order.slice(quarter, 3 * quarter))];
}

interface Life {
  plan: LifePlan;
  presenting: Presenting;
  body: Readonly<Record<string, number>>;
  random: RandomStream;
  diet: number[][];
}

/** Shows a food; whether it is eaten, and what follows. */
function meet({ plan, presenting, body, random, diet }: Life, season: number, item: number): number {
  const { items, lines, feedbackMs } = plan.settings;
  const { network } = presenting.coupling.controller;
  const foods = foodsOf(plan.settings);
  const pattern = new Uint8Array(presenting.inputs);
  pattern[lines === 'separate' ? season * items + item : item] = 1;
  pattern[foods + season] = 1;
  const eaten = mostOf(show(presenting, { pattern }), random) === 0;
  const good = diet[season]![item] === 1;
  if (eaten) {
    const feedback = new Uint8Array(presenting.inputs);
    feedback[foods + season] = 1;
    feedback[foods + seasons.length + (good ? 0 : 1)] = 1;
    if (network) teach(network, { DA: good ? body.daGood! : body.daBad! });
    show({ ...presenting, presentationMs: feedbackMs }, { pattern: feedback });
  } else network?.signal('settle');
  rest(presenting);
  return eaten ? 1 : 0;
}

/** Lives one day: every kind of food once, in a new order. */
function liveDay(
  life: Life,
  season: number,
  eat: (season: number, item: number) => number,
  lived: SeasonalTrace,
): void {
  const order = Array.from(life.diet[season]!.keys());
  life.random.shuffle(order);
  const day = lived.scores.length;
  const nutritious = order.map((item) => life.diet[season]![item]!);
  const eaten = order.map((item) => eat(season, item));
  order.forEach((_, food) => {
    lived.season.push(season);
    lived.day.push(day);
    lived.nutritious.push(nutritious[food]!);
    lived.eaten.push(eaten[food]!);
  });
  lived.scores.push(dayScore(nutritious, eaten));
}

/** Lives all years. */
export function liveYears(plan: LifePlan, seed: string, controller: Controller, trace?: SeasonalTrace) {
  const { settings, days } = plan;
  const { presentationMs, gapMs, years } = settings;
  const random = RandomStream.from(deriveSeed(seed, 'seasonal-foraging'));
  const diet = dietOf(settings, random);
  controller.reset(seed);
  const { network } = controller;
  const lines = linesOf(foodsOf(settings));
  const life: Life = {
    plan,
    presenting: {
      coupling: couple(controller, portsOf(...lines), portsOf(...answers)),
      inputs: lines.length,
      presentationMs,
      gapMs,
      teacher: 0,
    },
    body: { ...plan.body, ...controller.body },
    random,
    diet,
  };
  const lived = trace ?? emptyTrace();
  const changes: Float64Array[] = [];
  for (let year = 0; year < years; year++) {
    for (const season of seasons.keys()) {
      const before = network?.weights();
      for (let day = 0; day < days; day++) liveDay(life, season, (of, item) => meet(life, of, item), lived);
      const after = network?.weights();
      if (year === 0 && before && after) changes.push(after.map((weight, i) => weight - before[i]!));
    }
  }
  return {
    lived,
    overlap: changes.length === 2 ? overlapOf(changes[0]!, changes[1]!) : 0,
    spikes: network?.spikeCount ?? 0,
  };
}

/** The same years as they are lived by whoever knows what is nutritious. */
export function liveKnowing(plan: LifePlan, seed: string) {
  const random = RandomStream.from(deriveSeed(seed, 'seasonal-foraging'));
  const diet = dietOf(plan.settings, random);
  const lived = emptyTrace();
  for (let stretch = 0; stretch < seasons.length * plan.settings.years; stretch++) {
    const season = stretch % seasons.length;
    const nutritious = diet[season]!;
    for (let day = 0; day < plan.days; day++) {
      nutritious.forEach((good) => {
        lived.eaten.push(good);
        lived.nutritious.push(good);
      });
      lived.scores.push(dayScore(nutritious, nutritious));
    }
  }
  return { lived, overlap: 0, spikes: 0 };
}
