import type { RandomStream } from '../../math/random.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import type { InputPort, Plasticity, Projection } from '../../network/model/network.js';
import { exponentialHeld } from '../../network/synapses/exponential.js';

/** Rate of an input while its bit is on, and while it is off. */
export const activeHz = 60;
export const restHz = 2;
/** Cells of a pool, which answer together. */
export const cellsAPool = 10;
/** Filter of spikes from inputs and between pools. */
export const tauPspMs = 20;
const inhibition = -0.6;
/** Current of a teacher at its strongest: a pool that it drives fires near its ceiling. */
export const teacherCurrent = 40;
/** Short beside a presentation and its gap, so that what one outcome released does not teach in the next. */
const tauDopamineMs = 50;
/** Mean of the first weights. */
export const meanWeight = 0.5;

export interface ClassifierSettings {
  /** Draws the first weights. */
  random: RandomStream;
  /** Inputs, one for each bit of a pattern. */
  bits: number;
  /** Bits that are on in a pattern, on average: the threshold of the pools is what these drive an untaught pool by. */
  bitsOn: number;
  pools: number;
  /** Of the weights from inputs to pools. */
  plasticity: Plasticity;
  stepsAnInterval: number;
}

export const cellsFrom = (first: number, count: number) =>
  Int32Array.from({ length: count }, (_, i) => first + i);

/** Every cell of one population to every cell of another that is let through; `weightOf` says which weight a synapse has. */
export function connect(
  { name, from, to, port }: Pick<Projection, 'name' | 'from' | 'to' | 'port'>,
  [fromCount, toCount]: readonly [number, number],
  weightOf: (synapse: number) => number,
  joins: (pre: number, post: number) => boolean = () => true,
): Projection {
  const rowStart = [0];
  const post: number[] = [];
  for (let pre = 0; pre < fromCount; pre++) {
    for (let cell = 0; cell < toCount; cell++) if (joins(pre, cell)) post.push(cell);
    rowStart.push(post.length);
  }
  return {
    name,
    from,
    to,
    port,
    acts: 'afterReset',
    rowStart: Int32Array.from(rowStart),
    post: Int32Array.from(post),
    weight: Int32Array.from(post, (_, synapse) => weightOf(synapse)),
    delayMs: 0,
  };
}

const poolOf = (cell: number) => Math.floor(cell / cellsAPool);

/** Named ports, numbered from 1. */
export const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name}${i + 1}`);

/**
 * Poisson inputs, one for each bit of a pattern, excite pools of cells through weights that learn; each pool stands for an
 * answer, and inhibits the others. A teacher may drive the cells of a pool. Its inputs are bits, then teachers.
 */
export function classifierCircuit(settings: ClassifierSettings): Embodied {
  const { random, bits, bitsOn, pools, plasticity, stepsAnInterval } = settings;
  const cells = pools * cellsAPool;
  const start = Float64Array.from({ length: bits * cells }, () =>
    random.uniformIn(0.9 * meanWeight, 1.1 * meanWeight),
  );
  const input = (name: string, cell: Int32Array, amplitude: number): InputPort => ({
    name,
    kind: 'current',
    cells: cell,
    amplitude,
  });
  const poolCells = (pool: number) => cellsFrom(bits + pool * cellsAPool, cellsAPool);
  return {
    network: {
      dtMs: 1,
      populations: [
        {
          name: 'inputs',
          count: bits,
          model: poisson,
          parameters: { rate: restHz },
          ports: { external: { model: external, parameters: { I: new Float64Array(bits) } } },
        },
        {
          name: 'pools',
          count: cells,
          model: escapeRate,
          parameters: { theta: (bitsOn * activeHz * tauPspMs * meanWeight) / 1000 },
          ports: {
            inputs: { model: exponentialHeld, parameters: { tau: tauPspMs } },
            rivals: { model: exponentialHeld, parameters: { tau: tauPspMs } },
            external: { model: external, parameters: { I: new Float64Array(cells) } },
          },
        },
      ],
      projections: [
        {
          ...connect(
            { name: 'toPools', from: 'inputs', to: 'pools', port: 'inputs' },
            [bits, cells],
            (i) => i,
          ),
          plasticity,
        },
        connect(
          { name: 'rivals', from: 'pools', to: 'pools', port: 'rivals' },
          [cells, cells],
          () => start.length,
          (pre, post) => poolOf(pre) !== poolOf(post),
        ),
      ],
      // Nothing releases NA, which the rule knows: it is there for genomes that give it a baseline.
      modulators: { DA: { tauMs: tauDopamineMs, baseline: 0 }, NA: { tauMs: 1000, baseline: 0 } },
      inputs: [
        ...numbered('bit', bits).map((name, bit) => input(name, Int32Array.of(bit), activeHz - restHz)),
        ...numbered('teacher', pools).map((name, pool) => input(name, poolCells(pool), teacherCurrent)),
      ],
      outputs: numbered('answer', pools).map((name, pool) => ({
        name,
        cells: poolCells(pool),
        state: 'spikes',
        empties: true,
      })),
      weights: Float64Array.of(...start, inhibition),
    },
    stepsAnInterval,
    precision: 'f64',
    start,
    weightUnit: '1',
    body: { teacher: 0.5, daTaught: 1, daRight: 1, daWrong: 0 },
    bodyAbout: {
      teacher: `how strongly a teacher drives the pool of the right answer, as a share of a current of ${teacherCurrent}`,
      daTaught: 'dopamine released after a presentation with a teacher',
      daRight: 'dopamine released after a right answer where only rewards teach',
      daWrong: 'the same after a wrong answer; below 0 it unteaches',
    },
  };
}
