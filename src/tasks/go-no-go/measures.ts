import { log } from '../../math/logarithm.js';
import { normalQuantile } from '../../math/normal.js';
import { mean } from '../../math/statistics.js';
import { firstRun } from '../protocol/criterion.js';

/** A life trial by trial; arrays are `[trials]`. */
export interface Trials {
  /** 0: A, 1: B */
  cue: number[];
  /** 1 where the agent went. */
  went: number[];
  /** 1 where that was right. */
  right: number[];
  /** 1 where noradrenaline was released. */
  burst: number[];
  /** Trials at which what the cues mean changed, ascending. */
  shifts: number[];
}

/** At criterion: so many of a run of trials are right. */
const criterion = { trials: 20, right: 16 };
/** The old rule rules no longer: so many of a run of trials are right. */
const letGo = { trials: 10, right: 5 };
/** Trials over which accuracy and entropy are taken. */
export const windowTrials = 50;

/** Trials that keep to one rule, from one shift to the next. */
function blocksOf({ cue, shifts }: Trials): { from: number; to: number }[] {
  const starts = [0, ...shifts];
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? cue.length }));
}

/**
 * Entropy of what is done given the cue, in bits, over the `windowTrials` trials that end before `end`: 0 where each cue
 * is always answered alike, 1 where answers are tossed.
 */
export function actionEntropy({ cue, went }: Pick<Trials, 'cue' | 'went'>, end: number): number {
  const from = Math.max(0, end - windowTrials);
  let bits = 0;
  for (const of of [0, 1]) {
    let seen = 0;
    let gone = 0;
    for (let trial = from; trial < end; trial++) {
      if (cue[trial] !== of) continue;
      seen += 1;
      gone += went[trial]!;
    }
    for (const times of [gone, seen - gone]) {
      if (times > 0) bits -= ((times / (end - from)) * log(times / seen)) / log(2);
    }
  }
  return bits;
}

/**
 * Hits, false alarms and d' = z(hits) - z(false alarms), with half an answer added of either kind, which keeps it finite
 * (Hautus 1995, doi:10.3758/BF03203619).
 */
function detection({ went, right }: Trials) {
  let [goTrials, hits, noGoTrials, falseAlarms] = [0, 0, 0, 0];
  went.forEach((gone, trial) => {
    const wasGo = gone === right[trial];
    if (wasGo) {
      goTrials += 1;
      hits += gone;
    } else {
      noGoTrials += 1;
      falseAlarms += gone;
    }
  });
  const z = (times: number, of: number) => normalQuantile((times + 0.5) / (of + 1));
  return {
    hits: hits / goTrials,
    falseAlarms: falseAlarms / noGoTrials,
    dPrime: z(hits, goTrials) - z(falseAlarms, noGoTrials),
  };
}

/**
 * The score: the share of all trials that are answered right once the block's criterion is reached. An agent that knew
 * every shift would have 1; every trial on the way to the criterion is lost, and so is every error after it.
 */
export function scoreOf(trials: Trials): number {
  let kept = 0;
  for (const { from, to } of blocksOf(trials)) {
    for (let trial = firstRun(trials.right, from, to, criterion); trial < to; trial++) {
      kept += trials.right[trial]!;
    }
  }
  return kept / trials.cue.length;
}

/** What is said of a life beside its score. Of several shifts, means. */
export function measuresOf(trials: Trials) {
  const { right, burst, cue } = trials;
  const [first, ...later] = blocksOf(trials);
  const accuracy = (from: number, to: number) => mean(right.slice(from, to));
  const ofLater = (value: (block: { from: number; to: number }) => number) => mean(later.map(value));
  const toCriterion = ({ from, to }: { from: number; to: number }) =>
    firstRun(right, from, to, criterion) - from;
  const entropies = ({ from, to }: { from: number; to: number }) =>
    Array.from({ length: Math.min(2 * windowTrials, to - from) }, (_, i) =>
      actionEntropy(trials, from + i + 1),
    );
  // Bursts are called for while a rule is new: at the start of life, and after a shift.
  const isNew = (trial: number) =>
    [0, ...trials.shifts].some((from) => trial >= from && trial < from + windowTrials);
  const bursts = burst.reduce((sum, value) => sum + value, 0);
  const falseBursts = burst.filter((value, trial) => value > 0 && !isNew(trial)).length;
  return {
    accuracy: mean(right),
    accuracyBefore: accuracy(first!.to - windowTrials, first!.to),
    accuracyAfter: ofLater(({ from }) => accuracy(from, from + windowTrials)),
    accuracyLater: ofLater(({ from, to }) => accuracy(Math.min(from + windowTrials, to), to)),
    trialsToLearn: toCriterion(first!),
    trialsToRegain: ofLater(toCriterion),
    regained: ofLater((block) => (toCriterion(block) < block.to - block.from ? 1 : 0)),
    perseverativeErrors: ofLater(
      ({ from, to }) => right.slice(from, firstRun(right, from, to, letGo)).filter((ok) => ok === 0).length,
    ),
    ...detection(trials),
    entropyBefore: actionEntropy(trials, first!.to),
    entropyPeak: ofLater((block) => Math.max(...entropies(block))),
    entropyEnd: actionEntropy(trials, cue.length),
    bursts,
    falseBurstsPerThousand: (1000 * falseBursts) / cue.length,
  };
}
