import type { Connectome } from '../connectome.js';
import { kindNames, signCode } from '../schema.js';

const quoted = (value: string | number) => {
  const text = String(value);
  return /[",\n\r;\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Comma-separated text, quoted where needed. */
export const delimitedText = (rows: readonly (readonly (string | number)[])[]) =>
  `${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`;

/** Two files for a spreadsheet: the cells, and the connections by name, signed, as an edge list. */
export function exportCsv(connectome: Connectome): { suffix: string; text: string }[] {
  const { cells, chemical, gap } = connectome;
  const position = (i: number, axis: number) => {
    const value = cells.positionsUm?.[3 * i + axis];
    return value === undefined || Number.isNaN(value) ? '' : value;
  };
  const cellRows = cells.ids.map((id, i) => [
    id,
    cells.classes[i]!,
    kindNames[cells.kinds[i]!],
    cells.roles[i]!,
    cells.transmitters[i]!.join('+'),
    cells.ganglia?.[i] ?? '',
    position(i, 0),
    position(i, 1),
    position(i, 2),
    cells.modalities?.[i]?.join('+') ?? '',
  ]);
  const chemicalRows = Array.from(chemical.pre, (pre, k) => [
    cells.ids[pre]!,
    cells.ids[chemical.post[k]!]!,
    'chemical',
    chemical.weight[k]!,
    signCode(chemical.sign[k]!),
    chemical.signBasis?.[k] ?? '',
  ]);
  const gapRows = Array.from(gap.a, (a, k) => [
    cells.ids[a]!,
    cells.ids[gap.b[k]!]!,
    'electrical',
    gap.weight[k]!,
    '',
    gap.flag[k] === '.' ? '' : gap.flag[k]!,
  ]);
  const cellHead = [
    'id',
    'class',
    'kind',
    'role',
    'transmitters',
    'ganglion',
    'x_um',
    'y_um',
    'z_um',
    'modalities',
  ];
  return [
    { suffix: '-cells.csv', text: delimitedText([cellHead, ...cellRows]) },
    {
      suffix: '-connections.csv',
      text: delimitedText([['pre', 'post', 'type', 'weight', 'sign', 'basis'], ...chemicalRows, ...gapRows]),
    },
  ];
}
