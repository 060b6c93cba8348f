/** A labelled tree whose children have an order. */
export interface Tree {
  label: string;
  /** Of a number. */
  value?: number;
  children: readonly Tree[];
}

/** The nodes of a tree in postorder, with what the recursion over forests needs. */
interface Nodes {
  labels: readonly Tree[];
  /** Of each node, the number of its leftmost leaf. */
  leftmost: readonly number[];
  /** Nodes that are no leftmost child, ascending: the roots of the forests that are compared anew. */
  roots: readonly number[];
}

function nodesOf(tree: Tree): Nodes {
  const labels: Tree[] = [];
  const leftmost: number[] = [];
  const visit = (node: Tree): number => {
    const firsts = node.children.map(visit);
    labels.push(node);
    const first = firsts[0] ?? labels.length - 1;
    leftmost.push(first);
    return first;
  };
  visit(tree);
  const last = new Map(leftmost.map((leaf, node) => [leaf, node]));
  return { labels, leftmost, roots: [...last.values()].toSorted((a, b) => a - b) };
}

/** What it costs to make one node of another: at most as much as to take it out and put the other in. */
function renaming(a: Tree, b: Tree): number {
  if (a.label !== b.label) return 2;
  if (a.value === undefined || b.value === undefined || a.value === b.value) return 0;
  return (2 * Math.abs(a.value - b.value)) / (Math.abs(a.value) + Math.abs(b.value));
}

/** Nodes of a tree. */
export const treeSize = ({ children }: Tree): number =>
  children.reduce((sum, child) => sum + treeSize(child), 1);

/**
 * The edit distance of two ordered trees (Zhang and Shasha 1989, doi:10.1137/0218082): the least cost of making one the
 * other, where a node that is taken out or put in costs 1, and one number in the place of another what they differ by, over half
 * the sum of their sizes. So it is at most the number of nodes of both.
 */
export function treeEditDistance(first: Tree, second: Tree): number {
  const [a, b] = [nodesOf(first), nodesOf(second)];
  const between = a.labels.map(() => new Float64Array(b.labels.length));
  for (const rootA of a.roots) {
    for (const rootB of b.roots) compareForests(a, b, rootA, rootB, between);
  }
  return between.at(-1)!.at(-1)!;
}

/** Fills in the distances of all pairs of subtrees that lie on the left edges of two subtrees. */
function compareForests(a: Nodes, b: Nodes, rootA: number, rootB: number, between: Float64Array[]): void {
  const [fromA, fromB] = [a.leftmost[rootA]!, b.leftmost[rootB]!];
  const [rows, columns] = [rootA - fromA + 2, rootB - fromB + 2];
  // Of the first nodes of each: row and column 0 are empty forests.
  const cost = Array.from({ length: rows }, (_, i) => new Float64Array(columns).fill(i));
  for (let j = 0; j < columns; j++) cost[0]![j] = j;
  for (let i = 1; i < rows; i++) {
    for (let j = 1; j < columns; j++) {
      const [nodeA, nodeB] = [fromA + i - 1, fromB + j - 1];
      const [leftA, leftB] = [a.leftmost[nodeA]!, b.leftmost[nodeB]!];
      const areTrees = leftA === fromA && leftB === fromB;
      const kept = areTrees
        ? cost[i - 1]![j - 1]! + renaming(a.labels[nodeA]!, b.labels[nodeB]!)
        : cost[leftA - fromA]![leftB - fromB]! + between[nodeA]![nodeB]!;
      const least = Math.min(cost[i - 1]![j]! + 1, cost[i]![j - 1]! + 1, kept);
      cost[i]![j] = least;
      if (areTrees) between[nodeA]![nodeB] = least;
    }
  }
}
