import { hessenbergEigenvalues } from './hessenberg-eigen.js';
import { RandomStream } from './random.js';
import { deriveSeed } from './seed.js';

/** A square matrix by its entries: `value[k]` at row `to[k]`, column `from[k]`. Entries of one place add up. */
export interface SparseMatrix {
  /** Number of rows. */
  n: number;
  from: ArrayLike<number>;
  to: ArrayLike<number>;
  value: ArrayLike<number>;
}

/** Sizes of the Krylov space that are tried until two agree. */
const SPACES = [40, 80, 160, 320];
const AGREE = 1e-7;

/** `[n]` the strongly connected component of each row, by Tarjan's algorithm (1972, doi:10.1137/0201010). */
function strongComponents({ n, from, to }: SparseMatrix): Int32Array {
  const first = new Int32Array(n + 1);
  for (let k = 0; k < from.length; k++) first[from[k]! + 1]!++;
  for (let i = 0; i < n; i++) first[i + 1]! += first[i]!;
  const next = first.slice(0, n);
  const targets = new Int32Array(from.length);
  for (let k = 0; k < from.length; k++) targets[next[from[k]!]!++] = to[k]!;
  const component = new Int32Array(n).fill(-1);
  const order = new Int32Array(n).fill(-1);
  const low = new Int32Array(n);
  const place = first.slice(0, n);
  const open: number[] = [];
  let visited = 0;
  let components = 0;
  for (let root = 0; root < n; root++) {
    if (order[root]! >= 0) continue;
    const path = [root];
    while (path.length > 0) {
      const node = path.at(-1)!;
      if (order[node]! < 0) {
        order[node] = low[node] = visited++;
        open.push(node);
      }
      const target = place[node]! < first[node + 1]! ? targets[place[node]!++]! : -1;
      if (target >= 0) {
        if (order[target]! < 0) path.push(target);
        else if (component[target]! < 0) low[node] = Math.min(low[node]!, order[target]!);
        continue;
      }
      path.pop();
      if (path.length > 0) low[path.at(-1)!] = Math.min(low[path.at(-1)!]!, low[node]!);
      if (low[node] !== order[node]) continue;
      let member: number;
      do {
        member = open.pop()!;
        component[member] = components;
      } while (member !== node);
      components++;
    }
  }
  return component;
}

const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);

function multiply({ n, from, to, value }: SparseMatrix, x: Float64Array): Float64Array {
  const y = new Float64Array(n);
  for (let k = 0; k < value.length; k++) y[to[k]!]! += value[k]! * x[from[k]!]!;
  return y;
}

/** Arnoldi's method: the matrix in an orthonormal basis of a Krylov space (1951, doi:10.1090/qam/42792). */
class Arnoldi {
  readonly #matrix: SparseMatrix;
  readonly #basis: Float64Array[] = [];
  /** Columns of the Hessenberg matrix. */
  readonly #columns: number[][] = [];
  #next: Float64Array | undefined;

  constructor(matrix: SparseMatrix) {
    this.#matrix = matrix;
    const stream = RandomStream.from(deriveSeed('spectral radius', matrix.n));
    const start = Float64Array.from({ length: matrix.n }, () => stream.uniformIn(-1, 1));
    const norm = Math.sqrt(dot(start, start));
    this.#next = start.map((value) => value / norm);
  }

  /** The largest modulus of an eigenvalue in a space of up to so many dimensions. */
  radius(dimensions: number): number {
    while (this.#next !== undefined && this.#basis.length < dimensions) this.#grow(this.#next);
    const k = this.#basis.length;
    const hessenberg = new Float64Array(k * k);
    for (const [j, column] of this.#columns.entries()) {
      for (let i = 0; i < Math.min(column.length, k); i++) hessenberg[i * k + j] = column[i]!;
    }
    return hessenbergEigenvalues(hessenberg, k).reduce(
      (most, [re, im]) => Math.max(most, Math.sqrt(re * re + im * im)),
      0,
    );
  }

  /** Whether the space holds all that the matrix makes of it, so that growing changes nothing. */
  get whole(): boolean {
    return this.#next === undefined;
  }

  #grow(vector: Float64Array): void {
    this.#basis.push(vector);
    const image = multiply(this.#matrix, vector);
    const size = Math.sqrt(dot(image, image));
    const column: number[] = new Array(this.#basis.length).fill(0);
    // Once more, since what rounding leaves of the first time would grow.
    for (let round = 0; round < 2; round++) {
      for (const [i, known] of this.#basis.entries()) {
        const part = dot(known, image);
        column[i]! += part;
        for (let at = 0; at < image.length; at++) image[at]! -= part * known[at]!;
      }
    }
    const rest = Math.sqrt(dot(image, image));
    const ends = this.#basis.length === this.#matrix.n || rest <= 1e-13 * size || size === 0;
    column.push(ends ? 0 : rest);
    this.#columns.push(column);
    this.#next = ends ? undefined : image.map((value) => value / rest);
  }
}

/** The radius of a matrix whose rows are strongly connected. */
function connectedRadius(matrix: SparseMatrix): number {
  const space = new Arnoldi(matrix);
  let radius = 0;
  for (const dimensions of SPACES) {
    const larger = space.radius(dimensions);
    if (space.whole || Math.abs(larger - radius) <= AGREE * larger) return larger;
    radius = larger;
  }
  return radius;
}

/**
 * The spectral radius of a sparse square matrix: the largest modulus of its eigenvalues, complex ones included. It is the
 * largest of those of its strongly connected components, so that it is 0, exactly, where nothing leads back. Within a
 * component it comes from Arnoldi's method with a fixed start, exact up to rounding for up to 320 rows; beyond, to about six
 * digits.
 */
export function spectralRadius(matrix: SparseMatrix): number {
  const component = strongComponents(matrix);
  const members = new Map<number, number[]>();
  for (let row = 0; row < matrix.n; row++) {
    const known = members.get(component[row]!);
    if (known) known.push(row);
    else members.set(component[row]!, [row]);
  }
  const entries = new Map<number, number[]>();
  for (let k = 0; k < matrix.value.length; k++) {
    const inside = component[matrix.from[k]!]!;
    if (inside !== component[matrix.to[k]!]!) continue;
    const known = entries.get(inside);
    if (known) known.push(k);
    else entries.set(inside, [k]);
  }
  let radius = 0;
  for (const [of, ks] of entries) {
    const index = new Map(members.get(of)!.map((row, i) => [row, i]));
    const part: SparseMatrix = {
      n: index.size,
      from: ks.map((k) => index.get(matrix.from[k]!)!),
      to: ks.map((k) => index.get(matrix.to[k]!)!),
      value: ks.map((k) => matrix.value[k]!),
    };
    radius = Math.max(
      radius,
      part.n === 1 ? Math.abs(ks.reduce((sum, k) => sum + matrix.value[k]!, 0)) : connectedRadius(part),
    );
  }
  return radius;
}
