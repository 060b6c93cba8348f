import { exp } from '../../math/exponential.js';
import type { Values } from '../../network/model/network.js';
import { type Node, valueOfNode } from '../graph.js';
import { padded } from '../layout.js';
import { decayIntegral, type Learning, meanLevel, updateSteps } from '../learning.js';
import { longestInterval, type PlasticPlaces } from '../wat/plasticity/places.js';
import type { Memory } from './memory.js';

/** What a plastic projection starts a life from. */
export interface LearningStart {
  learning: Learning;
  /** Of the rule. */
  parameters: ReadonlyMap<string, Values>;
  modulators: ReadonlyMap<string, { tauMs: number }>;
  /** Steps between rebases. */
  interval: number;
}

const single = ({ parameters }: Pick<LearningStart, 'parameters'>, name: string) =>
  parameters.get(name) as number;

/**
 * Steps in which no scaled quantity grows by more than e^20; or by less, where it drives weights: a stored weight is the
 * difference of what it is worth and of the driven part, which grows with the scale and would leave its rounding.
 */
export function shortestInterval(
  { program, precision }: Memory,
  { plan }: Learning,
  parameters: ReadonlyMap<string, Values>,
): number {
  const driving = precision === 'f32' ? 3 : 8;
  const spans = [
    ...plan.traces.flatMap(({ tau, follows }) => (follows ? [] : [{ tau, folds: 20 }])),
    ...plan.variables.map(({ tau, drive }) => ({ tau, folds: drive ? driving : 20 })),
  ].flatMap(({ tau, folds }) => (tau === undefined ? [] : [folds * single({ parameters }, tau)]));
  return Math.max(1, Math.min(longestInterval, Math.floor(Math.min(...spans) / program.network.dtMs)));
}

/** Writes what a plastic projection's routes start from, weights and what starts as they are aside. */
export function writeLearning(memory: Memory, start: LearningStart): void {
  const { program, places, numbers, words, size } = memory;
  const { learning } = start;
  const { rule } = learning.plan;
  const { every, incoming } = places.learning[program.learning.indexOf(learning)]!;
  if (rule.onUpdate) {
    words[every / 4] = updateSteps(single(start, rule.onUpdate.every), program.network.dtMs);
  }
  if (incoming) {
    const counts = incoming.counts / size;
    numbers.fill(0, counts, counts + padded(learning.to.population.count));
    for (const post of learning.projection.post) numbers[counts + post]! += 1;
  }
  for (const route of learning.routes) {
    const plastic = places.routes[route]!.plastic!;
    numbers[plastic.low / size] = single(start, rule.bounds.low);
    numbers[plastic.high / size] = single(start, rule.bounds.high);
    writeVariables(memory, plastic, start);
    writeTraces(memory, plastic, start);
    writeRuleConstants(memory, plastic, start, route);
  }
}

/** Tables of what decays with a time constant: by how much it is worth less, and more, `r` steps after a rebase. */
function writePowers(
  { program, numbers, doubles, size }: Memory,
  { up, down, down64 }: { up: number; down: number; down64?: number | undefined },
  tauMs: number,
  interval: number,
): void {
  for (let r = 0; r <= interval; r++) {
    const decayed = exp((-r * program.network.dtMs) / tauMs);
    numbers[up / size + r] = 1 / decayed;
    numbers[down / size + r] = decayed;
    if (down64 !== undefined) doubles[down64 / 8 + r] = decayed;
  }
}

function writeVariables(memory: Memory, { variables, synapses }: PlasticPlaces, start: LearningStart): void {
  const { program, numbers, doubles, size } = memory;
  const { dtMs } = program.network;
  variables.forEach(({ at, up, down, down64, integral, levels }, k) => {
    const { tau, start: value } = start.learning.plan.variables[k]!;
    const tauMs = tau === undefined ? undefined : single(start, tau);
    if (typeof value === 'number') numbers.fill(value, at / size, at / size + synapses);
    if (up !== undefined && down !== undefined)
      writePowers(memory, { up, down, down64 }, tauMs!, start.interval);
    doubles[integral / 8] = decayIntegral(tauMs, dtMs);
    for (const [name, place] of levels) {
      doubles[place / 8] = meanLevel(tauMs, start.modulators.get(name.slice('m.'.length))!.tauMs, dtMs);
    }
  });
}

function writeTraces(memory: Memory, { traces }: PlasticPlaces, start: LearningStart): void {
  const { program, numbers, size } = memory;
  const { from, to, plan } = start.learning;
  traces.forEach(({ at, up, down, approach, of }, k) => {
    const { tau, start: value } = plan.traces[k]!;
    const tauMs = tau === undefined ? undefined : single(start, tau);
    const all = padded((of === 'pre' ? from : to).population.count);
    numbers.fill(typeof value === 'number' ? value : single(start, value), at / size, at / size + all);
    if (up !== undefined && down !== undefined) writePowers(memory, { up, down }, tauMs!, start.interval);
    if (tauMs !== undefined) numbers[approach / size] = 1 - exp(-program.network.dtMs / tauMs);
  });
}

/** The values of the constants of a rule's expressions: one, one for each synapse, and of drives in float64. */
function writeRuleConstants(
  { program, numbers, doubles, size }: Memory,
  plastic: PlasticPlaces,
  { parameters }: LearningStart,
  route: number,
): void {
  const { synapse } = program.routes[route]!;
  const leaf = (s: number) => (node: Node) => {
    const value = parameters.get(node.name!)!;
    return typeof value === 'number' ? value : value[synapse[s]!]!;
  };
  for (const [node, at] of plastic.constants) numbers[at / size] = valueOfNode(node, leaf(0));
  for (const [node, at] of plastic.driveConstants) doubles[at / 8] = valueOfNode(node, leaf(0));
  for (const [node, at] of plastic.perSynapse) {
    for (let s = 0; s < plastic.synapses; s++) numbers[at / size + s] = valueOfNode(node, leaf(s));
  }
}
