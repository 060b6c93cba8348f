import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { setLevel } from '../protocol/modulators.js';
import { type Coupling, couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { trialLoop } from '../protocol/trial-loop.js';
import type { Controller, LivingNetwork } from '../task.js';
import { edgesOf, inputNames, observe } from './code.js';
import type { Settings } from './options.js';
import { type CartState, hasFailed, type Plant, startState, step } from './physics.js';
import { type CartpoleTrace, emptyTrace } from './trace.js';

const outputs = portsOf('left', 'right');
/** Angle (rad) and angular velocity (rad/s) within which all is well, and nothing is said. */
const still = 0.01;
const degrees = 180 / Math.PI;

/** What a life is to be. */
export interface LifePlan {
  settings: Settings;
  /** Parameters of the body where a life has no others. */
  body: Readonly<Record<string, number>>;
  plant: Plant;
}

/** A move: -1 to the left, 1 to the right, 0 where the halves are even. */
type Decide = (state: CartState) => number;
/** What is told of a step. @param before the state that the move was chosen in */
type Tell = (decided: number, before: CartState, after: CartState) => void;

/** Lives one episode. An invalid move repeats the last one; the first of an episode is then tossed. */
function episode(
  { settings: { maxSteps }, plant }: LifePlan,
  random: RandomStream,
  decide: Decide,
  tell: Tell | undefined,
  lives: CartpoleTrace,
): void {
  const state = startState(plant, random);
  const before = new Float64Array(4);
  const path = { position: [] as number[], angle: [] as number[], move: [] as number[] };
  let [steps, invalid, left, distance] = [0, 0, 0, 0];
  let move = random.integer(2) === 0 ? -1 : 1;
  let failed = false;
  while (!failed && steps < maxSteps) {
    const decided = decide(state);
    if (decided === 0) invalid += 1;
    else move = decided;
    before.set(state);
    step(state, move, plant);
    steps += 1;
    if (move < 0) left += 1;
    distance += Math.abs(state[0]!);
    failed = hasFailed(state);
    tell?.(decided, before, state);
    note(path, { position: state[0]!, angle: degrees * state[2]!, move });
  }
  note(lives, { steps, invalid, left, distance: distance / steps });
  Object.assign(lives, path);
}

/** How bad a state is (Hasegan et al. 2022). */
const badness = (state: CartState, spinWeight: number) =>
  Math.sqrt(state[2]! * state[2]! + spinWeight * state[3]! * state[3]!);

const isStill = (state: CartState) => Math.abs(state[2]!) < still && Math.abs(state[3]!) < still;

/** The critic's reward for a step, in [-1, 1]. */
export function rewardFor(
  decided: number,
  before: CartState,
  after: CartState,
  { criticSpin, criticGain, praise, invalid }: Readonly<Record<string, number>>,
): number {
  if (decided === 0) return -Math.min(1, invalid!);
  if (isStill(after)) return 0;
  const better = criticGain! * (badness(before, criticSpin!) - badness(after, criticSpin!));
  return Math.min(1, Math.max(-1, better > 0 ? better * praise! : better));
}

/** Turns eligibilities into weight: those of the half that acted by the reward, those of the other by its opposite. */
function teachHalves(
  network: LivingNetwork,
  reward: number,
  decided: number,
  opposite: number,
  deep: boolean,
): void {
  const signal = (level: number, projection: string) => {
    setLevel(network, 'DA', level);
    network.signal('outcome', projection);
  };
  const [acted, other] = decided < 0 ? ['toLeft', 'toRight'] : ['toRight', 'toLeft'];
  signal(decided === 0 ? reward : -opposite * reward, other!);
  signal(reward, acted!);
  if (deep) signal(reward, 'toAssociation');
}

/** Tells a network of each of its steps. */
function teacher({ settings, body }: LifePlan, controller: Controller): Tell | undefined {
  const { network } = controller;
  if (!network || !settings.learns) return undefined;
  const own = { ...body, ...controller.body };
  const { normaliseEvery, circuit } = settings;
  let steps = 0;
  return (decided, before, after) => {
    const reward = rewardFor(decided, before, after, own);
    if (circuit) {
      // Whose projections made the move, a circuit that is not the task's own does not say.
      setLevel(network, 'DA', reward);
      network.signal('outcome');
    } else teachHalves(network, reward, decided, own.opposite!, settings.network === 'areas');
    steps += 1;
    if (normaliseEvery > 0 && steps % normaliseEvery === 0) network.signal('settle');
  };
}

/** Decides by which half spikes more. */
function decider({ bins }: Settings, coupling: Coupling): Decide {
  const edges = edgesOf(bins);
  const { controller, observation, action } = coupling;
  return (state) => {
    observe(state, edges, observation);
    controller.respond(observation, action);
    return Math.sign(action[outputs.right]! - action[outputs.left]!);
  };
}

function liveEpisodes(
  plan: LifePlan,
  seed: string,
  decide: Decide,
  tell: Tell | undefined,
  lives: CartpoleTrace,
): CartpoleTrace {
  const random = RandomStream.from(deriveSeed(seed, 'cartpole'));
  trialLoop({
    lengths: [plan.settings.episodes],
    live: () => episode(plan, random, decide, tell, lives),
  });
  return lives;
}

/** Lives all episodes of a life. */
export function live(
  plan: LifePlan,
  seed: string,
  controller: Controller,
  trace = emptyTrace(),
): CartpoleTrace {
  controller.reset(seed);
  const inputs = portsOf(...inputNames(plan.settings.bins));
  const decide = decider(plan.settings, couple(controller, inputs, outputs));
  return liveEpisodes(plan, seed, decide, teacher(plan, controller), trace);
}

/** The same episodes lived by a policy that sees the state itself. */
export const liveKnowing = (plan: LifePlan, seed: string, policy: Decide): CartpoleTrace =>
  liveEpisodes(plan, seed, policy, undefined, emptyTrace());
