/** Words that scripts in Python cannot use for their own things. */
const words = [
  ...['and', 'as', 'assert', 'break', 'class', 'continue', 'def', 'del', 'elif', 'else', 'except', 'False'],
  ...['finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'None', 'nonlocal', 'not'],
  ...['or', 'pass', 'raise', 'return', 'True', 'try', 'while', 'with', 'yield'],
];

/** Names of a network as identifiers of a script: each has one of its own. */
export class Names {
  private readonly given = new Map<string, string>();
  private readonly used: Set<string>;

  /** @param taken identifiers that mean something else there */
  constructor(taken: Iterable<string>) {
    this.used = new Set([...words, ...taken]);
  }

  /** The identifier of a name, which gets one where it has none. */
  of(name: string): string {
    const known = this.given.get(name);
    if (known !== undefined) return known;
    const plain = name
      .replace(/->/g, '_to_')
      .replace(/^\$/, 'now_')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '');
    const base = /^[A-Za-z]/.test(plain) ? plain : `x_${plain}`;
    let own = base;
    for (let n = 1; this.used.has(own); n++) own = `${base}_${n === 1 ? 'own' : n}`;
    this.used.add(own);
    this.given.set(name, own);
    return own;
  }

  get all(): readonly string[] {
    return [...this.given.values()];
  }
}
