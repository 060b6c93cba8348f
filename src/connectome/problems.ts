import { UsageError } from '../spec/errors.js';

const mostShown = 10;

/** Collects faults in a file, so that one error tells the first ten and how many more there are. */
export class ProblemList {
  private readonly lines: string[] = [];
  private total = 0;

  /** A line that is costly to word is given as a function, called only if it will be shown. */
  add(line: string | (() => string)): void {
    if (this.total++ < mostShown) this.lines.push(typeof line === 'string' ? line : line());
  }

  get count(): number {
    return this.total;
  }

  /** The lines kept, and one that counts the rest. */
  toArray(): string[] {
    const rest = this.total - this.lines.length;
    return rest > 0 ? [...this.lines, `… and ${rest} more`] : [...this.lines];
  }

  /** Throws a {@link UsageError} headed by `heading` when anything was added; `advice` ends it. */
  throwIfAny(heading: string, advice?: string): void {
    if (this.total === 0) return;
    const body = this.toArray().map((line) => `  ${line}`);
    throw new UsageError([heading, ...body, ...(advice === undefined ? [] : [advice])].join('\n'));
  }
}
