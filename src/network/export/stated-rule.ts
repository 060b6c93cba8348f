import type { Expression } from '../../expression/ast.js';
import { binary, named, number } from '../../expression/build.js';
import { parseExpression } from '../../expression/parse.js';
import { type Quantity, StatedUnits } from '../../expression/stated-units.js';
import { divideUnits, type Unit } from '../../expression/unit.js';
import { milliseconds, plainNumber } from '../check/known-units.js';
import { statementAssignment } from '../model/dynamics.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';
import type { Assignment } from '../model/terms.js';
import { type Stated, statedOr, unitOfText } from './stated.js';

/** A rule in trees, each number with its unit. Names of cells' states are `pre.NAME` and `post.NAME`. */
export interface RuleTrees {
  onPre: readonly Assignment[];
  onPost: readonly Assignment[];
  onUpdate: readonly Assignment[];
  onEvent: Readonly<Record<string, readonly Assignment[]>>;
  /** What a trace becomes with a spike. */
  rises: ReadonlyMap<string, Expression>;
  follows: ReadonlyMap<string, Expression>;
  drives: ReadonlyMap<string, Expression>;
}

/** The unit of the rule's `w`: that of its bounds. */
const weightName = ({ bounds }: PlasticityRule) => bounds.low;

type State = (e: Expression, text: string, expected?: Unit) => Expression;

/** @param unitOf by name */
function treesOf(rule: PlasticityRule, unitOf: (name: string) => Unit, state: State): RuleTrees {
  const statements = (texts: readonly string[]): Assignment[] =>
    texts.map((text) => {
      const { target, value } = statementAssignment(text);
      return { target, value: state(value, text, unitOf(target)) };
    });
  const traces = Object.entries(rule.traces);
  const ofCell = (text: string, side: string) => text.replaceAll(/\bcell\./g, `${side}.`);
  return {
    onPre: statements(rule.onPre),
    onPost: statements(rule.onPost),
    onUpdate: statements(rule.onUpdate?.statements ?? []),
    onEvent: Object.fromEntries(
      Object.entries(rule.onEvent ?? {}).map(([event, texts]) => [event, statements(texts)]),
    ),
    rises: new Map(
      traces.flatMap(([name, { each }]) => {
        if (each === undefined) return [];
        const e =
          each === 'add'
            ? binary('+', named(name), number(1))
            : each === 'set'
              ? number(1)
              : parseExpression(each);
        return [[name, state(e, each, unitOf(name))] as const];
      }),
    ),
    follows: new Map(
      traces.flatMap(([name, { of, follows }]) => {
        if (follows === undefined) return [];
        const text = ofCell(follows, of);
        return [[name, state(parseExpression(text), text, unitOf(name))] as const];
      }),
    ),
    drives: new Map(
      Object.entries(rule.synapse ?? {}).flatMap(([name, { drive }]) => {
        if (drive === undefined) return [];
        const expected = divideUnits(divideUnits(unitOf('w'), unitOf(name)), milliseconds);
        return [[name, state(parseExpression(drive), drive, expected)] as const];
      }),
    ),
  };
}

/** @param words for `weight` and `current`; @param stateUnit the unit of a state of the cells, as `post.v` */
function unitsOfRule(
  rule: PlasticityRule,
  words: Readonly<Record<string, string>>,
  stateUnit: (name: string) => Unit,
): (name: string) => Unit {
  const units = new Map<string, Unit>([
    ['t', milliseconds],
    ['dt', milliseconds],
  ]);
  for (const [name, { unit }] of Object.entries(rule.parameters)) units.set(name, unitOfText(unit, words));
  for (const [name, { unit }] of Object.entries(rule.traces)) units.set(name, unitOfText(unit ?? '1', words));
  for (const [name, { unit }] of Object.entries(rule.synapse ?? {})) units.set(name, unitOfText(unit, words));
  const weight = units.get(weightName(rule)) ?? plainNumber;
  units.set('w', weight);
  units.set('incoming.w', weight);
  return (name) => units.get(name) ?? (/^(pre|post)\./.test(name) ? stateUnit(name) : plainNumber);
}

/** A rule and its trees, with units where these fit together. */
export function statedRule(
  rule: PlasticityRule,
  words: Readonly<Record<string, string>>,
  stateUnit: (name: string) => Unit,
): Stated<RuleTrees> {
  const plain = treesOf(
    rule,
    () => plainNumber,
    (e) => e,
  );
  return statedOr(plain, () => {
    const unitOf = unitsOfRule(rule, words, stateUnit);
    const stated = new StatedUnits(unitOf);
    const of = treesOf(rule, unitOf, (e, text, expected) => stated.state(e, text, expected).e);
    const quantities: ReadonlyMap<string, Quantity> = stated.quantities;
    return { of, quantities, unitOf: (name) => quantities.get(name)?.unit ?? unitOf(name), hasUnits: true };
  });
}
