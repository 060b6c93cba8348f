import { mean } from '../../math/statistics.js';
import type { InputRates } from '../balanced/input.js';
import { type BalancedLife, type LifePlan, liveStretch, shareAtBound, startLife } from '../balanced/life.js';
import type { BalancedTrace } from '../balanced/trace.js';
import type { Controller } from '../task.js';
import { lossOfLost, stepLoss, type Test, testMeasures } from './loss.js';
import type { Options } from './options.js';

/** A life with some delays. */
export interface FamiliarityPlan extends LifePlan<Options> {
  delaysS: readonly number[];
}

/** How often patterns are shown before the tests. */
const presentationsOf = ({ trainS, onS, offS }: Options) =>
  Math.max(1, Math.floor((trainS + offS) / (onS + offS)));

/** How long such a life is, ms. */
export function durationOf(settings: Options, delaysS: readonly number[]): number {
  const { onS, offS, testS, breakS } = settings;
  const training = presentationsOf(settings) * (onS + offS);
  const tests = delaysS.reduce((sum, delay) => sum + delay + 2 * testS + breakS, 0);
  return 1000 * (training + tests);
}

/** A life as it goes on: what the inputs do with each pattern, and the tests until now. */
interface Familiarity {
  plan: FamiliarityPlan;
  life: BalancedLife;
  rest: InputRates;
  /** `[patterns]` familiar ones first, then one that is novel for each delay. */
  shown: InputRates[];
  tests: Test[];
}

function begin(plan: FamiliarityPlan, life: BalancedLife): Familiarity {
  const { inputs, inputLowHz, inputHighHz, patternLowHz, patternHighHz, patternShare, patterns } =
    plan.settings;
  const rateHz = life.random.uniformIn(inputLowHz, inputHighHz);
  const patternHz = life.random.uniformIn(patternLowHz, patternHighHz);
  const turn = life.random.integer(inputs);
  const all = patterns + plan.delaysS.length;
  const count = Math.max(1, Math.floor(patternShare * inputs));
  return {
    plan,
    life,
    rest: { rateHz },
    shown: Array.from({ length: all }, (_, number) => ({
      rateHz,
      pattern: { first: (turn + Math.floor((number * inputs) / all)) % inputs, count, rateHz: patternHz },
    })),
    tests: [],
  };
}

/** Shows familiar patterns, one drawn after the other. */
function train({ plan, life, rest, shown }: Familiarity): void {
  const { onS, offS, patterns } = plan.settings;
  for (let time = presentationsOf(plan.settings); time > 0; time--) {
    liveStretch(life, { durationMs: 1000 * onS, inputs: shown[life.random.integer(patterns)]! });
    liveStretch(life, { durationMs: 1000 * offS, inputs: rest });
  }
}

/** Shows a pattern and scores what it does. */
function test({ plan, life, tests }: Familiarity, pair: number, familiar: boolean, inputs: InputRates): void {
  const rates: number[] = [];
  const losses: number[] = [];
  const goesOn = liveStretch(life, {
    durationMs: 1000 * plan.settings.testS,
    inputs,
    score: (rateHz) => {
      rates.push(rateHz);
      losses.push(stepLoss(rateHz, familiar, plan.settings));
    },
  });
  if (goesOn) tests.push({ familiar, pair, rateHz: mean(rates), loss: mean(losses) });
}

/** Rests, then tests a familiar and a novel pattern, in an order that is tossed. */
function testPair(of: Familiarity, pair: number, delayS: number): void {
  const { life, rest, shown, plan } = of;
  const { patterns, labels, breakS } = plan.settings;
  const toss = () => life.random.integer(2) === 1;
  const familiarFirst = toss();
  liveStretch(life, { durationMs: 1000 * delayS, inputs: rest });
  [familiarFirst, !familiarFirst].forEach((isFamiliar, i) => {
    if (i > 0) liveStretch(life, { durationMs: 1000 * breakS, inputs: rest });
    const inputs = shown[isFamiliar ? life.random.integer(patterns) : patterns + pair]!;
    // Tossed either way, so that lives are the same whatever the labels.
    const tossed = toss();
    test(of, pair, labels === 'shuffled' ? tossed : isFamiliar, inputs);
  });
}

/** Lives a life: familiar patterns, then tests after each delay. */
export function liveThrough(
  plan: FamiliarityPlan,
  seed: string,
  controller: Controller,
  trace?: BalancedTrace,
) {
  const life = startLife(plan, seed, controller, 'familiarity', trace);
  const familiarity = begin(plan, life);
  train(familiarity);
  for (const [pair, delayS] of plan.delaysS.entries()) testPair(familiarity, pair, delayS);
  const loss =
    life.lostMs === undefined
      ? mean(familiarity.tests.map((each) => each.loss))
      : lossOfLost(life.lostMs, plan.durationMs);
  return {
    loss,
    ...testMeasures(familiarity.tests),
    ...life.activity.measures(),
    atBound: shareAtBound(life),
    lost: life.lostMs === undefined ? 0 : 1,
  };
}
