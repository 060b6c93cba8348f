import type { RunOfTables } from './runs.js';
import { type Cell, type Column, column, constant, type Table } from './table.js';

/** One row a candidate, in the order in which they were asked. */
export function stepsTable({ stored, spec, labels }: RunOfTables): Table {
  const { records } = stored;
  const rows = records.reduce((sum, { objective }) => sum + objective.length, 0);
  const all = (values: (record: (typeof records)[number]) => readonly Cell[]): Cell[] =>
    records.flatMap(values);
  const each = (value: (record: (typeof records)[number], index: number) => Cell) =>
    all((record) => record.objective.map((_, index) => value(record, index)));
  const several = records[0]?.objectives ?? [];
  const measures = [...new Set(records.flatMap((record) => Object.keys(record.measures)))];
  const behaviours = [...new Set(records.flatMap(({ behaviour = {} }) => Object.keys(behaviour)))];
  const columns: Column[] = [
    ...constant(labels, rows),
    column(
      'step',
      'int',
      each(({ step }) => step),
    ),
    column(
      'index',
      'int',
      each((_, index) => index),
    ),
    column(
      'evaluations',
      'int',
      each(({ evaluations, objective }, index) => evaluations - objective.length + index + 1),
    ),
    column(
      'score',
      'float',
      all(({ score }) => score),
    ),
    column(
      'objective',
      'float',
      all(({ objective }) => objective),
    ),
    ...several.map(({ name }, i) =>
      column(
        `objective.${name}`,
        'float',
        all(({ objectives }) => objectives![i]!.values),
      ),
    ),
    ...(spec.constraints ?? []).map(({ measure }, i, limits) => {
      const twice = limits.filter((limit) => limit.measure === measure).length > 1;
      const name = `beyond.${measure}${twice ? `.${i + 1}` : ''}`;
      return column(
        name,
        'float',
        all(({ constraints }) => constraints![i]!),
      );
    }),
    ...measures.map((name) =>
      column(
        `measure.${name}`,
        'float',
        each(({ measures: of }, index) => of[name]?.[index] ?? null),
      ),
    ),
    ...behaviours.map((name) =>
      column(
        `behaviour.${name}`,
        'float',
        each(({ behaviour }, index) => behaviour?.[name]?.[index] ?? null),
      ),
    ),
    column(
      'anew',
      'bool',
      each(({ anew }) => anew ?? false),
    ),
    column(
      'failed',
      'text',
      each(({ failed }, index) => failed?.[String(index)] ?? null),
    ),
  ];
  return { name: 'steps', rows, columns };
}
