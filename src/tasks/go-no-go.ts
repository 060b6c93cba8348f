import { z } from 'zod';
import { RandomStream } from '../math/random.js';
import { deriveSeed } from '../math/seed.js';
import { goNoGoCircuit } from '../network/circuits/go-no-go.js';
import { actionEntropy, measuresOf, scoreOf, type Trials, windowTrials } from './go-no-go/measures.js';
import type { Controller, PreparedTask, Scenario, Task } from './task.js';

/** Between shifts, so that what follows one can be parted into early and late. */
const fewestTrials = 2 * windowTrials;

const durationMs = (low: number) => z.int().min(low).max(10_000);

const options = z
  .strictObject({
    dopamine: z
      .enum(['reward-only', 'signed'])
      .default('reward-only')
      .describe(
        'what an outcome releases. reward-only: the reward, so that errors teach nothing; signed: the reward less the ' +
          'running mean of rewards, so that unexpected errors unteach',
      ),
    noradrenaline: z
      .boolean()
      .default(true)
      .describe('whether noradrenaline is released where rewards have become rare'),
    shifts: z.int().min(1).max(50).default(1).describe('how often what the two cues mean is exchanged'),
    trials: z.int().min(fewestTrials).max(10_000).default(200).describe('trials before and after each shift'),
    trialsSpread: z
      .int()
      .min(0)
      .max(5000)
      .default(0)
      .describe('those numbers are drawn anew each time, up to this far to either side'),
    heldOutShifts: z
      .int()
      .min(0)
      .max(50)
      .default(3)
      .describe('shifts in lives that evolution never sees, at random trials 150 to 250 apart; 0: none'),
    cueMs: durationMs(10).default(300).describe('time for which a cue is on'),
    delayMs: durationMs(0).default(0).describe('time between cue and decision'),
    decisionMs: durationMs(0)
      .default(0)
      .describe('time in which the pools’ spikes are counted; 0: while the cue is on, and there is no delay'),
    gapMs: durationMs(20)
      .default(100)
      .describe('time between trials, in which what a trial left in the cells decays'),
    networkSeed: z.int().min(0).default(1).describe('of the first weights'),
  })
  .refine(({ trials, trialsSpread }) => trials - trialsSpread >= fewestTrials, {
    path: ['trialsSpread'],
    message: `expected at least ${fewestTrials} trials between shifts`,
  })
  .refine(({ delayMs, decisionMs }) => delayMs === 0 || decisionMs > 0, {
    path: ['delayMs'],
    message: 'a delay goes with a decision after it: give decisionMs',
  });

type Options = z.output<typeof options>;

/** A life trial by trial, for drawing. */
export interface GoNoGoTrace extends Trials {
  /** Released by the outcome. */
  dopamine: number[];
  /** Concentration after the outcome. */
  noradrenaline: number[];
  /** Entropy of what is done given the cue, over the trials before, in bits. */
  entropy: number[];
}

const emptyTrials = (): Trials => ({ cue: [], went: [], right: [], burst: [], shifts: [] });

export const emptyGoNoGoTrace = (): GoNoGoTrace => ({
  ...emptyTrials(),
  dopamine: [],
  noradrenaline: [],
  entropy: [],
});

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

function prepare(settings: Options): PreparedTask<GoNoGoTrace> {
  const { cueMs, delayMs, decisionMs, gapMs } = settings;
  const intervalMs = [cueMs, delayMs, decisionMs, gapMs].reduce(greatestCommonDivisor);
  const circuit = goNoGoCircuit(settings.networkSeed, intervalMs);
  const once = 'one shift';
  const often = 'shifts at random trials';
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: { score: 1, about: 'every trial right, shifts foreseen' },
  });
  const observation = new Float64Array(2);
  const action = new Float64Array(2);

  const live = ({ name }: Scenario, seed: string, controller: Controller, trace?: GoNoGoTrace) => {
    const random = RandomStream.from(deriveSeed(seed, 'go-no-go'));
    const heldOut = name === often;
    const spread = heldOut ? 50 : settings.trialsSpread;
    const blocks = 1 + (heldOut ? settings.heldOutShifts : settings.shifts);
    const lengths = Array.from(
      { length: blocks },
      () => (heldOut ? 200 : settings.trials) - spread + random.integer(2 * spread + 1),
    );
    const trials: Trials = trace ?? emptyTrials();
    controller.reset(seed);
    const { network } = controller;
    const body = { ...circuit.body, ...controller.body };
    /** Lets some time pass; the spikes of both pools meanwhile. */
    const pass = (ms: number): readonly [go: number, noGo: number] => {
      let [go, noGo] = [0, 0];
      for (let left = ms; left > 0; left -= intervalMs) {
        controller.respond(observation, action);
        go += action[0]!;
        noGo += action[1]!;
      }
      return [go, noGo];
    };
    /** Of rewards; begins where knowing nothing would leave it. */
    let meanReward = 0.5;
    lengths.forEach((length, block) => {
      if (block > 0) trials.shifts.push(trials.cue.length);
      for (let trial = 0; trial < length; trial++) {
        const cue = random.integer(2);
        observation[cue] = 1;
        let spikes = pass(cueMs);
        observation.fill(0);
        pass(delayMs);
        if (decisionMs > 0) spikes = pass(decisionMs);
        const [go, noGo] = spikes;
        const went = go === noGo ? random.integer(2) === 1 : go > noGo;
        const right = went === ((cue === 0) === (block % 2 === 0));
        const reward = right ? 1 : 0;
        const expected = settings.dopamine === 'signed' ? meanReward : 0;
        const released = body.daReward! * (reward - expected);
        meanReward += body.rewardRate! * (reward - meanReward);
        let burst = 0;
        if (network) {
          network.release('DA', released);
          const level = network.concentration('NA');
          if (settings.noradrenaline && meanReward < body.naThreshold! && level < body.naRest!) {
            network.release('NA', body.naAmount! - level);
            burst = 1;
          }
          network.signal('outcome', went ? 'toGo' : 'toNoGo');
          network.signal('settle');
        }
        trials.cue.push(cue);
        trials.went.push(went ? 1 : 0);
        trials.right.push(reward);
        trials.burst.push(burst);
        if (trace) {
          trace.dopamine.push(released);
          trace.noradrenaline.push(network?.concentration('NA') ?? 0);
          trace.entropy.push(actionEntropy(trials, trials.cue.length));
        }
        pass(gapMs);
      }
    });
    const spikesATrial = (network?.spikeCount ?? 0) / trials.cue.length;
    return { score: scoreOf(trials), measures: { ...measuresOf(trials), spikesATrial } };
  };

  return {
    scenarios: [scenario(once)],
    heldOut: settings.heldOutShifts > 0 ? [scenario(often)] : [],
    circuit,
    live,
  };
}

/** Tosses a coin. */
function randomPolicy(): Controller {
  let random = RandomStream.from('unused');
  return {
    body: {},
    reset: (seed) => {
      random = RandomStream.from(deriveSeed(seed, 'random policy'));
    },
    respond: (_observation, action) => {
      action[0] = random.uniform();
      action[1] = random.uniform();
    },
  };
}

const share = (about: string) => ({ unit: '1', about });

export const goNoGo = {
  summary: 'two cues, to one of which to go: until their meanings are exchanged (reversal learning)',
  source: 'Mei et al. 2025, arXiv 2501.06762',
  options,
  genome: 'go-no-go',
  measures: {
    accuracy: share('answers that are right'),
    accuracyBefore: share('of the last 50 trials before the first shift'),
    accuracyAfter: share('of the first 50 trials after a shift'),
    accuracyLater: share('of the trials from the 51st after a shift'),
    trialsToLearn: {
      unit: 'trials',
      about: 'before the first 20 of which 16 are right, at the start of life',
    },
    trialsToRegain: { unit: 'trials', about: 'the same after a shift; all of them where it never comes' },
    regained: share('shifts after which it comes'),
    perseverativeErrors: {
      unit: 'trials',
      about: 'errors after a shift before the first 10 of which 5 are right',
    },
    hits: share('go trials with a go'),
    falseAlarms: share('no-go trials with a go'),
    dPrime: { unit: 'sd', about: 'sensitivity over the whole life' },
    entropyBefore: {
      unit: 'bits',
      about: 'of the action given the cue, over the last 50 trials before the first shift',
    },
    entropyPeak: { unit: 'bits', about: 'the same at its highest within 100 trials of a shift' },
    entropyEnd: { unit: 'bits', about: 'over the last 50 trials' },
    bursts: { unit: '1', about: 'releases of noradrenaline' },
    falseBurstsPerThousand: {
      unit: '1',
      about: 'those later than 50 trials after the start or a shift, per 1000 trials',
    },
    spikesATrial: { unit: '1', about: 'spikes of all cells' },
  },
  prepare,
  emptyTrace: emptyGoNoGoTrace,
  fresh: (settings: Options) => ({
    options: { ...settings, networkSeed: settings.networkSeed + 1_000_000 },
    about: 'other first weights',
  }),
  randomPolicy,
} satisfies Task<typeof options, GoNoGoTrace>;
