import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { critic } from '../actor-critic/critic.js';
import { setLevel } from '../protocol/modulators.js';
import { type Coupling, couple, portsOf } from '../protocol/ports.js';
import { note } from '../protocol/recorder.js';
import { trialLoop } from '../protocol/trial-loop.js';
import { worldLoop } from '../protocol/world-loop.js';
import type { Controller } from '../task.js';
import { outputNames } from './circuit.js';
import { inputNames, observe } from './code.js';
import { maxSteps } from './measures.js';
import type { Options } from './options.js';
import { heightOf, isUp, type LinkState, type Links, startState, step } from './physics.js';
import { type AcrobotTrace, emptyTrace } from './trace.js';

const outputs = portsOf('back', 'none', 'forth', 'critic');
/** After an episode inputs are silent until all filters are empty, ms. */
const restMs = 1500;

/** What a life is to be. */
export interface LifePlan {
  settings: Options;
  /** Parameters of the body where a life has no others. */
  body: Readonly<Record<string, number>>;
  links: Links;
}

/** Who decides on a torque, and is told what came of each step and of the episode. */
interface Agent {
  /** -1, 0 or 1 */
  decide(state: LinkState): number;
  /** @param isUp whether the tip came up */
  tell?(isUp: boolean): void;
  rest?(): void;
}

function episode(links: Links, random: RandomStream, agent: Agent, lived: AcrobotTrace): void {
  const state = startState(links, random);
  const path = { tip: [] as number[], torque: [] as number[] };
  let [steps, idle, pumping, height] = [0, 0, 0, -2];
  let up = false;
  while (!up && steps < maxSteps) {
    const torque = agent.decide(state);
    if (torque === 0) idle += 1;
    if (torque * state[3]! > 0) pumping += 1;
    step(state, torque, links);
    steps += 1;
    up = isUp(state);
    height = Math.max(height, heightOf(state));
    agent.tell?.(up);
    note(path, { tip: heightOf(state), torque });
  }
  agent.rest?.();
  note(lived, { steps, height, idle, pumping });
  Object.assign(lived, path);
}

/** The pool with the most spikes decides; where two have as many, there is no torque. */
function torqueOf(action: Float64Array): number {
  const [back, none, forth] = [action[outputs.back]!, action[outputs.none]!, action[outputs.forth]!];
  if (forth > back && forth > none) return 1;
  return back > forth && back > none ? -1 : 0;
}

/** An agent whose errors of temporal differences teach it, where it learns. */
function agentOf({ settings, body }: LifePlan, coupling: Coupling): Agent {
  const { controller, observation, action } = coupling;
  const { stepMs, critics, learns } = settings;
  const decide = (state: LinkState) => {
    observe(state, observation);
    worldLoop(coupling, {}, 1);
    return torqueOf(action);
  };
  const { network } = controller;
  if (!network || !learns) return { decide };
  const say = critic(stepMs, critics, { ...body, ...controller.body });
  let found = false;
  const hear = (reward: number) => say(action[outputs.critic]!, reward).error;
  return {
    decide,
    tell: (up) => {
      found = up;
      setLevel(network, 'DA', hear(up ? 1 : 0));
    },
    rest: () => {
      observation.fill(0);
      setLevel(network, 'DA', 0);
      const act = () => {
        const error = hear(0);
        if (found) setLevel(network, 'DA', error);
      };
      worldLoop(coupling, { act }, Math.round(restMs / stepMs));
      setLevel(network, 'DA', 0);
    },
  };
}

function liveEpisodes(
  { settings, links }: LifePlan,
  seed: string,
  agent: Agent,
  lived: AcrobotTrace,
): AcrobotTrace {
  const random = RandomStream.from(deriveSeed(seed, 'acrobot'));
  trialLoop({ lengths: [settings.episodes], live: () => episode(links, random, agent, lived) });
  return lived;
}

/** Lives all episodes of a life. */
export function live(
  plan: LifePlan,
  seed: string,
  controller: Controller,
  trace = emptyTrace(),
): AcrobotTrace {
  controller.reset(seed);
  const coupling = couple(controller, portsOf(...inputNames), portsOf(...outputNames));
  return liveEpisodes(plan, seed, agentOf(plan, coupling), trace);
}

/** The same episodes lived by a policy that sees the state itself. */
export const liveKnowing = (plan: LifePlan, seed: string, decide: Agent['decide']): AcrobotTrace =>
  liveEpisodes(plan, seed, { decide }, emptyTrace());
