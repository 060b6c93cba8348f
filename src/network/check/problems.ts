import { UsageError } from '../../spec/errors.js';
import type { ModelProblem } from './text.js';

/** @throws UsageError that lists the problems, if there are any */
export function refuseProblems(problems: readonly ModelProblem[], source: string, what: string): void {
  if (problems.length === 0) return;
  const most = 12;
  const lines = problems.slice(0, most).map(({ path, message }) => {
    const [reason, ...shown] = message.split('\n');
    return [`  ${path}: ${reason}`, ...shown.map((line) => `    ${line}`)].join('\n');
  });
  if (problems.length > most) lines.push(`  … and ${problems.length - most} more`);
  throw new UsageError(`${source}: not a valid ${what}.\n${lines.join('\n')}`);
}
