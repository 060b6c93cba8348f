import { drawsIn, namesIn } from '../../expression/analysis.js';
import { childrenOf, type Expression } from '../../expression/ast.js';
import { ExpressionError } from '../../expression/error.js';
import { evaluate } from '../../expression/evaluate.js';
import { functions } from '../../expression/functions.js';
import { keywords } from '../../expression/tokens.js';
import { findUndefined } from '../../expression/undefined.js';
import { checkAssignmentUnits, parseUnit, type Unit, weightPower } from '../../expression/units.js';
import { nearestNames, suggest } from '../../spec/errors.js';
import type { Parameters } from '../model/model.js';

export interface ModelProblem {
  /** Where in the description: `equations[0]`, `parameters.tau.default`. */
  path: string;
  /** One line, or three where it stands at a column of a text: reason, text, caret. */
  message: string;
}

/** What names stand for at one place of a description. */
export interface Scope {
  /** Every name that may be used, with its unit where that is known. */
  units: ReadonlyMap<string, Unit | undefined>;
  /** Names that are known at other places only, and what to say of them here. */
  elsewhere?: ReadonlyMap<string, string>;
  /** Whether a name that is not listed may be used all the same, as a state of the cell that a synapse is on. */
  allows?: (name: string) => boolean;
}

/** Words for units that depend on the cell or are counted: taken as units of their own, in powers that nothing has. */
const words: Readonly<Record<string, number>> = { current: 7, weight: weightPower, connections: 13 };

const inSymbols = (unit: string) =>
  unit.replace(/([A-Za-z]+)(?:\^(-?\d+))?/g, (found, word, exponent = '1') =>
    Object.hasOwn(words, word) ? `K^${words[word]! * Number(exponent)}` : found,
  );

/** The words by the powers that stand for them, squares and inverses among them. */
const wordByPower = new Map(
  Object.entries(words).flatMap(([word, power]) =>
    [1, -1, 2, -2].map((n) => [power * n, n === 1 ? word : `${word}^${n}`] as const),
  ),
);

const inWords = (message: string) =>
  message.replace(/K\^(-?\d+)(?!\d)/g, (found, power) => wordByPower.get(Number(power)) ?? found);

/** Names with a meaning of their own in every model. */
export const reserved: Readonly<Record<string, string>> = {
  t: 'the time',
  dt: 'the step',
  I: 'the current of synapses and inputs',
  refractory: 'the steps that a refractory period still lasts',
  below: 'whether a crossing threshold can be crossed again',
  weightSum: 'the sum of the weights of a synapse without spikes',
};

/** Names that belong to modulators, such as `m.DA`, which a network may or may not have. */
export const isModulator = (name: string) => /^m\.[A-Za-z_]\w*$/.test(name);

/** The names that are near, or all of them: any letter is a change or two away from any other. */
export function suggestName(name: string, known: readonly string[]): string {
  const near = nearestNames(name, known).filter((other) =>
    name.length === 1 ? other.toLowerCase() === name.toLowerCase() : other.length > 1 || name.length === 2,
  );
  if (near.length > 0) return suggest(name, near);
  return known.length === 0
    ? suggest(name, known)
    : `Choose one of: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}.`;
}

/** What a name of a section is. */
const nouns: Readonly<Record<string, string>> = {
  parameters: 'parameter',
  state: 'state',
  traces: 'trace',
  synapse: 'variable of the synapse',
};

/** A comparison with what is unknown is never out of a range. */
const within = (value: number, low: number, high: number) => !(value < low || value > high);

/** Gathers what is wrong with one description. */
export class Checker {
  readonly problems: ModelProblem[] = [];

  report(path: string, message: string): void {
    this.problems.push({ path, message: inWords(message) });
  }

  /** A mistake at a column of a text. */
  reportAt(path: string, reason: string, text: string, column: number): void {
    this.report(path, new ExpressionError(reason, text, Math.max(0, column)).message);
  }

  /** What `read` gives, or undefined where the text is wrong. */
  attempt<T>(path: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.report(path, error.message);
      return undefined;
    }
  }

  unit(path: string, text: string): Unit | undefined {
    const symbols = inSymbols(text);
    try {
      return parseUnit(symbols);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      // The words are replaced by others of another length, which moves the columns.
      if (symbols === text) this.report(path, error.message);
      else this.report(path, `${error.reason}, in "${text}"`);
      return undefined;
    }
  }

  /**
   * The names of a description's own things: spelled right, and none twice.
   * @param sections fields whose keys are names: parameters, states, traces
   * @param taken names with a meaning of their own
   */
  names(sections: Readonly<Record<string, object>>, taken: Readonly<Record<string, string>>): void {
    const all = Object.entries(sections).flatMap(([section, named]) =>
      Object.keys(named).map((name) => ({ path: `${section}.${name}`, name, section })),
    );
    all.forEach(({ path, name }, i) => {
      if (!/^[A-Za-z_]\w*$/.test(name)) {
        this.report(path, `"${name}" is no name: names are letters, digits and "_", a letter first`);
      } else if (Object.hasOwn(functions, name) || keywords.includes(name)) {
        this.report(path, `"${name}" is a ${keywords.includes(name) ? 'word' : 'function'} of the language`);
      } else if (Object.hasOwn(taken, name)) {
        this.report(path, `the name "${name}" is taken: it is ${taken[name]}. Choose another`);
      }
      const before = all.slice(0, i).find((other) => other.name === name);
      if (before) {
        this.report(path, `"${name}" is a ${nouns[before.section]} too. Rename one of the two`);
      }
    });
  }

  parameters(parameters: Parameters): Map<string, Unit | undefined> {
    const units = new Map<string, Unit | undefined>();
    for (const [name, { unit, default: value, low, high }] of Object.entries(parameters)) {
      const path = `parameters.${name}`;
      units.set(name, this.unit(`${path}.unit`, unit));
      if (Number.isNaN(low) || Number.isNaN(high) || low > high) {
        this.report(`${path}.low`, `expected a number of at most "high" (${high}), found ${low}`);
      } else if (Number.isNaN(value) || !within(value, low, high)) {
        const advice = 'Correct the default or widen the range';
        this.report(`${path}.default`, `expected a number in [${low}, ${high}], found ${value}. ${advice}`);
      }
    }
    return units;
  }

  /**
   * Names and units of a text that was parsed.
   * @param expected the unit that the value is to have, where that is known
   * @returns whether nothing was found
   */
  judge(path: string, text: string, e: Expression, scope: Scope, expected?: Unit): boolean {
    const before = this.problems.length;
    const visit = (node: Expression): void => {
      if (node.kind === 'name') this.#name(path, text, node, scope);
      childrenOf(node).forEach(visit);
    };
    visit(e);
    if (this.problems.length === before) {
      this.attempt(path, () =>
        checkAssignmentUnits(text, e, expected, (name) => scope.units.get(name) ?? undefined),
      );
    }
    return this.problems.length === before;
  }

  #name(path: string, text: string, { name, at }: Expression & { kind: 'name' }, scope: Scope): void {
    if (scope.units.has(name) || isModulator(name) || scope.allows?.(name)) return;
    const hint = scope.elsewhere?.get(name);
    const reason = hint ?? `there is no "${name}" here. ${suggestName(name, [...scope.units.keys()])}`;
    this.reportAt(path, reason, text, at);
  }

  /** Whether the text is defined at these values; what is unknown is not judged. */
  defined(path: string, text: string, e: Expression, values: ReadonlyMap<string, number>): void {
    const found = findUndefined(e, values);
    if (!found) return;
    const where = 'with the defaults, at the start, without input';
    this.reportAt(path, `${found.reason}, ${where}`, text, found.at);
  }
}

/** The value, or NaN where it is not known: random draws, names without a value. */
export function valueAt(e: Expression, values: ReadonlyMap<string, number>): number {
  const known = [...namesIn(e)].every((name) => values.has(name));
  return known && drawsIn(e) === 0 ? evaluate(e, values) : Number.NaN;
}
