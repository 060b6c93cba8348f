import { namesIn } from '../../expression/analysis.js';
import { parseExpression } from '../../expression/parse.js';
import { isWholeSteps, nearWholeSteps } from '../../math/steps.js';
import { describeValue } from '../../spec/validate.js';
import { receivingState } from '../model/dynamics.js';
import {
  type Network,
  type Plasticity,
  type Population,
  type Projection,
  ruleParameter,
  type ShortTerm,
} from '../model/network.js';
import { checkRange, known, refuse } from './parts.js';
import { checkProjectionRule } from './projection-rule.js';

/** Refuses receptors on what a synapse without spikes sends, which is worked out before modulators act. */
function checkSent(where: string, projection: Projection, sends: string, from: Population, to: Population) {
  const used = namesIn(parseExpression(sends));
  const targets = ({ receptors = {} }: Population) => Object.values(receptors).map(({ target }) => target);
  const sent = [
    ...targets(from).filter((target) => used.has(target)),
    ...targets(to).filter((target) => [...used].some((name) => target === `${projection.port}.${name}`)),
  ];
  if (sent.length > 0)
    refuse(where, `no receptor can act on "${sent[0]}", by which cells send without spikes.`);
}

/** A weight that learns has one synapse: several would each change it in their own time. */
export function checkSharing({ projections, weights }: Network): void {
  const owner = new Int32Array(weights.length).fill(-1);
  const learns = projections.map(({ plasticity }) => plasticity !== undefined);
  projections.forEach(({ name, weight }, p) => {
    for (const at of weight) {
      const before = owner[at];
      if (before !== undefined && before >= 0 && (learns[p] || learns[before])) {
        refuse(`projection "${name}"`, `weight ${at} learns, and belongs to more than one synapse.`);
      }
      owner[at] = p;
    }
  });
}

function checkShortTerm(where: string, { use, tauRecoveryMs, tauFacilitationMs }: ShortTerm): void {
  if (!(use >= 0 && use <= 1)) refuse(where, `shortTerm: use: expected a share from 0 to 1, found ${use}.`);
  if (!(tauRecoveryMs >= 0))
    refuse(where, `shortTerm: tauRecoveryMs: expected a time, found ${tauRecoveryMs}.`);
  if (!(tauFacilitationMs >= 0))
    refuse(where, `shortTerm: tauFacilitationMs: expected a time, 0 for none, found ${tauFacilitationMs}.`);
}

/** Refuses an interval that steps cannot keep. Lives whose genome sets one use the nearest that they can. */
function checkInterval(where: string, plasticity: Plasticity, dtMs: number): void {
  const { onUpdate } = plasticity.rule;
  if (!onUpdate) return;
  const ms = ruleParameter(plasticity, onUpdate.every);
  if (typeof ms !== 'number' || isWholeSteps(ms, dtMs)) return;
  refuse(
    where,
    `plasticity: ${onUpdate.every}: expected a whole number of steps of ${dtMs} ms, found ${ms} ms. Set it to ${nearWholeSteps(ms, dtMs)} ms, or change the step.`,
  );
}

export function checkProjection(projection: Projection, network: Network): void {
  const where = `projection "${projection.name}"`;
  const names = network.populations.map(({ name }) => name);
  known(where, 'population', projection.from, names);
  known(where, 'population', projection.to, names);
  const from = network.populations.find(({ name }) => name === projection.from)!;
  const to = network.populations.find(({ name }) => name === projection.to)!;
  known(where, `port of "${to.name}"`, projection.port, Object.keys(to.ports));
  known(where, 'phase to act in', projection.acts, ['beforeReset', 'afterReset']);
  const { model } = to.ports[projection.port]!;
  if (model.receives === undefined) refuse(where, `the port "${projection.port}" receives nothing.`);
  const state = receivingState(projection.port, model);
  if (!state.includes('.')) known(where, `state of "${to.model.name}"`, state, Object.keys(to.model.state));
  const { rowStart, post, weight, delayMs, plasticity, shortTerm } = projection;
  checkRange(where, 'rowStart', rowStart, post.length + 1);
  if (rowStart.length !== from.count + 1 || rowStart[0] !== 0 || rowStart.at(-1) !== post.length) {
    refuse(where, `rowStart: expected ${from.count + 1} entries from 0 to ${post.length}.`);
  }
  for (let i = 0; i < from.count; i++) {
    if (rowStart[i + 1]! < rowStart[i]!) refuse(where, `rowStart[${i + 1}]: expected ascending entries.`);
  }
  checkRange(where, 'post', post, to.count);
  checkRange(where, 'weight', weight, network.weights.length);
  if (weight.length !== post.length) refuse(where, `${weight.length} weights for ${post.length} synapses.`);
  if (typeof delayMs !== 'number' && !(delayMs instanceof Float64Array)) {
    refuse(
      where,
      `delayMs: expected a number, or a Float64Array with one for each synapse, found ${describeValue(delayMs)}.`,
    );
  }
  if (shortTerm) checkShortTerm(where, shortTerm);
  if (delayMs instanceof Float64Array && delayMs.length !== post.length) {
    refuse(where, `${delayMs.length} delays for ${post.length} synapses.`);
  }
  if (model.sends !== undefined) checkSent(where, projection, model.sends, from, to);
  const { longestDelayMs } = projection;
  if (longestDelayMs !== undefined && !(typeof delayMs === 'number' && delayMs <= longestDelayMs)) {
    refuse(where, `delayMs: expected one delay for all synapses, of ${longestDelayMs} ms at most.`);
  }
  const delays = typeof delayMs === 'number' ? [delayMs] : delayMs;
  if (!delays.every((delay) => delay >= 0 && delay < Number.POSITIVE_INFINITY)) {
    refuse(where, 'delayMs: expected delays of 0 ms or more.');
  }
  const delayed =
    longestDelayMs !== undefined ||
    (typeof delayMs === 'number' ? delayMs !== 0 : delayMs.some((delay) => delay !== 0));
  if (model.sends !== undefined && (plasticity || shortTerm || delayed)) {
    refuse(where, `the port "${projection.port}" has no spikes, so there is neither delay nor plasticity.`);
  }
  if (plasticity) checkInterval(where, plasticity, network.dtMs);
  checkProjectionRule(projection, from, to, Object.keys(network.modulators));
}
