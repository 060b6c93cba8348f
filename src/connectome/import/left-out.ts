/** Counts what a reader does not take in, so that one notice tells it. */
export class LeftOut {
  private readonly counts = new Map<string, number>();

  constructor(private readonly source: string) {}

  add(what: string, count = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + count);
  }

  /** One notice, or none. */
  notices(): string[] {
    if (this.counts.size === 0) return [];
    const listed = [...this.counts].map(([what, count]) => `${what} (${count})`);
    return [`${this.source}: left out, with their number: ${listed.join(', ')}.`];
  }
}
