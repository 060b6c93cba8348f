/** Three decimals, as scores are given throughout. */
export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? '-' : value.toFixed(3);

/** So many figures that count, whatever the size. */
export const figuresThatCount = (value: number, most: number): string =>
  String(Number(value.toPrecision(most)));

/** A mean with the standard deviation and number of what it is the mean of. */
export const spreadText = (of: { mean: number; sd: number; n: number } | null): string =>
  of ? `${figure(of.mean)} (sd ${figure(of.sd)}, n ${of.n})` : '-';
