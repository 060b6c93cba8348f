/** Three decimals, as scores are given throughout. What rounds to 0 has no sign. */
export const figure = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value)
    ? '-'
    : value.toFixed(3).replace(/^-(?=0\.000$)/, '');

/** So many figures that count, whatever the size. */
export const figuresThatCount = (value: number, most: number): string =>
  String(Number(value.toPrecision(most)));

interface Spread {
  mean: number;
  sd: number;
  n: number;
}

/** A mean with the standard deviation and number of what it is the mean of; one alone has no deviation. */
export const spreadText = (of: Spread | null, about?: string): string => {
  if (!of) return '-';
  const spread = of.n > 1 ? [`sd ${figure(of.sd)}`, `n ${of.n}`] : [`n ${of.n}`];
  return `${figure(of.mean)} (${[...spread, ...(about === undefined ? [] : [about])].join(', ')})`;
};

/** A mean with the standard deviation alone, for tables; one alone has none. */
export const meanAndSd = (of: Spread | undefined): string => {
  if (!of) return '-';
  return of.n > 1 ? `${figure(of.mean)} (${figure(of.sd)})` : figure(of.mean);
};

/** Whether all that stands in a column is numbers, which are set to the right. */
export const numericColumns = (
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): boolean[] =>
  columns.map((_, column) =>
    rows.every((row) => typeof row[column] === 'number' || /^[-\d.,]+$/.test(String(row[column]))),
  );
