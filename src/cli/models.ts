import { type Formulas, formulasOf } from '../network/model/describe.js';
import { type CellModel, defaultsOf, type Parameters, type PortModel } from '../network/model/model.js';
import { UsageError, UserError } from '../spec/errors.js';
import { faint, heading, notice, table } from './output.js';

/** A bound or a default as text: JSON has no infinity, and people know what "inf" is. */
const shown = (value: number) => (value === Infinity ? 'inf' : value === -Infinity ? '-inf' : String(value));

/** Infinite values as the text that model files have for them. */
export const withoutInfinity = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, inner) => (typeof inner === 'number' ? finite(inner) : inner)));

const finite = (value: number) => (Number.isFinite(value) || Number.isNaN(value) ? value : shown(value));

/** Models that can be used; a notice for each that cannot, since one bad file is not to hide the others. */
export function readable<M>(
  names: readonly string[],
  load: (name: string) => M,
): { name: string; model: M }[] {
  return names.flatMap((name) => {
    try {
      return [{ name, model: load(name) }];
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      notice(error.message);
      return [];
    }
  });
}

/** What a model is in itself, for scripts. */
export const documentOf = (model: CellModel | PortModel) =>
  withoutInfinity({ ...model, formulas: formulasOf(model) }) as object;

function formulaLines({ about, formulas }: Formulas): string[] {
  return [heading(about), ...formulas.map(({ text }) => `  ${text}`)];
}

export const unitOf = (unit: string) => (unit === '1' ? '' : unit);

export function parameterTable(parameters: Parameters): string {
  return table(
    ['parameter', 'default', 'unit', 'range', 'meaning'],
    Object.entries(parameters).map(([name, { unit, low, high, about, ...rest }]) => [
      name,
      shown(rest.default),
      unitOf(unit),
      `${shown(low)} to ${shown(high)}`,
      about,
    ]),
  );
}

/** Summary, source, formulas, parameters and states: what cells and synapses have in common. */
export function explain(model: CellModel | PortModel): string {
  const states = Object.entries(model.state).map(([name, { unit, start, about }]) => [
    name,
    unitOf(unit),
    String(start),
    about ?? '',
  ]);
  const parameters = Object.keys(model.parameters).length > 0;
  return [
    `${heading(model.name)}: ${model.summary}`,
    faint(`source: ${model.source}`),
    '',
    ...formulasOf(model)
      .filter(({ part }) => part !== 'start')
      .flatMap(formulaLines),
    ...(parameters ? ['', parameterTable(model.parameters)] : []),
    ...(states.length > 0 ? ['', table(['state', 'unit', 'start', 'meaning'], states)] : []),
  ].join('\n');
}

/** The parameters of a type that differ from the defaults. */
export function typeRows(model: CellModel): string[][] {
  const defaults = defaultsOf(model.parameters);
  return Object.entries(model.types ?? {}).map(([name, { about, parameters }]) => [
    name,
    Object.entries(parameters)
      .filter(([parameter, value]) => defaults[parameter] !== value)
      .map(([parameter, value]) => `${parameter}=${shown(value)}`)
      .join(' '),
    about,
  ]);
}

/** The values of `--set parameter=value`. */
export function parametersFrom(settings: readonly string[] | undefined): Record<string, number> {
  return Object.fromEntries(
    (settings ?? []).map((setting) => {
      const [, name, text] = /^([^=]+)=(.*)$/.exec(setting) ?? [];
      const value = text === 'inf' ? Infinity : text === '-inf' ? -Infinity : Number(text);
      if (name === undefined || text?.trim() === '' || Number.isNaN(value)) {
        throw new UsageError(`--set ${setting}: expected parameter=value, such as tau=10.`);
      }
      return [name.trim(), value];
    }),
  );
}
