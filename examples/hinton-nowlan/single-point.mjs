/**
 * A strategy of one's own: the genetic algorithm of Hinton and Nowlan 1987. Parents are drawn in proportion to their score, a
 * child is the left part of the one and the right part of the other, and nothing mutates. So every allele is one of the first
 * generation's.
 */
import { defineStrategy, RandomStream } from 'baldwin';

/** Draws numbers of candidates in proportion to their scores; where one is below 0, to what they are above the lowest. */
function wheelOf(outcomes, random) {
  const scores = outcomes.map(({ status, objectives: [score] }) =>
    status === 'ok' && Number.isFinite(score) ? score : undefined,
  );
  const lowest = Math.min(0, ...scores.filter((score) => score !== undefined));
  const largest = Math.max(1, ...scores.map((score) => Math.abs(score ?? 0)));
  let total = 0;
  const sums = scores.map((score) => {
    total += score === undefined ? 0 : score / largest - lowest / largest;
    return total;
  });
  return () => {
    if (!(total > 0)) return random.integer(sums.length);
    const mark = random.uniform() * total;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (mark < sums[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

function search({ genes }, { population }, state) {
  const { random } = state;
  const genomeOf = (i) => state.genomes.subarray(i * genes, (i + 1) * genes);
  let asked;
  return {
    ask() {
      asked ??= Array.from({ length: population }, (_, i) => ({ genome: genomeOf(i), fidelity: 1 }));
      return asked;
    },
    tell(outcomes) {
      const draw = wheelOf(outcomes, random);
      const next = new Float64Array(state.genomes.length);
      for (let child = 0; child < population; child++) {
        const [first, second] = [draw(), draw()];
        // At least one gene is of either parent, where there are two.
        const point = genes > 1 ? 1 + random.integer(genes - 1) : 1;
        next.set(genomeOf(first).subarray(0, point), child * genes);
        next.set(genomeOf(second).subarray(point), child * genes + point);
      }
      state.genomes = next;
      asked = undefined;
    },
    snapshot: () => ({ genomes: Float64Array.from(state.genomes), random: { ...random.state() } }),
  };
}

export default defineStrategy({
  summary: 'parents in proportion to their score, crossover at a single point, no mutation',
  source: 'Hinton and Nowlan 1987, Complex Systems 1:495-502',
  options: {
    population: { default: 1000, low: 2, high: 1_000_000, integer: true, about: 'genomes a generation' },
  },
  create(problem, options, seed) {
    const { genes, priorLow, priorHigh } = problem;
    const random = RandomStream.from(seed);
    const genomes = Float64Array.from({ length: genes * options.population }, (_, i) =>
      random.uniformIn(priorLow[i % genes], priorHigh[i % genes]),
    );
    return search(problem, options, { genomes, random });
  },
  restore: (problem, options, { genomes, random }) =>
    search(problem, options, { genomes: Float64Array.from(genomes), random: RandomStream.restore(random) }),
});
