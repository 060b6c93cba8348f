import type { OpenedRun } from '../evolve/opened-run.js';
import { quantitiesOf } from '../kernel/quantities.js';
import { seenCount, seenVariable } from '../network/model/rule-holes.js';
import type { Probe } from './watch.js';
import { watchNetwork } from './watched-lives.js';

/** What a hole was given in a life, as far as it was looked at. */
export interface VisitedInputs {
  /** What it fills. */
  name: string;
  inputs: readonly string[];
  /** `[samples][inputs]`, each combination once, at most 4,000 of them, evenly spread over the life. */
  samples: readonly (readonly number[])[];
}

const mostSynapses = 40;
const mostSamples = 4000;

/** Numbers evenly spread over a range, at most so many. */
const spread = (count: number, most: number): Int32Array =>
  count <= most
    ? Int32Array.from({ length: count }, (_, i) => i)
    : Int32Array.from({ length: most }, (_, i) => Math.floor((i * count) / most));

/**
 * What the holes of a run's champion were given in the life that made it champion: what they were last given at the end
 * of every interval of the task, at up to 40 synapses of the first projection that learns by each. Holes that statements
 * do not have, those of traces and drives, are left out.
 */
export function visitedInputs(opened: OpenedRun, genome = opened.champion): VisitedInputs[] {
  const { habitat } = opened;
  const { space } = habitat;
  const formulas = space.formulasOf(genome);
  const seeing = {
    ...habitat,
    space: {
      ...space,
      phenotype: (of: Readonly<Float64Array>, weights?: Float64Array) => ({
        ...space.phenotype(of, weights),
        rules: space.seeingRules(of),
      }),
    },
  };
  const names = formulas.map(({ hole, projections, inputs }) => {
    const own = (variable: string) => `${projections[0]}.${variable}`;
    return {
      count: own(seenCount(hole)),
      inputs: inputs.map((_, input) => own(seenVariable(hole, input))),
    };
  });
  const wanted = new Set(names.flatMap(({ count, inputs }) => [count, ...inputs]));
  const watched = watchNetwork({ ...opened, habitat: seeing }, genome, {
    probes: (network) =>
      quantitiesOf(network)
        .filter(({ name }) => wanted.has(name))
        .map((quantity): Probe => ({ quantity, chosen: spread(quantity.count, mostSynapses) })),
  });
  return formulas.flatMap(({ name, inputs }, at) => {
    const { count, inputs: variables } = names[at]!;
    const found = new Map<string, number[]>();
    for (const { taken } of watched) {
      const times = taken[count];
      if (!times) continue;
      for (const i of spread(times.length, 20 * mostSamples)) {
        if (times[i]! === 0) continue;
        const sample = variables.map((variable) => taken[variable]![i]!);
        found.set(sample.join(' '), sample);
      }
    }
    const all = [...found.values()];
    const samples = Array.from(spread(all.length, mostSamples), (i) => all[i]!);
    return samples.length > 0 ? [{ name, inputs, samples }] : [];
  });
}
