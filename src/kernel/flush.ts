/**
 * What is below this in magnitude counts as 0 where a quantity decays: no result depends on denormal numbers, which some
 * machines flush and all are slow with.
 */
export const leastMagnitude = 1e-20;

export const flush = (value: number) => (Math.abs(value) < leastMagnitude ? 0 : value);
