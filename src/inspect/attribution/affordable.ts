import type { OpenedRun } from '../../evolve/opened-run.js';
import { resultOf } from '../../evolve/recorded.js';

/** About so long is lived by default, at the speed that the run had. */
const affordableS = 60;
const [fewest, most] = [20, 200];
/** Sets of changes on the paths along orders, about. */
const pathSets = 150;

/**
 * Fresh lives that are worth it where nobody says how many: as many as about a minute allows at the speed that the run
 * recorded, within bounds. So it depends on the run alone, and not on the machine that asks.
 * @param livesASeed lives that are lived on each seed
 */
export function livesWithin({ stored, spec }: OpenedRun, livesASeed: number): number {
  const { evaluations = 0, seconds = 0 } = resultOf(stored.manifest) ?? {};
  if (!(seconds > 0)) return fewest;
  const livesASecond = (evaluations * spec.episodes) / seconds;
  const lives = Math.floor((affordableS * livesASecond) / livesASeed);
  return Math.min(most, Math.max(fewest, lives));
}

/** The same, where changes go back. @param conditions changes that go back alone, or cells that are silenced */
export const affordableLives = (opened: OpenedRun, conditions: number): number =>
  livesWithin(opened, 2 * conditions + pathSets);
