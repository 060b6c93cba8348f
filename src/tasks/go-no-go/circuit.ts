import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import type { Plasticity, Population, Projection } from '../../network/model/network.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import { exponentialHeld } from '../../network/synapses/exponential.js';

/** Channels of each of the two cues, and cells of each of the two pools. */
export const channelsACue = 20;
export const cellsAPool = 10;

/** Rate of a channel while its cue is on, and of all others. */
export const activeHz = 40;
export const restHz = 2;
/** Filter of spikes from cues and between pools. */
const tauPspMs = 20;
const inhibition = -0.6;
/** A pool's softness of firing grows by this share of itself with a unit of noradrenaline. */
const softening = 6;
/** Decay of noradrenaline to 0.85 over a trial of 400 ms. */
export const tauNoradrenalineMs = 2460;
/** Short beside a trial, so that what one outcome released does not teach in the next. */
export const tauDopamineMs = 50;

const pool = (name: string): Population => ({
  name,
  count: cellsAPool,
  model: escapeRate,
  parameters: {},
  ports: {
    cues: { model: exponentialHeld, parameters: { tau: tauPspMs } },
    rivals: { model: exponentialHeld, parameters: { tau: tauPspMs } },
  },
  receptors: { NA: { target: 'deltaU', acts: 'scales', level: 'm.NA', gain: softening } },
});

/** Every cell of one population to every cell of another, with weights from `firstWeight` on: one each, or one for all. */
function allToAll(
  { name, from, to, port }: Pick<Projection, 'name' | 'from' | 'to' | 'port'>,
  [fromCount, toCount]: readonly [number, number],
  weightOf: (synapse: number) => number,
): Projection {
  const synapses = fromCount * toCount;
  return {
    name,
    from,
    to,
    port,
    acts: 'afterReset',
    rowStart: Int32Array.from({ length: fromCount + 1 }, (_, pre) => pre * toCount),
    post: Int32Array.from({ length: synapses }, (_, synapse) => synapse % toCount),
    weight: Int32Array.from({ length: synapses }, (_, synapse) => weightOf(synapse)),
    delayMs: 0,
  };
}

/**
 * Two pools of cells that compete for what two cues mean: Poisson channels excite both through weights that learn, the
 * pools inhibit each other. Noradrenaline makes firing softer, and choices more random. After Mei et al. 2025, arXiv
 * 2501.06762.
 * @param seed of the first weights, which are uniform in [0.45, 0.55]
 * @param stepsAnInterval ms in one interval of the task
 * @param plasticity of the weights from cues to pools
 */
export function goNoGoCircuit(
  seed: number,
  stepsAnInterval: number,
  plasticity: Plasticity = { rule: threeFactor, parameters: {} },
): Embodied {
  const random = RandomStream.from(deriveSeed('go-no-go circuit', seed));
  const channels = 2 * channelsACue;
  const learned = channels * cellsAPool;
  const start = Float64Array.from({ length: 2 * learned }, () => random.uniformIn(0.45, 0.55));
  const fromCues = (name: string, to: string, first: number): Projection => ({
    ...allToAll(
      { name, from: 'cues', to, port: 'cues' },
      [channels, cellsAPool],
      (synapse) => first + synapse,
    ),
    plasticity,
  });
  const rivals = (name: string, from: string, to: string) =>
    allToAll({ name, from, to, port: 'rivals' }, [cellsAPool, cellsAPool], () => start.length);
  const cells = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);
  const cue = (name: string, first: number) => ({
    name,
    kind: 'current' as const,
    cells: cells(first, channelsACue),
    amplitude: activeHz - restHz,
  });
  const choice = (name: string, first: number) => ({
    name,
    cells: cells(first, cellsAPool),
    state: 'spikes',
    empties: true,
  });
  return {
    network: {
      dtMs: 1,
      populations: [
        {
          name: 'cues',
          count: channels,
          model: poisson,
          parameters: { rate: restHz },
          ports: { external: { model: external, parameters: { I: new Float64Array(channels) } } },
        },
        pool('go'),
        pool('noGo'),
      ],
      projections: [
        fromCues('toGo', 'go', 0),
        fromCues('toNoGo', 'noGo', learned),
        rivals('goAgainst', 'go', 'noGo'),
        rivals('noGoAgainst', 'noGo', 'go'),
      ],
      modulators: {
        DA: { tauMs: tauDopamineMs, baseline: 0 },
        NA: { tauMs: tauNoradrenalineMs, baseline: 0 },
      },
      inputs: [cue('A', 0), cue('B', channelsACue)],
      outputs: [choice('go', channels), choice('noGo', channels + cellsAPool)],
      weights: Float64Array.of(...start, inhibition),
    },
    stepsAnInterval,
    precision: 'f64',
    start,
    weightUnit: '1',
    body: { rewardRate: 0.1, naThreshold: 0.45, naRest: 0.1, naAmount: 1, daReward: 1 },
    bodyAbout: {
      rewardRate: 'how far a trial moves the running mean of rewards towards its own',
      naThreshold: 'mean of rewards below which noradrenaline is released',
      naRest: 'concentration of noradrenaline below which more may be released',
      naAmount: 'concentration of noradrenaline that a release brings about',
      daReward: 'dopamine released by a reward of 1',
    },
  };
}
