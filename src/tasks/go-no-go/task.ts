import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import { together } from '../../network/plasticity/together.js';
import { actingAtRandom } from '../random-policy.js';
import type { Controller, LivingNetwork, PreparedTask, Scenario, Task } from '../task.js';
import { activeHz, goNoGoCircuit, restHz } from './circuit.js';
import { actionEntropy, measuresOf, scoreOf, type Trials } from './measures.js';
import { besides, type Options, options } from './options.js';

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
  const { cueMs, delayMs, decisionMs, gapMs, sleepMs } = settings;
  const intervalMs = [cueMs, delayMs, decisionMs, gapMs, sleepMs].reduce(greatestCommonDivisor);
  const trialMs = cueMs + delayMs + decisionMs + gapMs;
  const plasticity = together(
    threeFactor,
    settings.beside.map((name) => besides[name]),
    settings.parameters,
    'task.parameters',
  );
  const circuit = goNoGoCircuit(settings.networkSeed, intervalMs, plasticity);
  const once = 'one shift';
  const often = 'shifts at random trials';
  const scenario = (name: string): Scenario => ({
    name,
    random: true,
    ceiling: { score: 1, about: 'every trial right, shifts foreseen' },
  });
  const consolidates = Object.hasOwn(plasticity.rule.onEvent ?? {}, 'consolidate');
  const poolOf = (went: boolean) => (went ? 'toGo' : 'toNoGo');
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
    /** Shows a cue; the spikes by which the pools answer. */
    const show = (cue: number) => {
      observation[cue] = 1;
      const spikes = pass(cueMs);
      observation.fill(0);
      pass(delayMs);
      return decisionMs > 0 ? pass(decisionMs) : spikes;
    };
    /** Of rewards; begins where knowing nothing would leave it. */
    let meanReward = 0.5;
    const dopamineFor = (reward: number) =>
      body.daReward! * (reward - (settings.dopamine === 'signed' ? meanReward : 0));
    const teach = (living: LivingNetwork, released: number, pool?: string) => {
      living.release('DA', released);
      living.signal('outcome', pool);
      living.signal('settle');
    };
    /** Spikes of what counts in no measure. */
    let unmeasured = 0;
    const aside = (living: LivingNetwork, life: () => void) => {
      const before = living.spikeCount;
      life();
      unmeasured += living.spikeCount - before;
    };
    const memory: { cue: number; went: boolean; reward: number }[] = [];
    // Of its own: what is remembered does not choose the cues to come.
    const remembering = RandomStream.from(deriveSeed(seed, 'go-no-go replay'));
    const replay = (living: LivingNetwork) => {
      const { cue, went, reward } = memory[remembering.integer(memory.length)]!;
      show(cue);
      teach(living, dopamineFor(reward), poolOf(went));
      pass(gapMs);
    };
    const sleep = (living: LivingNetwork) => {
      observation.fill((settings.sleepHz - restHz) / (activeHz - restHz));
      for (let left = sleepMs; left > 0; left -= trialMs) {
        pass(Math.min(trialMs, left));
        teach(living, settings.sleepDopamine - living.concentration('DA'));
      }
      observation.fill(0);
      if (consolidates) living.signal('consolidate');
    };
    lengths.forEach((length, block) => {
      if (block > 0) {
        trials.shifts.push(trials.cue.length);
        if (consolidates) network?.signal('consolidate');
      }
      for (let trial = 0; trial < length; trial++) {
        const cue = random.integer(2);
        const [go, noGo] = show(cue);
        const went = go === noGo ? random.integer(2) === 1 : go > noGo;
        const right = went === ((cue === 0) === (block % 2 === 0));
        const reward = right ? 1 : 0;
        const released = dopamineFor(reward);
        meanReward += body.rewardRate! * (reward - meanReward);
        let burst = 0;
        if (network) {
          const level = network.concentration('NA');
          if (settings.noradrenaline && meanReward < body.naThreshold! && level < body.naRest!) {
            network.release('NA', body.naAmount! - level);
            burst = 1;
          }
          teach(network, released, poolOf(went));
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
        if (!network) continue;
        memory.push({ cue, went, reward });
        if (memory.length > settings.replayFrom) memory.shift();
        for (let again = 0; again < settings.replay; again++) aside(network, () => replay(network));
        if (sleepMs > 0 && trials.cue.length % settings.sleepEvery === 0)
          aside(network, () => sleep(network));
      }
    });
    const spikesATrial = ((network?.spikeCount ?? 0) - unmeasured) / trials.cue.length;
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
const randomPolicy = () => actingAtRandom((random) => random.uniform());

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
