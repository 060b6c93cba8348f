/** A strategy of one's own: (1 + lambda), the best genome so far and mutants of it, whose reach follows success. */
import { defineStrategy, RandomStream } from 'baldwin';

const reachGrows = 1.3;
const reachShrinks = 0.9;

function search(problem, { lambda }, state) {
  const { genes, low, high, step } = problem;
  const { random } = state;
  let asked;
  const mutant = () => {
    const genome = Float64Array.from(state.best);
    for (let gene = 0; gene < genes; gene++) {
      const value = genome[gene] + state.reach * step[gene] * random.normal();
      genome[gene] = Math.min(high[gene], Math.max(low[gene], value));
    }
    return genome;
  };
  return {
    ask() {
      // The start is tried first, so that no mutant is worse than nothing.
      asked ??= Array.from({ length: lambda }, (_, i) => ({
        genome: state.score === null && i === 0 ? Float64Array.from(state.best) : mutant(),
        fidelity: 1,
      }));
      return asked;
    },
    tell(outcomes) {
      let better = false;
      outcomes.forEach(({ status, objectives: [score] }, i) => {
        if (status !== 'ok' || !Number.isFinite(score)) return;
        if (state.score !== null && score <= state.score) return;
        state.best = asked[i].genome;
        state.score = score;
        better = true;
      });
      const reach = state.reach * (better ? reachGrows : reachShrinks);
      state.reach = Math.min(20, Math.max(1e-3, reach));
      asked = undefined;
    },
    snapshot: () => ({
      best: Float64Array.from(state.best),
      score: state.score,
      reach: state.reach,
      random: { ...random.state() },
    }),
  };
}

export default defineStrategy({
  summary: '(1 + lambda): the best genome so far and mutants of it',
  source: 'Rechenberg 1973, Evolutionsstrategie',
  options: {
    lambda: { default: 8, low: 1, high: 10000, integer: true, about: 'genomes a step' },
    reach: { default: 1, low: 0.001, high: 20, about: "first reach of mutations, in the genes' steps" },
  },
  create: (problem, options, seed) =>
    search(problem, options, {
      best: Float64Array.from(problem.start),
      score: null,
      reach: options.reach,
      random: RandomStream.from(seed),
    }),
  restore: (problem, options, { best, score, reach, random }) =>
    search(problem, options, {
      best: Float64Array.from(best),
      score,
      reach,
      random: RandomStream.restore(random),
    }),
});
