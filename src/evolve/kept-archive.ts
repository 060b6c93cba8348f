import { type ArchiveFigures, archiveFigures, type Elite, EliteArchive } from '../archives/elites.js';
import type { Habitat } from '../evaluate/habitat.js';
import { UsageError } from '../spec/errors.js';
import { partOf } from '../spec/parts/part.js';
import { readSnapshot, type StoredRun } from '../store/run-store.js';
import type { StepRecord } from '../store/steps.js';
import { strategyParts } from '../strategies/parts.js';
import type { KeptArchive } from '../strategies/strategy.js';
import { toldBehaviour } from '../strategies/takes.js';
import type { RunSpec } from './run-spec.js';
import { outcomesOf, strategyAfter } from './strategy-state.js';

/** What a run's result and report say of its archive. */
export interface ArchiveSummary extends ArchiveFigures {
  /** Its measures with their ranges and, of a grid, how many cells there are along each. */
  measures: readonly { name: string; low: number; high: number; clipped: number }[];
  /** Candidates with a score of which a measure is no number. */
  unplaced: number;
}

export const summaryOf = ({ elites, offset, clipped, unplaced }: KeptArchive): ArchiveSummary => ({
  ...archiveFigures(elites, offset),
  measures: elites.cells.dimensions.map(({ name, low, high }, i) => ({
    name,
    low,
    high,
    clipped: clipped[i]!,
  })),
  unplaced,
});

/** The archive of a stored run as it stood after its last whole step; undefined where its strategy keeps none. */
export function keptArchive(
  stored: StoredRun,
  spec: RunSpec,
  habitat: Pick<Habitat, 'space' | 'task'>,
): KeptArchive | undefined {
  // Whoever keeps elites by what they do is told what they do: the states of other strategies need not be taken up.
  if (!toldBehaviour(partOf(strategyParts, spec.strategy), spec.strategy)) return undefined;
  const states = (['snapshot', 'branch'] as const).map((name) => readSnapshot(stored.folder, name));
  const { records, manifest } = stored;
  return strategyAfter(records, { spec, habitat, states, from: manifest.lineage?.step }).archive;
}

/** An archive in figures after each of some steps. */
export function archiveCourse(
  records: readonly StepRecord[],
  { elites: { cells }, offset }: KeptArchive,
  most = 100,
): { evaluations: number; coverage: number; qdScore: number }[] {
  const archive = new EliteArchive(cells);
  const every = Math.max(1, Math.ceil(records.length / most));
  return records.flatMap((record, i) => {
    archive.add(
      outcomesOf(record).flatMap(({ status, objectives: [objective], measures }, index) => {
        const values = cells.dimensions.map(({ name, low, high }) =>
          Math.min(high, Math.max(low, measures[name] ?? Number.NaN)),
        );
        const isPlaced = status === 'ok' && Number.isFinite(objective) && !values.some(Number.isNaN);
        const genome = new Float64Array(0);
        return isPlaced
          ? [{ objective: objective!, measures: values, genome, step: record.step, index }]
          : [];
      }),
    );
    if (i % every !== 0 && i !== records.length - 1) return [];
    const { coverage, qdScore } = archiveFigures(archive, offset);
    return [{ evaluations: record.evaluations, coverage, qdScore }];
  });
}

const cellNumber = /^\d+$/;

/**
 * The elite that a user names: by the number of its cell, or by measures (`endX=120,foodEaten=3`), of which those that are left
 * out may be anything: then it is the best that fits.
 * @throws UsageError where there is no such cell, or no elite in it
 */
export function eliteNamed({ elites }: KeptArchive, named: string): Elite {
  const { cells } = elites;
  const refuse = (found: string): never => {
    throw new UsageError(
      `--elite ${named}: expected a cell from 0 to ${cells.count - 1}, or measures such as ` +
        `${cells.dimensions.map(({ name, high }) => `${name}=${high}`).join(',')}, found ${found}. ` +
        '"baldwin export RUN --what archive" lists the elites.',
    );
  };
  if (cellNumber.test(named)) {
    if (Number(named) >= cells.count) refuse('no such cell');
    return elites.eliteIn(Number(named)) ?? refuse('an empty cell');
  }
  const wanted = new Map(
    named.split(',').map((part): [string, number] => {
      const [name = '', text = '', ...rest] = part.split('=');
      const names = cells.dimensions.map((dimension) => dimension.name);
      if (text !== '' && !names.includes(name)) {
        throw new UsageError(
          `--elite ${named}: the archive has no measure "${name}". It has ${names.join(' and ')}.`,
        );
      }
      if (!names.includes(name) || text === '' || rest.length > 0 || !Number.isFinite(Number(text)))
        refuse(`"${part}"`);
      return [name, Number(text)];
    }),
  );
  const fitting = elites.elites().filter(({ cell, measures }) => {
    const place = cells.dimensions.map(({ name, low, high }, i) =>
      Math.min(high, Math.max(low, wanted.get(name) ?? measures[i]!)),
    );
    return cells.cellAt(place) === cell;
  });
  if (fitting.length === 0) refuse('no elite there');
  return fitting.reduce((a, b) => (b.objective > a.objective ? b : a));
}
