import { exp } from '../../math/exponential.js';
import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { allToAll, connect } from '../../network/build/random-graph.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import { quantity } from '../../network/model/model.js';
import type { Population, Receptor } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import type { CircuitPorts } from '../circuit/ports.js';
import { activeHz, cellsAPool, psp, restHz, tauDopamineMs, tauPspMs } from '../classification/cells.js';
import { intervalMs } from '../classification/presentation.js';

/** Channels of each input: foods, the two seasons, good and bad. */
const channelsALine = 5;
export const seasons = ['summer', 'winter'] as const;
export const answers = ['eat', 'leave'] as const;
const rivalry = -0.6;
const meanWeight = 0.5;
/** Decay of what the sources release, and the level that a season keeps up. */
const tauSeasonMs = 200;
const levelOfSeason = 1;

/** Names of the inputs, in the order of observations. */
export const linesOf = (foods: number): string[] => [
  ...Array.from({ length: foods }, (_, food) => `food${food + 1}`),
  ...seasons,
  'good',
  'bad',
];

/** What a circuit that is not the task's own drives and is read by. */
export const portsOf = (foods: number): CircuitPorts => ({
  inputs: Object.fromEntries(
    linesOf(foods).map((name) => [name, { channels: channelsALine, activeHz, restHz }]),
  ),
  outputs: Object.fromEntries(answers.map((name) => [name, { cells: cellsAPool }])),
  intervalMs,
  releases: { DA: { tauMs: tauDopamineMs } },
  activeChannels: 2 * channelsALine,
});

const near = (about: string) => quantity('1', 1, 0, 1, about);

/** The three-factor rule of a weight that learns as far as what a season's source releases reaches its cell. */
const localThreeFactor: PlasticityRule = {
  ...threeFactor,
  name: 'local-three-factor',
  summary:
    'the three-factor rule, with a learning rate that is the concentration of two modulators at the cell',
  source: 'Velez and Clune 2017, doi:10.1371/journal.pone.0187736, as recalled',
  parameters: {
    ...threeFactor.parameters,
    nearSummer: near('share of what the source of summer releases that reaches the cell'),
    nearWinter: near('share of what the source of winter releases that reaches the cell'),
  },
  onEvent: {
    outcome: ['w += eta*(nearSummer*m.summer + nearWinter*m.winter)*m.DA*c'],
    // Weights keep their mean where they have just learned, and nowhere else.
    settle: [
      'w += min(nearSummer*m.summer + nearWinter*m.winter, 1)*(w*goal / max(incoming.w, 1e-3) - w)',
      'c = 0',
    ],
  },
};

/** How far each cell is reached from either source. Cells of a pool lie in a row, and the sources at its ends. */
function reached(radius: number): Record<(typeof seasons)[number], Float64Array> {
  const from = (source: number) =>
    Float64Array.from({ length: answers.length * cellsAPool }, (_, cell) => {
      const distance = (cell % cellsAPool) - source;
      return exp((-distance * distance) / (2 * radius * radius));
    });
  return { summer: from(0), winter: from(cellsAPool - 1) };
}

const poissonCells = (name: string, count: number): Population => ({
  name,
  count,
  model: poisson,
  parameters: { rate: restHz },
  ports: { external: { model: external, parameters: { I: new Float64Array(count) } } },
});

/**
 * Foods excite two pools, to eat and to leave, through weights that learn by dopamine where the season's modulator reaches.
 * Cells that fire in a season release it from one end of the pools, or the other; receptors may also make the cells that it
 * reaches fire more easily.
 */
export function seasonalCircuit({
  foods,
  radius,
  networkSeed,
}: {
  foods: number;
  /** Of diffusion; everywhere alike where absent. */
  radius: number | undefined;
  networkSeed: number;
}): Embodied {
  const random = RandomStream.from(deriveSeed('seasonal-foraging circuit', networkSeed));
  const lines = linesOf(foods);
  const [foodChannels, seasonCells, pools] = [
    foods * channelsALine,
    seasons.length * channelsALine,
    answers.length * cellsAPool,
  ];
  const others = (lines.length - foods - seasons.length) * channelsALine;
  const channels = foodChannels + seasonCells + others;
  const everywhere = new Float64Array(pools).fill(1);
  const near = radius === undefined ? { summer: everywhere, winter: everywhere } : reached(radius);
  const edges = allToAll({ from: foodChannels, to: pools });
  const ofSynapse = (values: Float64Array) => Float64Array.from(edges.post, (cell) => values[cell]!);
  const { projections, weights } = connect({
    toPools: {
      from: 'foods',
      to: 'pools',
      port: 'inputs',
      acts: 'afterReset',
      delayMs: 0,
      edges,
      weight: () => random.uniformIn(0.9 * meanWeight, 1.1 * meanWeight),
      plasticity: {
        rule: localThreeFactor,
        parameters: { nearSummer: ofSynapse(near.summer), nearWinter: ofSynapse(near.winter) },
      },
    },
    rivals: {
      from: 'pools',
      to: 'pools',
      port: 'rivals',
      acts: 'afterReset',
      delayMs: 0,
      edges: allToAll({ from: pools, to: pools }),
      weight: (pre, post) => (Math.floor(pre / cellsAPool) === Math.floor(post / cellsAPool) ? 0 : rivalry),
    },
  });
  const receptor = (season: (typeof seasons)[number]): Receptor => ({
    target: 'theta',
    acts: 'shifts',
    level: `m.${season}`,
    gain: 0,
    reach: near[season],
  });
  const cells = (first: number, count: number) => Int32Array.from({ length: count }, (_, i) => first + i);
  const perSpike = levelOfSeason / ((channelsALine * activeHz * tauSeasonMs) / 1000);
  const source = (season: number) => ({
    tauMs: tauSeasonMs,
    baseline: 0,
    releasedBy: [
      { population: 'seasons', cells: cells(season * channelsALine, channelsALine), amount: perSpike },
    ],
  });
  return {
    network: {
      dtMs: 1,
      populations: [
        poissonCells('foods', foodChannels),
        poissonCells('seasons', seasonCells),
        poissonCells('feedback', others),
        {
          name: 'pools',
          count: pools,
          model: escapeRate,
          parameters: { theta: (channelsALine * activeHz * tauPspMs * meanWeight) / 1000 },
          ports: { inputs: psp, rivals: psp },
          receptors: { summer: receptor('summer'), winter: receptor('winter') },
        },
      ],
      projections,
      modulators: {
        DA: { tauMs: tauDopamineMs, baseline: 0 },
        NA: { tauMs: 1000, baseline: 0 },
        summer: source(0),
        winter: source(1),
      },
      inputs: lines.map((name, line) => ({
        name,
        kind: 'current',
        cells: cells(line * channelsALine, channelsALine),
        amplitude: activeHz - restHz,
      })),
      outputs: answers.map((name, answer) => ({
        name,
        cells: cells(channels + answer * cellsAPool, cellsAPool),
        state: 'spikes',
        empties: true,
      })),
      weights,
    },
    stepsAnInterval: intervalMs,
    precision: 'f64',
    start: weights.slice(0, edges.post.length),
    weightUnit: '1',
    body: {},
  };
}

export const seasonalBody = {
  body: { daGood: 1, daBad: -1 },
  bodyAbout: {
    daGood: 'dopamine released by nutritious food that was eaten',
    daBad: 'dopamine released by poisonous food that was eaten; below 0 it unteaches',
  },
};
