/** What a connection with a type code stands for; codes are compared in lower case. `skip`: told again by another row. */
export const rowTypes = ['chemical', 'gap', 'skip'] as const;
export type RowType = (typeof rowTypes)[number];

const typeCodes: Record<string, RowType> = {
  chemical: 'chemical',
  chem: 'chemical',
  synapse: 'chemical',
  send: 'chemical',
  s: 'chemical',
  sp: 'chemical',
  nmj: 'chemical',
  gapjunction: 'gap',
  'gap junction': 'gap',
  gap: 'gap',
  gj: 'gap',
  electrical: 'gap',
  elec: 'gap',
  ej: 'gap',
  receive: 'skip',
  r: 'skip',
  rp: 'skip',
};

/** The known codes and those that a user adds. */
export function typesByCode<Type extends string = RowType>(
  own: Readonly<Record<string, Type>> = {},
): Map<string, RowType | Type> {
  const added = Object.entries(own).map(([code, type]) => [code.toLowerCase(), type] as const);
  return new Map<string, RowType | Type>([...Object.entries(typeCodes), ...added]);
}
