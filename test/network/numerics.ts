/** The integral of a smooth function by Simpson's rule. */
export function integral(f: (x: number) => number, from: number, to: number, parts = 20_000): number {
  const h = (to - from) / parts;
  let sum = f(from) + f(to);
  for (let i = 1; i < parts; i++) sum += (i % 2 === 0 ? 2 : 4) * f(from + i * h);
  return (sum * h) / 3;
}

/** Where an increasing function passes 0. */
export function root(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  for (let i = 0; i < 200; i++) {
    const middle = (a + b) / 2;
    if (f(middle) < 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}

export const intervals = (times: readonly number[]) => times.slice(1).map((time, i) => time - times[i]!);
