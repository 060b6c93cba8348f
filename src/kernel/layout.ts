/** How numbers are held: float32 for speed, float64 for checking. */
export type Precision = 'f32' | 'f64';

/** What code of a precision is made of. */
export const lanes = {
  f32: {
    bytes: 4,
    shift: 2,
    count: 4,
    vector: 'f32x4',
    scalar: 'f32',
    splat: 'v128.load32_splat',
    mask: 'i32x4',
  },
  f64: {
    bytes: 8,
    shift: 3,
    count: 2,
    vector: 'f64x2',
    scalar: 'f64',
    splat: 'v128.load64_splat',
    mask: 'i64x2',
  },
} as const;

/** Bytes in a vector, and what every array is aligned to. */
export const vectorBytes = 16;

/** Gives out places in linear memory, aligned to vectors. */
export class Layout {
  private used = 0;

  take(bytes: number): number {
    const at = this.used;
    this.used += Math.ceil(bytes / vectorBytes) * vectorBytes;
    return at;
  }

  get bytes(): number {
    return this.used;
  }
}

/** Vectors that a loop over cells may take at once. */
export const mostVectors = 4;

/** Number of cells rounded up to what every loop over them can take. */
export const padded = (count: number) => Math.ceil(count / (mostVectors * 4)) * (mostVectors * 4);
