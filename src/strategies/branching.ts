import { canonicalJson } from '../spec/canonical.js';
import { UsageError } from '../spec/errors.js';
import type { Snapshot, StrategyModule } from './strategy.js';

interface Change {
  /** Options as the module's schema gives them. */
  from: Readonly<Record<string, unknown>>;
  to: Readonly<Record<string, unknown>>;
  /** Whether something else is scored from here on. */
  otherScores: boolean;
}

const startAnew = 'Start a new run from the champion instead: "baldwin evolve --from RUN/champion.json".';

/**
 * A strategy's state as it goes on with other options, or where something else is scored from here on.
 * @param name how messages name it
 * @throws UsageError where it cannot, by the name of the option
 */
export function branched(
  name: string,
  { branching }: Pick<StrategyModule, 'branching'>,
  snapshot: Snapshot,
  { from, to, otherScores }: Change,
): Snapshot {
  const able = branching?.options ?? [];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const same = (option: string) =>
    canonicalJson([from[option] ?? null]) === canonicalJson([to[option] ?? null]);
  const fixed = names.find((option) => !same(option) && !able.includes(option));
  if (fixed !== undefined) {
    const may =
      able.length > 0 ? `It can go on with another ${able.join(', ')}.` : 'No option of it can change.';
    throw new UsageError(
      `strategy.${fixed}: the state of the strategy "${name}" was made with ${JSON.stringify(from[fixed])} and cannot go ` +
        `on with ${JSON.stringify(to[fixed])}. ${may} ${startAnew}`,
    );
  }
  if (!otherScores) return snapshot;
  if (branching?.withoutScores) return branching.withoutScores(snapshot);
  throw new UsageError(
    `strategy: the state of the strategy "${name}" holds scores of what was lived so far, so what is scored cannot ` +
      `change under way. ${startAnew}`,
  );
}
