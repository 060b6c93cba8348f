/** Where the value of each name that some equations use stands in an array. */
export class Slots {
  private readonly byName = new Map<string, number>();

  /** The slot of a name, which gets the next one where it has none. */
  take(name: string): number {
    const known = this.byName.get(name);
    if (known !== undefined) return known;
    this.byName.set(name, this.byName.size);
    return this.byName.size - 1;
  }

  find(name: string): number | undefined {
    return this.byName.get(name);
  }

  get size(): number {
    return this.byName.size;
  }
}
