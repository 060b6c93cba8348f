/** A test for names by patterns in which `*` stands for anything, also nothing. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const parts = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.split('*'));
  return (name) => exact.has(name) || parts.some((pieces) => matchesPieces(name, pieces));
}

/** Whether a name consists of these pieces in order, with anything between them. */
function matchesPieces(name: string, pieces: readonly string[]): boolean {
  const head = pieces[0]!;
  const tail = pieces.at(-1)!;
  if (!name.startsWith(head) || !name.endsWith(tail)) return false;
  let from = head.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return from + tail.length <= name.length;
}
