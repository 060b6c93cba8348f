import type { Expression } from '../../expression/ast.js';
import { parseEquation, parseExpression, parseStatement } from '../../expression/parse.js';
import { printExpression } from '../../expression/print.js';
import { type Quantity, StatedUnits } from '../../expression/stated-units.js';
import { divideUnits, parseUnit, type Unit } from '../../expression/unit.js';
import { UserError } from '../../spec/errors.js';
import { milliseconds, plainNumber } from '../check/known-units.js';
import type { CellModel, PortModel } from '../model/model.js';
import { targetOf } from '../model/named-parameters.js';
import type { Population } from '../model/network.js';

/** A unit in which words stand for others. @throws ExpressionError where it is none */
export function unitOfText(text: string, words: Readonly<Record<string, string>>): Unit {
  const spelled = text.replace(/[A-Za-z]+(?:\^(-?\d+))?/g, (found, exponent?: string) => {
    const word = exponent === undefined ? found : found.slice(0, found.indexOf('^'));
    if (!Object.hasOwn(words, word)) return found;
    const n = Number(exponent ?? 1);
    const power = Array(Math.abs(n)).fill(`(${words[word]})`).join(' ');
    return n < 0 ? `(1/(${power}))` : `(${power})`;
  });
  return parseUnit(spelled);
}

/** What is written of a population in its own units, each number with the unit that it is meant in. */
export interface Stated<T> {
  /** The same, with names in the place of numbers that have units. */
  of: T;
  /** What these names stand for. */
  quantities: ReadonlyMap<string, Quantity>;
  unitOf: (name: string) => Unit;
  /** Whether units fit together. Where they do not, all are plain numbers in the units of the description. */
  hasUnits: boolean;
}

/** Words for units that depend on where a model stands. */
const wordsOf = ({ model }: Population) => ({
  current: model.currentUnit ?? '1',
  weight: '1',
  connections: '1',
});

/** The unit of the weights that arrive at a port. */
export const weightUnitOf = (population: Population, port: string): Unit =>
  unitOfText(population.ports[port]!.model.weightUnit ?? '1', wordsOf(population));

/** Units of everything that has a name in a population. */
function unitsOf(population: Population): Map<string, Unit> {
  const { model, ports, receptors = {} } = population;
  const words = wordsOf(population);
  const units = new Map<string, Unit>([
    ['t', milliseconds],
    ['dt', milliseconds],
    ['I', unitOfText('current', words)],
  ]);
  const add = (prefix: string, of: Readonly<Record<string, { unit: string }>>) => {
    for (const [name, { unit }] of Object.entries(of)) units.set(`${prefix}${name}`, unitOfText(unit, words));
  };
  add('', model.parameters);
  add('', model.state);
  for (const [port, { model: of }] of Object.entries(ports)) {
    add(`${port}.`, of.parameters);
    add(`${port}.`, of.state);
    units.set(`${port}.weightSum`, unitOfText(of.weightUnit ?? '1', words));
  }
  for (const [name, receptor] of Object.entries(receptors)) {
    const target = receptor.target === 'I' ? 'current' : targetOf(receptor, population)?.unit;
    units.set(
      `receptor.${name}`,
      receptor.acts === 'scales' ? plainNumber : unitOfText(target ?? '1', words),
    );
  }
  return units;
}

/** States units in the texts of one model, in order, so that passing values are known to what follows. */
class Texts {
  constructor(
    private readonly stated: StatedUnits,
    private readonly units: Map<string, Unit>,
  ) {}

  value(text: string, expected?: Unit): string {
    return printExpression(this.stated.state(parseExpression(text), text, expected).e);
  }

  condition(text: string): string {
    return printExpression(this.stated.state(parseExpression(text, 'condition'), text).e);
  }

  equation(text: string): string {
    const { name, derivative, value } = parseEquation(text);
    const expected = derivative ? divideUnits(this.units.get(name)!, milliseconds) : undefined;
    const { e, unit } = this.stated.state(value, text, expected);
    if (!derivative) this.units.set(name, unit);
    return `${derivative ? `d${name}/dt` : name} = ${printExpression(e)}`;
  }

  statement(text: string): string {
    const { target, operator, value } = parseStatement(text);
    const expected = operator === '*=' ? plainNumber : this.units.get(target);
    const { e, unit } = this.stated.state(value, text, expected);
    if (!this.units.has(target)) this.units.set(target, unit);
    return `${target} ${operator} ${printExpression(e)}`;
  }

  starts<S extends { start: number | string }>(state: Readonly<Record<string, S>>): Record<string, S> {
    return Object.fromEntries(
      Object.entries(state).map(([name, of]) => [
        name,
        typeof of.start === 'string' ? { ...of, start: this.value(of.start, this.units.get(name)) } : of,
      ]),
    );
  }
}

function statedCell(model: CellModel, stated: StatedUnits, units: Map<string, Unit>): CellModel {
  const texts = new Texts(stated, units);
  const { equations, update, threshold, reset, refractory, state } = model;
  return {
    ...model,
    state: texts.starts(state),
    ...(equations ? { equations: equations.map((text) => texts.equation(text)) } : {}),
    ...(update ? { update: update.map((text) => texts.statement(text)) } : {}),
    ...(threshold === undefined ? {} : { threshold: texts.condition(threshold) }),
    ...(reset ? { reset: reset.map((text) => texts.statement(text)) } : {}),
    ...(refractory ? { refractory: { ...refractory, ms: texts.value(refractory.ms, milliseconds) } } : {}),
  };
}

/** @param units of the port's own names before those of the cell */
function statedPort(model: PortModel, stated: StatedUnits, units: Map<string, Unit>): PortModel {
  const texts = new Texts(stated, units);
  const { equations, update, onFire, current, state } = model;
  return {
    ...model,
    state: texts.starts(state),
    ...(equations ? { equations: equations.map((text) => texts.equation(text)) } : {}),
    ...(update ? { update: update.map((text) => texts.statement(text)) } : {}),
    ...(onFire ? { onFire: onFire.map((text) => texts.statement(text)) } : {}),
    ...(current === undefined ? {} : { current: texts.value(current, units.get('I')) }),
  };
}

/** @throws UserError where units do not fit together */
function statedWithUnits(population: Population): Stated<Population> {
  const units = unitsOf(population);
  let scope: ReadonlyMap<string, Unit> = units;
  const stated = new StatedUnits((name) => scope.get(name));
  const cellUnits = new Map(units);
  scope = cellUnits;
  const model = statedCell(population.model, stated, cellUnits);
  const ports = Object.entries(population.ports).map(([port, of]) => {
    const prefix = `${port}.`;
    const own = new Map(cellUnits);
    for (const [name, unit] of units) if (name.startsWith(prefix)) own.set(name.slice(prefix.length), unit);
    scope = own;
    return [port, { ...of, model: statedPort(of.model, stated, own) }] as const;
  });
  return {
    of: { ...population, model, ports: Object.fromEntries(ports) },
    quantities: stated.quantities,
    unitOf: (name) =>
      cellUnits.get(name.replace(/^kept\./, '')) ?? stated.quantities.get(name)?.unit ?? plainNumber,
    hasUnits: true,
  };
}

/** A description as it is, in plain numbers. */
export const withoutUnits = <T>(of: T): Stated<T> => ({
  of,
  quantities: new Map(),
  unitOf: () => plainNumber,
  hasUnits: false,
});

/** What `state` gives, or the same without units where they do not fit together. */
export function statedOr<T>(of: T, state: (of: T) => Stated<T>): Stated<T> {
  try {
    return state(of);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return withoutUnits(of);
  }
}

/** A population with its units stated. What modulators act by has no numbers with units. */
export const statedPopulation = (population: Population): Stated<Population> =>
  statedOr(population, statedWithUnits);

/** An expression of a population's own names, such as what its cells send, with the units of a receiving port. */
export function statedExpression(
  text: string,
  unitOf: (name: string) => Unit | undefined,
  expected?: Unit,
): { e: Expression; unit: Unit; quantities: ReadonlyMap<string, Quantity> } {
  const stated = new StatedUnits(unitOf);
  const { e, unit } = stated.state(parseExpression(text), text, expected);
  return { e, unit, quantities: stated.quantities };
}
