import { LifetimeRunner, type LifetimeSetup } from '../evaluate/lifetime.js';
import type { Vitals } from '../evaluate/vitals.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { referenceOf } from '../evolve/recorded.js';
import { freshLives } from '../evolve/reference-scores.js';
import { type Spread, spreadOf } from '../math/statistics.js';
import { type Ablation, ablationsOf } from '../network/build/ablate.js';
import { type Effect, effectOf } from './effect.js';
import { type GainMatrix, gainMatrix } from './gains.js';
import { meanVitals, vitalsIn } from './learning.js';
import { type RuleCard, ruleCards } from './rule-card.js';

export interface Inspection {
  rules: RuleCard[];
  /** What evolved beside weights, in its own unit. */
  parameters: { name: string; unit: string; start: number; value: number }[];
  gains: GainMatrix;
  scores: {
    /** Plasticity off; null where nothing learns. */
    innate: Spread | null;
    learned: Spread;
    /** What learning adds. */
    gain: Effect | null;
    untrained: Spread;
    heldOut: Spread | null;
    chance: number;
    ceiling: number;
    about: string;
  };
  /** Means over the fresh lives. */
  vitals: Vitals;
  ablations: Effect[];
}

interface Lived {
  scores: number[];
  vitals: Vitals[];
}

/** Lives a genome on seeds, with what its network did where the setup watches. */
function lived(
  setup: LifetimeSetup,
  genome: Readonly<Float64Array>,
  seeds: readonly string[],
  done: () => void,
): Lived {
  const runner = new LifetimeRunner(setup);
  const result: Lived = { scores: [], vitals: [] };
  for (const seed of seeds) {
    const episodes = runner.episodes(runner.embody(genome), seed, 1, 'trained');
    result.scores.push(episodes.reduce((sum, { score }) => sum + score, 0));
    result.vitals.push(...vitalsIn(episodes));
    done();
  }
  return result;
}

/** Number of lives that an inspection takes, for progress. */
export const livesOf = ({ runner }: OpenedRun, seeds: number) =>
  (2 + ablationsOf(runner.embodied.network).length) * seeds;

/**
 * Looks into a run's champion: what its rules say, what evolved, and what each part is good for, on lives that evolution
 * never saw.
 * @param lives fresh lives for every condition
 */
export function inspect(
  opened: OpenedRun,
  lives: number,
  onLife: (what: string) => void = () => {},
): Inspection {
  const { spec, setup, runner, champion, stored } = opened;
  const { setup: fresh, seeds, about } = freshLives(spec, setup, lives);
  const { network } = runner.embodied;
  const values = runner.space.parametersOf(champion);
  const whole = lived({ ...fresh, watches: true }, champion, seeds, () => onLife('learned'));
  const untrained = lived(fresh, runner.space.start, seeds, () => onLife('untrained'));
  const effects = ablationsOf(network).map(({ name, ablation }: { name: string; ablation: Ablation }) => {
    const without = lived({ ...fresh, ablation }, champion, seeds, () => onLife(name));
    return { ablation, scores: without.scores, effect: effectOf(name, whole.scores, without.scores) };
  });
  const plasticity = effects.find(({ ablation }) => ablation.what === 'plasticity');
  const finite = (scores: readonly number[]) => scores.filter((score) => Number.isFinite(score));
  const { chance, ceiling } = referenceOf(stored.manifest);
  const heldOut = runner.task.heldOut.length > 0;
  const held = heldOut ? new LifetimeRunner(fresh) : undefined;
  return {
    rules: ruleCards(network, values),
    parameters: evolvedParameters(opened),
    gains: gainMatrix(network, values, runner.space.kindsOf(champion)),
    scores: {
      innate: plasticity ? spreadOf(finite(plasticity.scores)) : null,
      learned: spreadOf(finite(whole.scores)),
      gain: plasticity ? plasticity.effect : null,
      untrained: spreadOf(finite(untrained.scores)),
      heldOut: held ? spreadOf(seeds.map((seed) => held.live(champion, seed, 1, 'heldOut').score)) : null,
      chance: chance.mean,
      ceiling: ceiling.score,
      about,
    },
    vitals: meanVitals(whole.vitals),
    ablations: effects.map(({ effect }) => effect),
  };
}

/** Genes that are no weights nor of single synapses, in their own units. */
function evolvedParameters({ spec, runner, champion }: OpenedRun): Inspection['parameters'] {
  const { space } = runner;
  const found: Inspection['parameters'] = [];
  const { genes } = spec.genome;
  const names = genes.flatMap((of) =>
    of.quantity === 'parameter'
      ? of.names.map((name) => ({ name: [name].flat().join(' & '), unit: of.unit }))
      : of.quantity === 'kind-share'
        ? of.kinds.map((kind) => ({ name: `${of.population}[${kind}] share`, unit: of.unit }))
        : [],
  );
  const units = new Map(names.map(({ name, unit }) => [name, unit]));
  for (let gene = 0; gene < space.genes; gene++) {
    const name = space.nameOf(gene);
    const unit = units.get(name);
    if (unit === undefined) continue;
    const [start, value] = [space.start, champion].map((of) => space.valueOf(gene, of[gene]!)) as [
      number,
      number,
    ];
    found.push({ name, unit, start, value });
  }
  return found;
}
