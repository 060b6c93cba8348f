import type { OpenedRun } from '../../evolve/opened-run.js';
import { RandomStream } from '../../math/random.js';
import { ratioInterval } from '../../math/simultaneous.js';
import { bootstrapInterval, mean, spreadOf } from '../../math/statistics.js';
import { UserError } from '../../spec/errors.js';
import { effectOf } from '../effect.js';
import { movedInstead } from './control.js';
import {
  fewestThatKeep,
  freeTogether,
  keptShare,
  type LeastLossOrder,
  type OrderOptions,
  type PathPoint,
} from './elimination.js';
import { freshLosses, lossSummary, verdictsOf } from './losses.js';
import type { ScoreMeter } from './meter.js';
import { lifeSets, type MeasuredLives, Reversion } from './reversion.js';
import type { Attribution, ChangeEffect, FreshLoss, KeptChanges, Losses, OrderFound } from './types.js';
import { changedUnits, type UnitKind } from './units.js';

/** Sets of changes that are scored in order to find an order, about. */
const mostSets = 20_000;
/** Fresh lives by which an order is found. */
const mostOrderLives = 20;
/** Points of a path that are scored on fresh lives. */
const mostPathPoints = 50;
/** Sets of changes that are drawn at random, as a control of those that are kept: no more than there are changes. */
const mostRandomSets = 20;

export interface AttributionRequest {
  by: UnitKind;
  /** Share of the gain that the fewest changes keep. */
  keep: number;
  /** Fresh lives that measure, and as many that choose. */
  lives: number;
}

/** An attribution, and the genomes that have the kept changes alone; null where there is no gain. */
export interface Attributed {
  attribution: Attribution;
  pruned: { trained: Float64Array | null; fresh: Float64Array | null };
}

interface Measured {
  trained: MeasuredLives;
  fresh: MeasuredLives;
  choosing: MeasuredLives;
}

/** An order with its path, and the fewest changes along it that keep the gain. */
interface Chosen {
  order: LeastLossOrder;
  options: OrderOptions;
  path: PathPoint[];
  kept: KeptChanges | null;
  genome: Float64Array | null;
}

/** Some of ascending numbers, evenly spread, with the first and the last. */
function evenly(numbers: readonly number[], most: number): number[] {
  if (numbers.length <= most) return [...numbers];
  return Array.from(
    { length: most },
    (_, i) => numbers[Math.round((i * (numbers.length - 1)) / (most - 1))]!,
  );
}

/** What sets of so many changes keep on the average that are drawn at random. */
async function randomShares(
  reversion: Reversion,
  { trained, fresh }: Measured,
  changes: number,
): Promise<KeptChanges['random']> {
  const stream = RandomStream.from(`random sets of ${changes}`);
  const sets = Math.min(mostRandomSets, reversion.units.length);
  const backs = Array.from({ length: sets }, () =>
    stream.sample(reversion.units.length, reversion.units.length - changes),
  );
  const shares = async (lives: MeasuredLives, what: string) => {
    const scores = await reversion.scores(lives, backs, what);
    const shareOf = (score: number) => keptShare(score, mean(lives.champion), mean(lives.untrained));
    return mean(scores.map((of) => shareOf(mean(of.filter(Number.isFinite)))).filter(Number.isFinite));
  };
  return {
    sets,
    trainedShare: await shares(trained, 'random sets'),
    freshShare: await shares(fresh, 'random sets, on fresh lives'),
  };
}

/** What the last changes of an order keep, on the trained life and on the fresh ones. */
async function keptChanges(
  reversion: Reversion,
  on: Measured,
  { units }: LeastLossOrder,
  changes: number,
): Promise<{ kept: KeptChanges; genome: Float64Array }> {
  const { trained, fresh } = on;
  const back = units.slice(0, units.length - changes);
  const left = units.slice(units.length - changes).map((unit) => reversion.units[unit]!);
  const [[score]] = (await reversion.scores(trained, [back], 'what is kept')) as unknown as [[number]];
  const [scores] = (await reversion.scores(fresh, [back], 'what is kept, on fresh lives')) as [Float64Array];
  const lived = [...scores.keys()].filter((life) => Number.isFinite(scores[life]!));
  const above = lived.map((life) => scores[life]! - fresh.untrained[life]!);
  const below = lived.map((life) => fresh.champion[life]! - fresh.untrained[life]!);
  // A share of what may be nothing is no figure.
  const isGain = bootstrapInterval([...below], RandomStream.from('gain')).low > 0;
  const random = await randomShares(reversion, on, changes);
  const { low, high } = isGain
    ? ratioInterval(above, below, RandomStream.from('kept share'))
    : { low: Number.NaN, high: Number.NaN };
  return {
    genome: reversion.genome(back),
    kept: {
      changes,
      genes: left.reduce((sum, { genes }) => sum + genes.length, 0),
      names: left.map(({ name }) => name),
      trained: { score, share: keptShare(score, trained.champion[0]!, trained.untrained[0]!) },
      fresh: {
        ...spreadOf(lived.map((life) => scores[life]!)),
        share: isGain ? mean(above) / mean(below) : Number.NaN,
        shareLow: low,
        shareHigh: high,
      },
      random: isGain ? random : { ...random, freshShare: Number.NaN },
    },
  };
}

/** The share that goes back in a round at the least, so that about so many sets are scored in all. */
const leastShareOf = (units: number) =>
  (units * (units + 1)) / 2 <= mostSets ? 0 : Math.min(0.5, units / mostSets);

/** The order on the trained life, one change at a time where these are not too many. */
async function trainedOrder(reversion: Reversion, keep: number, on: Measured): Promise<Chosen> {
  const leastShare = leastShareOf(reversion.units.length);
  const options = { together: leastShare > 0, leastShare };
  const order = await reversion.order(on.trained, options, 'in order');
  const path = await reversion.path(on.trained, order, [0, ...order.rounds], 'along the order');
  const changes = fewestThatKeep(path, keep);
  const kept = changes === undefined ? undefined : await keptChanges(reversion, on, order, changes);
  return { order, options, path, kept: kept?.kept ?? null, genome: kept?.genome ?? null };
}

/** The order on fresh lives: found on a few, its number of changes on more of them, its path on those that had no part in it. */
async function freshOrder(reversion: Reversion, keep: number, on: Measured): Promise<Chosen> {
  const options = { together: true, leastShare: leastShareOf(reversion.units.length) };
  const few = { ...on.choosing, seeds: on.choosing.seeds.slice(0, mostOrderLives) };
  const order = await reversion.order(few, options, 'in order, on fresh lives');
  const backs = [0, ...order.rounds];
  const changes = fewestThatKeep(
    await reversion.path(on.choosing, order, backs, 'how many to keep, on fresh lives'),
    keep,
  );
  const kept = changes === undefined ? undefined : await keptChanges(reversion, on, order, changes);
  const points = evenly(backs, mostPathPoints);
  const path = await reversion.path(on.fresh, order, points, 'along the order, on fresh lives');
  return { order, options, path, kept: kept?.kept ?? null, genome: kept?.genome ?? null };
}

const orderFound = ({ order, options, path, kept }: Chosen, reversion: Reversion): OrderFound => ({
  oneByOne: !options.together,
  leastShare: options.leastShare,
  names: order.units.map((unit) => reversion.units[unit]!.name),
  path,
  kept,
});

/** Where a change stands in an order, and whether it is among those that are kept. */
const placeOf = ({ order, kept }: Chosen, unit: number) => {
  const place = order.units.indexOf(unit) + 1;
  return { place, kept: kept !== null && place > order.units.length - kept.changes };
};

/** The losses by several genomes, each in place of the champion. */
async function lossesBy(
  reversion: Reversion,
  { trained, fresh }: Measured,
  genomes: number,
  genomeOf: (index: number) => Float64Array,
  what: string,
): Promise<{ trained: number[]; fresh: FreshLoss[] }> {
  const inTrained = await reversion.scoresOf(trained, genomes, genomeOf, what);
  const inFresh = await reversion.scoresOf(fresh, genomes, genomeOf, `${what}, on fresh lives`);
  return {
    trained: inTrained.map(([without]) => trained.champion[0]! - without!),
    fresh: freshLosses(fresh.champion, inFresh, what),
  };
}

/** What it costs to move weights that evolution left alone by the same steps. */
async function controlOf(opened: OpenedRun, reversion: Reversion, on: Measured): Promise<Losses | null> {
  const moved = reversion.by === 'gene' ? movedInstead(opened, reversion.units) : undefined;
  if (!moved) return null;
  const genomeOf = (i: number) => {
    const genome = Float64Array.from(opened.champion);
    genome[moved[i]!.gene] = moved[i]!.coordinate;
    return genome;
  };
  const { trained, fresh } = await lossesBy(reversion, on, moved.length, genomeOf, 'others moved instead');
  return lossSummary(trained, fresh);
}

/** A gene's value at the start and now, in its own unit. */
const valuesOf = ({ habitat: { space }, champion }: OpenedRun, gene: number) => ({
  start: space.valueOf(gene, space.start[gene]!),
  value: space.valueOf(gene, champion[gene]!),
});

/** Each change with what it is worth alone, and where it stands in the orders. */
function changeEffects(
  opened: OpenedRun,
  { by, units }: Reversion,
  { trained, fresh }: Measured,
  alone: Awaited<ReturnType<typeof lossesBy>>,
  inTrained: Chosen,
  inFresh: Chosen,
): ChangeEffect[] {
  const shareOf = (loss: number, whole: number, start: number) => keptShare(start + loss, whole, start);
  return units.map(({ name, genes }, unit) => {
    const [lost, lostFresh] = [alone.trained[unit]!, alone.fresh[unit]!];
    return {
      name,
      genes: genes.length,
      ...(by === 'gene' ? valuesOf(opened, genes[0]!) : {}),
      trained: {
        effect: lost,
        share: shareOf(lost, trained.champion[0]!, trained.untrained[0]!),
        ...placeOf(inTrained, unit),
      },
      fresh: {
        ...lostFresh,
        share: shareOf(lostFresh.effect, mean(fresh.champion), mean(fresh.untrained)),
        ...placeOf(inFresh, unit),
      },
    };
  });
}

/** The lives on which changes are put back, with the scores of the champion and the start in each. */
async function measuredLives(opened: OpenedRun, reversion: Reversion, lives: number) {
  const { trained, fresh, choosing, about } = await lifeSets(opened, lives);
  const on: Measured = {
    trained: await reversion.measured(trained, 'the trained life'),
    fresh: await reversion.measured(fresh, 'fresh lives'),
    choosing: await reversion.measured(choosing, 'fresh lives that choose'),
  };
  return { on, about };
}

/**
 * Puts what evolution changed in a champion back to the start of its search: each change alone, and all of them in the
 * order that loses least; on the lifetime that made it champion, and apart from that on fresh lives. The order on fresh lives,
 * and the number of changes that keep the gain there, are found on lives that do not measure them.
 * @throws UserError where nothing changed, or nothing has a score
 */
export async function attribute(
  opened: OpenedRun,
  { by, keep, lives }: AttributionRequest,
  meter: ScoreMeter,
): Promise<Attributed> {
  const units = changedUnits(opened.habitat, opened.champion, by);
  if (units.length === 0) {
    throw new UserError(
      `The champion of the run ${opened.stored.manifest.run} is the genome that the run started from: there is nothing to put back.`,
    );
  }
  const reversion = new Reversion(opened, by, units, meter);
  const { on, about } = await measuredLives(opened, reversion, lives);
  const alone = await lossesBy(reversion, on, units.length, (unit) => reversion.genome([unit]), 'each alone');
  const control = await controlOf(opened, reversion, on);
  const inTrained = await trainedOrder(reversion, keep, on);
  const inFresh = await freshOrder(reversion, keep, on);
  const crossing = evenly([0, ...inTrained.order.rounds], mostPathPoints);
  const [champion, untrained] = [on.trained.champion[0]!, on.trained.untrained[0]!];
  const attribution: Attribution = {
    by,
    tried: units.length,
    genes: units.reduce((sum, { genes }) => sum + genes.length, 0),
    keep,
    trained: {
      champion,
      untrained,
      gain: champion - untrained,
      hitchHikers: alone.trained.filter((loss) => loss <= 0).length,
      freeTogether: freeTogether(inTrained.path),
      order: orderFound(inTrained, reversion),
    },
    fresh: {
      about,
      champion: spreadOf([...on.fresh.champion]),
      untrained: spreadOf([...on.fresh.untrained]),
      gain: effectOf('evolution', [...on.fresh.champion], [...on.fresh.untrained]),
      ...verdictsOf(alone.fresh),
      choosing: {
        lives: on.choosing.seeds.length,
        orderLives: Math.min(mostOrderLives, on.choosing.seeds.length),
      },
      order: orderFound(inFresh, reversion),
      trainedPath: await reversion.path(on.fresh, inTrained.order, crossing, 'other order, on fresh lives'),
    },
    changes: changeEffects(opened, reversion, on, alone, inTrained, inFresh),
    alone: lossSummary(alone.trained, alone.fresh),
    control,
  };
  return { attribution, pruned: { trained: inTrained.genome, fresh: inFresh.genome } };
}
