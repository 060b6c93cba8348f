/**
 * A task of one's own, in which learning is a search by trial and error: how learning can guide evolution, after Hinton and
 * Nowlan 1987, Complex Systems 1:495-502. One setting of 20 switches is good, and every other is as bad as any. Genes fix some
 * switches; the others are tried at random within the life.
 */
import { fileURLToPath } from 'node:url';
import { cellModels, defineTask, RandomStream } from 'baldwin';

export const loci = 20;
/** What a gene says: the wrong setting of its switch, the right one, or that it is left to learning. */
const [incorrect, correct, undecided] = [0, 1, 2];

/** Genes are numbers from 0 to 4, so that an even draw gives a quarter, a quarter and a half. */
export const alleleOf = (gene) => Math.min(undecided, Math.floor(gene));

const names = Array.from({ length: loci }, (_, i) => `locus${i + 1}`);
const about = 'setting of a switch: below 1 wrong, below 2 right, from 2 on left to learning';

/** The tasks of this program are lived by networks. This one is lived by trial and error: its one cell never runs. */
const circuit = {
  network: {
    dtMs: 1,
    populations: [{ name: 'idle', count: 1, model: cellModels.poisson, parameters: { rate: 0 }, ports: {} }],
    projections: [],
    modulators: {},
    inputs: [],
    outputs: [],
    weights: new Float64Array(0),
  },
  stepsAnInterval: 1,
  precision: 'f64',
  start: new Float64Array(0),
  weightUnit: '1',
  body: Object.fromEntries(names.map((name) => [name, undecided])),
  bodyAbout: Object.fromEntries(names.map((name) => [name, about])),
};

/**
 * A life of trials, each of which sets the switches that are left to learning at random.
 * @returns how many trials are left once the good setting is found (-1 where it is not), and the switches that were right at first
 */
export function searched(alleles, { trials, tries }, random) {
  const open = alleles.filter((allele) => allele === undecided).length;
  let right = alleles.filter((allele) => allele === correct).length;
  for (let i = 0; i < open; i++) right += random.integer(2);
  if (right === loci) return { left: open === 0 || tries === 'once' ? trials : trials - 1, right };
  if (tries === 'once' || alleles.includes(incorrect)) return { left: -1, right };
  for (let trial = 2; trial <= trials; trial++) {
    if (random.uniform() < 1 / (1 << open)) return { left: trials - trial, right };
  }
  return { left: -1, right };
}

const share = (alleles, allele) => alleles.filter((found) => found === allele).length / loci;

export default defineTask({
  summary: 'one good setting of 20 switches, found by genes and by trial and error',
  source: 'Hinton and Nowlan 1987, Complex Systems 1:495-502',
  lives: 'in-circuit',
  genome: fileURLToPath(new URL('alleles.json', import.meta.url)),
  options: {
    trials: { default: 1000, low: 1, high: 1_000_000, integer: true, about: 'learning trials in a life' },
    tries: {
      default: 'each-trial',
      choices: ['each-trial', 'once'],
      about: 'when open switches are set: anew in each trial, or once at birth, so that nothing is learned',
    },
  },
  measures: {
    correct: { unit: '1', about: 'share of genes that say the right setting' },
    incorrect: { unit: '1', about: 'share of genes that say the wrong one' },
    undecided: { unit: '1', about: 'share of genes that leave it to learning' },
    atFirst: { unit: '1', about: 'share of switches that are right in the first trial' },
    found: { unit: '1', about: '1 where the good setting was found in the life' },
  },
  prepare: (options) => ({
    scenarios: [
      {
        name: 'switches',
        random: true,
        ceiling: { score: 20, about: 'the good setting from birth on' },
      },
    ],
    circuit,
    live(_, seed, { body }) {
      const alleles = names.map((name) => alleleOf(body[name] ?? undecided));
      const { left, right } = searched(alleles, options, RandomStream.from(seed));
      return {
        score: left < 0 ? 1 : 1 + (19 * left) / options.trials,
        measures: {
          correct: share(alleles, correct),
          incorrect: share(alleles, incorrect),
          undecided: share(alleles, undecided),
          atFirst: right / loci,
          found: Number(left >= 0),
        },
      };
    },
  }),
  // Whoever knows nothing sets all switches at random, over and over.
  randomPolicy: () => ({ body: {}, reset() {}, respond() {} }),
});
