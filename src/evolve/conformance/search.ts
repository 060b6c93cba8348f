import { decodeSnapshot, encodeSnapshot } from '../../store/binary.js';
import { resumeStrategy, startStrategy } from '../../strategies/start.js';
import type { Problem, Snapshot, StrategyModule } from '../../strategies/strategy.js';

export interface StrategyContext {
  /** How messages name it. */
  name: string;
  /** Its options, which its schema fills in. */
  options?: Readonly<Record<string, unknown>>;
  /** By design it takes nothing from what it is told: the suite holds it to that, and holds all others to learning. */
  blind?: boolean;
}

export type Search = ReturnType<typeof searchOf>;

/** One search under test: how to begin it and how to go on from a snapshot. */
export function searchOf(module: StrategyModule, { name, options = {}, blind = false }: StrategyContext) {
  const settings = module.options.parse(options);
  return {
    name,
    blind,
    takes: module.takes,
    start: (problem: Problem, seed = 'seed') => startStrategy(name, module, problem, settings, seed),
    resume: (problem: Problem, snapshot: Snapshot) =>
      resumeStrategy(name, module, problem, settings, snapshot),
    create: (problem: Problem, seed = 'seed') => module.create(problem, settings, seed),
    restore: (problem: Problem, snapshot: Snapshot) => module.restore(problem, settings, snapshot),
  };
}

/** A snapshot as it comes back from a file. */
export const stored = (snapshot: Snapshot) => decodeSnapshot(encodeSnapshot(snapshot))!;
export const sameBytes = (a: Snapshot, b: Snapshot) => encodeSnapshot(a).equals(encodeSnapshot(b));
