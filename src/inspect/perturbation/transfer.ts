import { type Habitat, openHabitat } from '../../evaluate/habitat.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import { ceilingOf, chanceOf, freshLives } from '../../evolve/reference-scores.js';
import type { Spread } from '../../math/statistics.js';
import { canonicalJson } from '../../spec/canonical.js';
import { UsageError } from '../../spec/errors.js';
import { freshTask, type TaskSpec } from '../../tasks/table.js';
import type { LifeSet, ScoreMeter } from '../attribution/meter.js';
import type { FreshLoss } from '../attribution/types.js';
import { learns } from '../learning.js';
import { finiteSpread, gainsOver, type Planned } from './conditions.js';

/** A world that is not the one that the champion evolved in. */
export interface Variant {
  name: string;
  task: TaskSpec;
}

export interface Transferred {
  name: string;
  about: string;
  champion: Spread;
  untrained: Spread;
  innate: Spread | null;
  /** What evolution is worth there: the champion's score less that of the untrained start, in pairs. */
  gain: FreshLoss;
  /** What learning adds there; null where nothing learns. */
  learned: FreshLoss | null;
  chance: { mean: number; about: string };
  ceiling: number;
  /** Where the champion stands between chance and ceiling. */
  reached: number;
}

export interface Transfer {
  /** The first is the task that the champion evolved on. */
  worlds: Transferred[];
}

interface World {
  name: string;
  habitat: Habitat;
}

/** What lives there scored, life by life. */
interface Scored {
  champion: Float64Array;
  untrained: Float64Array;
  innate: Float64Array | null;
}

/**
 * Another world; undefined where it is that of evolution.
 * @throws UsageError where a champion cannot live there
 */
async function openVariant({ habitat }: OpenedRun, { name, task }: Variant): Promise<World | undefined> {
  const refuse = (why: string, cause?: unknown) =>
    new UsageError(`--transfer ${name}: the champion cannot live there. ${why}`, { cause });
  const worldOf = (spec: TaskSpec) => canonicalJson(freshTask(spec).spec);
  let other: Habitat;
  try {
    other = await openHabitat({ ...habitat.setup, task });
  } catch (error) {
    // Of several faults the first is enough: a world with another network has one for each gene.
    if (error instanceof UsageError) throw refuse(error.message.split(/\n(?!\s)/)[0]!, error);
    throw error;
  }
  // Of a sweep over several values, one may be that of evolution: it has its row already.
  if (worldOf(other.setup.task) === worldOf(habitat.setup.task)) return undefined;
  const namesOf = ({ space }: Habitat) => Array.from(space.start, (_, gene) => space.nameOf(gene));
  const [own, there] = [namesOf(habitat), namesOf(other)];
  const differing = own.findIndex((gene, i) => gene !== there[i]);
  if (own.length === there.length && differing < 0) return { name, habitat: other };
  throw refuse(
    own.length === there.length
      ? `Its gene "${own[differing]}" is "${there[differing]}" there. Leave it out.`
      : `It has ${own.length} genes, and the network there has ${there.length}. Leave it out.`,
  );
}

async function scored(
  { champion }: OpenedRun,
  name: string,
  lives: LifeSet,
  meter: ScoreMeter,
): Promise<Scored> {
  const { habitat } = lives;
  const genomes = [champion, habitat.space.start];
  const [whole, untrained] = await meter.scores(lives, 2, (i) => genomes[i]!, `transfer: ${name}`);
  if (!learns(habitat)) return { champion: whole!, untrained: untrained!, innate: null };
  const still = await habitat.without({ what: 'plasticity' });
  const [innate] = await meter.scores(
    { ...lives, habitat: still },
    1,
    () => champion,
    `transfer: ${name}, plasticity off`,
  );
  await meter.leave(still);
  return { champion: whole!, untrained: untrained!, innate: innate! };
}

/** What stands beside the scores of a world. */
async function referenceIn({ spec }: OpenedRun, habitat: Habitat) {
  const { mean, about } = await chanceOf(habitat, spec.seed);
  return { chance: { mean, about }, ceiling: ceilingOf(habitat).score };
}

/**
 * The champion as it is in worlds that it did not evolve in, beside the untrained start, the champion without plasticity,
 * chance and ceiling in each.
 * @throws UsageError where it cannot live in one of them
 */
export async function planTransfer(
  opened: OpenedRun,
  variants: readonly Variant[],
): Promise<Planned<Transfer>> {
  const { spec, habitat } = opened;
  const worlds: World[] = [];
  for (const variant of variants) {
    const world = await openVariant(opened, variant);
    if (world) worlds.push(world);
  }
  if (worlds.length === 0) {
    throw new UsageError(
      `--transfer ${variants[0]!.name}: that is the task as it was in evolution. Name another world.`,
    );
  }
  return {
    option: '--transfer',
    livesOn: (seeds) => worlds.reduce((sum, world) => sum + (learns(world.habitat) ? 3 : 2) * seeds, 0),
    measure: async (grounds, meter) => {
      const found: (Scored & { name: string; about: string; habitat: Habitat })[] = [
        { ...grounds, name: `the task it evolved on (${spec.task.name})`, habitat },
      ];
      for (const world of worlds) {
        const {
          seeds,
          habitat: fresh,
          about,
        } = await freshLives(spec, world.habitat, grounds.lives.seeds.length);
        const lives = { habitat: fresh, seeds, repeats: 1 };
        found.push({ ...(await scored(opened, world.name, lives, meter)), ...world, about });
        await meter.leave(fresh);
      }
      const championsOf = (of: readonly Scored[]) => of.map(({ champion }) => champion);
      const starts = found.map(({ untrained }) => untrained);
      const gains = gainsOver(starts, championsOf(found), 'transfer');
      const learning = found.filter(({ innate }) => innate !== null);
      const still = learning.map(({ innate }) => innate!);
      const learned = gainsOver(still, championsOf(learning), 'learning in other worlds');
      const transferred: Transferred[] = [];
      for (const [i, of] of found.entries()) {
        const { chance, ceiling } = await referenceIn(opened, of.habitat);
        const champion = finiteSpread(of.champion);
        transferred.push({
          ...{ name: of.name, about: of.about, champion, chance, ceiling },
          untrained: finiteSpread(of.untrained),
          innate: of.innate && finiteSpread(of.innate),
          gain: gains[i]!,
          learned: of.innate ? learned[learning.indexOf(of)]! : null,
          reached: (champion.mean - chance.mean) / (ceiling - chance.mean),
        });
      }
      return { worlds: transferred };
    },
  };
}
