import type { Habitat } from '../evaluate/habitat.js';
import { LifetimeRunner } from '../evaluate/lifetime.js';
import type { Lifetime } from '../evaluate/lives.js';
import type { Vitals } from '../evaluate/vitals.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { referenceOf } from '../evolve/recorded.js';
import { freshLives, heldOutCeilingOf } from '../evolve/reference-scores.js';
import { type Spread, spreadOf } from '../math/statistics.js';
import { type Ablation, ablationsOf } from '../network/build/ablate.js';
import { type Effect, effectOf } from './effect.js';
import { type FormulaCard, type FormulaStep, formulaCards, formulaHistory } from './formulas.js';
import { type Front, paretoFront } from './front.js';
import { type GainMatrix, gainMatrix } from './gains.js';
import { meanVitals, vitalsIn } from './learning.js';
import { type RuleCard, ruleCards } from './rule-card.js';
import { visitedInputs } from './visited.js';

export interface Inspection {
  rules: RuleCard[];
  /** Formulas of rules whose form evolved, and what they were whenever the run's best became better. */
  formulas: FormulaCard[];
  formulaHistory: FormulaStep[];
  /** Absent where the run has one objective. */
  front?: Front;
  /** What evolved beside weights, in its own unit. */
  parameters: { name: string; unit: string; start: number; value: number; about: string }[];
  gains: GainMatrix;
  scores: {
    /** Plasticity off; null where nothing learns. */
    innate: Spread | null;
    /** The champion as it is; it has learned where something learns. */
    learned: Spread;
    /** What learning adds. */
    gain: Effect | null;
    untrained: Spread;
    heldOut: Spread | null;
    chance: number;
    ceiling: number;
    /** Of the scenarios that are held out; null where none are. */
    heldOutCeiling: number | null;
    about: string;
  };
  /** Means over the fresh lives. */
  vitals: Vitals;
  ablations: Effect[];
}

const scoresOf = (lives: readonly Lifetime[]) =>
  lives.map(({ episodes }) => episodes.reduce((sum, { score }) => sum + score, 0));

/** Number of lives that an inspection takes, for progress. */
export const lifeCount = ({ habitat, champion }: OpenedRun, seeds: number) =>
  (2 + ablationsOf(habitat.networkOf(champion)).length) * seeds;

/**
 * Looks into a run's champion: what its rules say, what evolved, and what each part is good for, on lives that evolution
 * never saw.
 * @param lives fresh lives for every condition
 */
export async function inspect(
  opened: OpenedRun,
  lives: number,
  onLife: (what: string) => void = () => {},
): Promise<Inspection> {
  const { spec, habitat, champion, stored } = opened;
  const { space, task } = habitat;
  const { habitat: fresh, seeds, about } = await freshLives(spec, habitat, lives);
  const network = habitat.networkOf(champion);
  const values = space.parametersOf(champion);
  const lived = (
    where: Habitat,
    genome: Readonly<Float64Array>,
    what: string,
    watches = where.setup.watches ?? false,
  ) => new LifetimeRunner(where, { watches }).livesInTurn(genome, seeds, { onLife: () => onLife(what) });
  const watched = await lived(fresh, champion, 'champion', true);
  const whole = scoresOf(watched);
  const untrained = scoresOf(await lived(fresh, space.start, 'untrained'));
  const effects: { ablation: Ablation; scores: number[]; effect: Effect }[] = [];
  const ablations = ablationsOf(network);
  for (const { name, ablation } of ablations) {
    const without = scoresOf(await lived(await fresh.without(ablation), champion, name));
    effects.push({ ablation, scores: without, effect: effectOf(name, whole, without, ablations.length) });
  }
  const plasticity = effects.find(({ ablation }) => ablation.what === 'plasticity' && !ablation.of);
  const finite = (scores: readonly number[]) => scores.filter((score) => Number.isFinite(score));
  const { chance, ceiling } = referenceOf(stored.manifest);
  const heldOut =
    task.heldOut.length > 0
      ? new LifetimeRunner(fresh).lives(champion, seeds, { set: 'heldOut' }).map(({ score }) => score)
      : undefined;
  const front = paretoFront(opened);
  const isForm = habitat.networksDiffer;
  const formulas = formulaCards(space, champion, isForm ? visitedInputs(opened) : []);
  return {
    ...(front ? { front } : {}),
    rules: ruleCards(network, values),
    formulas,
    formulaHistory: formulas.length > 0 ? formulaHistory(opened) : [],
    parameters: evolvedParameters(opened),
    gains: gainMatrix(network, values, space.kindsOf(champion)),
    scores: {
      innate: plasticity ? spreadOf(finite(plasticity.scores)) : null,
      learned: spreadOf(finite(whole)),
      gain: plasticity ? plasticity.effect : null,
      untrained: spreadOf(finite(untrained)),
      heldOut: heldOut ? spreadOf(heldOut) : null,
      chance: chance.mean,
      ceiling: ceiling.score,
      heldOutCeiling: heldOutCeilingOf(habitat)?.score ?? null,
      about,
    },
    vitals: meanVitals(watched.flatMap(({ episodes }) => vitalsIn(episodes))),
    ablations: effects.map(({ effect }) => effect),
  };
}

/** Genes that are no weights nor of single synapses, in their own units. */
function evolvedParameters({ spec, habitat, champion }: OpenedRun): Inspection['parameters'] {
  const { space, ground } = habitat;
  const found: Inspection['parameters'] = [];
  const { genes } = spec.genome;
  const names = genes.flatMap((of) =>
    of.quantity === 'parameter'
      ? of.names.map((name) => ({
          name: [name].flat().join(' & '),
          unit: of.unit,
          about: ground.parameters?.get([name].flat()[0]!)?.about ?? '',
        }))
      : of.quantity === 'kind-share'
        ? of.kinds.map((kind) => ({
            name: `${of.population}[${kind}] share`,
            unit: of.unit,
            about: `how many of the cells of ${of.population} are ${kind}, relative to its other kinds`,
          }))
        : [],
  );
  const named = new Map(names.map((of) => [of.name, of]));
  for (let gene = 0; gene < space.genes; gene++) {
    const name = space.nameOf(gene);
    const known = named.get(name);
    if (known === undefined) continue;
    const [start, value] = [space.start, champion].map((of) => space.valueOf(gene, of[gene]!)) as [
      number,
      number,
    ];
    found.push({ name, unit: known.unit, start, value, about: known.about });
  }
  return found;
}
