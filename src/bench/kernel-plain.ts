import { exp } from '../math/exponential.js';
import { log } from '../math/logarithm.js';
import { RandomStream } from '../math/random.js';
import { cos } from '../math/trigonometric.js';

/**
 * The networks of `bench kernel` in plain JavaScript over typed arrays, written by hand: what a careful user would write
 * without a compiler. Each makes its own random network of the same statistics and runs for about `seconds`.
 */
export interface PlainResult {
  rateHz: number;
  simulatedSecondsPerSecond: number;
}

function mix(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b | 0);
  return h ^ (h >>> 16);
}

function triangular(start: number, cell: number): number {
  const word = mix((start + Math.imul(cell, 0x9e3779b9 | 0)) | 0);
  return ((word & 0xffff) + (word >>> 16) - 65535) / 26754.3;
}

function gaussian(start: number, cell: number): number {
  const word = mix((start + Math.imul(cell, 0x9e3779b9 | 0)) | 0);
  const second = mix((word + 0x6c8e9cf5) | 0);
  return (
    Math.sqrt(-2 * log(((word >>> 8) + 1) / 0x1000000)) * cos(((second >>> 8) * 2 * Math.PI) / 0x1000000)
  );
}

/** Random pairs in row order. */
function pairs(count: number, from: number, to: number, cells: number, random: RandomStream) {
  const drawn = Array.from({ length: count }, () => [
    from + random.integer(to - from),
    random.integer(cells),
  ]);
  drawn.sort((a, b) => a[0]! - b[0]!);
  const row = new Int32Array(cells + 1);
  for (const [pre] of drawn) row[pre! + 1]! += 1;
  for (let i = 0; i < cells; i++) row[i + 1]! += row[i]!;
  return { row, pre: Int32Array.from(drawn, ([p]) => p!), post: Int32Array.from(drawn, ([, q]) => q!) };
}

/** Runs `chunk`, which returns its spikes, until the time is up. */
function timed(seconds: number, cells: number, chunkSeconds: number, chunk: () => number): PlainResult {
  chunk();
  let spikes = 0;
  let simulated = 0;
  const began = performance.now();
  while (performance.now() - began < seconds * 1000) {
    spikes += chunk();
    simulated += chunkSeconds;
  }
  const elapsed = (performance.now() - began) / 1000;
  return { rateHz: spikes / cells / simulated, simulatedSecondsPerSecond: simulated / elapsed };
}

function rstdp(seconds: number, noise: number): PlainResult {
  const [N, exc] = [302, 242];
  const random = RandomStream.from('plain rstdp');
  const plastic = pairs(3330, 0, exc, N, random);
  const fixed = pairs(370, exc, N, N, random);
  const w = Float64Array.from(plastic.post, () => random.uniformIn(0, 2));
  const c = new Float64Array(w.length);
  const columns: number[][] = Array.from({ length: N }, () => []);
  plastic.post.forEach((cell, s) => {
    columns[cell]!.push(s);
  });
  const columnStart = new Int32Array(N + 1);
  for (let i = 0; i < N; i++) columnStart[i + 1] = columnStart[i]! + columns[i]!.length;
  const column = Int32Array.from(columns.flat());
  const [v, u, g, x, y] = [0, 1, 2, 3, 4].map(() => new Float64Array(N)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  v.fill(-65);
  u.fill(-13);
  const fired = new Int32Array(N);
  const [decayG, decayX, decayC, decayD] = [exp(-1 / 5), exp(-1 / 20), exp(-1 / 1000), exp(-1 / 200)];
  let dopamine = 0;
  let step = 0;
  let toReward = 1000;
  // An eligibility is kept as it would be at the last rescaling: worth `scale` of that now.
  let gain = 0;
  const gainAt = new Float64Array(w.length);
  const settle = (s: number) => {
    // What dopamine has done since the last event: c decays with the steps, and G sums what it was worth.
    const value = w[s]! + c[s]! * (gain - gainAt[s]!);
    w[s] = value < 0 ? 0 : value > 4 ? 4 : value;
    gainAt[s] = gain;
  };
  let scale = 1;
  return timed(seconds, N, 1, () => {
    let spikes = 0;
    for (let k = 0; k < 1000; k++, step++) {
      const start = mix((step + 77) | 0);
      let count = 0;
      for (let i = 0; i < N; i++) {
        const I = g[i]! + noise * triangular(start, i);
        let vi = v[i]!;
        vi += 0.5 * (0.04 * vi * vi + 5 * vi + 140 - u[i]! + I);
        vi += 0.5 * (0.04 * vi * vi + 5 * vi + 140 - u[i]! + I);
        u[i]! += (i < exc ? 0.02 : 0.1) * (0.2 * vi - u[i]!);
        g[i]! *= decayG;
        x[i]! *= decayX;
        y[i]! *= decayX;
        v[i] = vi;
        if (vi >= 30) fired[count++] = i;
      }
      for (let f = 0; f < count; f++) {
        const i = fired[f]!;
        v[i] = -65;
        u[i]! += i < exc ? 8 : 2;
        for (let s = plastic.row[i]!; s < plastic.row[i + 1]!; s++) {
          const post = plastic.post[s]!;
          settle(s);
          g[post]! += w[s]!;
          c[s]! -= (0.15 * y[post]!) / scale;
        }
        for (let s = fixed.row[i]!; s < fixed.row[i + 1]!; s++) g[fixed.post[s]!]! -= 2;
      }
      for (let f = 0; f < count; f++) {
        const i = fired[f]!;
        for (let k2 = columnStart[i]!; k2 < columnStart[i + 1]!; k2++) {
          const s = column[k2]!;
          settle(s);
          c[s]! += (0.1 * x[plastic.pre[s]!]!) / scale;
        }
      }
      for (let f = 0; f < count; f++) {
        x[fired[f]!]! += 1;
        y[fired[f]!]! += 1;
      }
      spikes += count;
      gain += 0.01 * (dopamine + 0.002) * scale;
      scale *= decayC;
      dopamine *= decayD;
      toReward -= 1;
      if (toReward === 0) {
        dopamine += 0.5;
        toReward = 1000 + random.integer(2000);
      }
      if (scale < 1e-4) {
        for (let s = 0; s < w.length; s++) {
          settle(s);
          c[s]! *= scale;
          gainAt[s] = 0;
        }
        gain = 0;
        scale = 1;
      }
    }
    return spikes;
  });
}

function izhikevich(seconds: number): PlainResult {
  const N = 1000;
  const random = RandomStream.from('plain izhikevich');
  const draws = Float64Array.from({ length: N }, () => random.uniform());
  const of = (exc: (q: number) => number, inh: (q: number) => number) =>
    draws.map((q, i) => (i < 800 ? exc(q) : inh(q)));
  const a = of(
    () => 0.02,
    (q) => 0.02 + 0.08 * q,
  );
  const b = of(
    () => 0.2,
    (q) => 0.25 - 0.05 * q,
  );
  const c = of(
    (q) => -65 + 15 * q * q,
    () => -65,
  );
  const d = of(
    (q) => 8 - 6 * q * q,
    () => 2,
  );
  const w = new Float32Array(N * N);
  for (let s = 0; s < w.length; s++) w[s] = s < 800 * N ? 0.5 * random.uniform() : -random.uniform();
  const v = new Float64Array(N).fill(-65);
  const u = b.map((value) => value * -65);
  const g = new Float64Array(N);
  const fired = new Int32Array(N);
  let step = 0;
  return timed(seconds, N, 0.1, () => {
    let spikes = 0;
    for (let k = 0; k < 100; k++, step++) {
      const start = mix((step + 77) | 0);
      let count = 0;
      for (let i = 0; i < N; i++) {
        const I = g[i]! + (i < 800 ? 5 : 2) * gaussian(start, i);
        g[i] = 0;
        let vi = v[i]!;
        vi += 0.5 * (0.04 * vi * vi + 5 * vi + 140 - u[i]! + I);
        vi += 0.5 * (0.04 * vi * vi + 5 * vi + 140 - u[i]! + I);
        u[i]! += a[i]! * (b[i]! * vi - u[i]!);
        v[i] = vi;
        if (vi >= 30) fired[count++] = i;
      }
      for (let f = 0; f < count; f++) {
        const i = fired[f]!;
        v[i] = c[i]!;
        u[i]! += d[i]!;
        const row = i * N;
        for (let j = 0; j < N; j++) g[j]! += w[row + j]!;
      }
      spikes += count;
    }
    return spikes;
  });
}

function cuba(seconds: number): PlainResult {
  const [N, exc] = [4000, 3200];
  const random = RandomStream.from('plain cuba');
  const row = new Int32Array(N + 1);
  const list: number[] = [];
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) if (random.uniform() < 0.02) list.push(j);
    row[i + 1] = list.length;
  }
  const post = Int32Array.from(list);
  const v = Float64Array.from({ length: N }, () => random.uniformIn(-60, -50));
  const ge = new Float64Array(N);
  const gi = new Float64Array(N);
  const rest = new Int32Array(N);
  const fired = new Int32Array(N);
  const [decayE, decayI, decayV] = [exp(-0.1 / 5), exp(-0.1 / 10), exp(-0.1 / 20)];
  return timed(seconds, N, 0.1, () => {
    let spikes = 0;
    for (let k = 0; k < 1000; k++) {
      let count = 0;
      for (let i = 0; i < N; i++) {
        if (rest[i]! > 0) rest[i]! -= 1;
        else {
          const target = -49 + ge[i]! + gi[i]!;
          v[i] = target + (v[i]! - target) * decayV;
          if (v[i]! >= -50) fired[count++] = i;
        }
        ge[i]! *= decayE;
        gi[i]! *= decayI;
      }
      for (let f = 0; f < count; f++) {
        const i = fired[f]!;
        v[i] = -60;
        rest[i] = 50;
        const [onto, jump] = i < exc ? [ge, 1.62] : [gi, -9];
        for (let s = row[i]!; s < row[i + 1]!; s++) onto[post[s]!]! += jump;
      }
      spikes += count;
    }
    return spikes;
  });
}

/** By the names of the cases. */
export const plainCases: Readonly<Record<string, (seconds: number, noise: number) => PlainResult>> = {
  'rstdp-302': rstdp,
  'izhikevich-1000': izhikevich,
  'cuba-4000': cuba,
};
