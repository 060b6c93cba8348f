import type { Expression } from '../../expression/ast.js';
import { parseExpression, parseStatement } from '../../expression/parse.js';
import { printExpression } from '../../expression/print.js';
import type { Network, Plasticity } from '../model/network.js';
import type { PlasticityRule } from '../model/plasticity-rule.js';

/** What a dose multiplies of what the rules of a network do. */
export type DosedLearning = 'learning-rate' | 'plasticity';

/** Something changed about how a network learns, to see what follows. Plain data. */
export type Perturbation =
  /** How far a modulator is from its baseline is multiplied: both what cells and what the task release. */
  | { what: 'release'; modulator: string; factor: number }
  /** The changes of weights are multiplied: those that have a learning rate, or all of them. */
  | { what: 'learning'; of: DosedLearning; factor: number }
  /** Another rule in the place of those at work, with its parameters by projection. */
  | { what: 'rule'; rule: PlasticityRule; parameters: Readonly<Record<string, Plasticity['parameters']>> }
  /** What the task releases and signals as teaching is that of another life, or its own in another order. */
  | { what: 'teaching'; from: TeachingSource };

export type TeachingSource = 'another-life' | 'own-shuffled';

/** Names by which each summand of an expression is multiplied. */
function factorsOfTerms(e: Expression): string[][] {
  if (e.kind === 'name') return [[e.name]];
  if (e.kind === 'unary' && e.operator === '-') return factorsOfTerms(e.operand);
  if (e.kind !== 'binary') return [[]];
  const left = () => factorsOfTerms(e.left);
  if (e.operator === '/') return left();
  if (e.operator === '+' || e.operator === '-') return [...left(), ...factorsOfTerms(e.right)];
  if (e.operator !== '*') return [[]];
  return left().flatMap((a) => factorsOfTerms(e.right).map((b) => [...a, ...b]));
}

/** Of a change of weight, the parameters by which each summand is multiplied; null where some summand has none. */
function ratesIn({ parameters, onUpdate }: PlasticityRule, change: string): string[][] | null {
  // The interval between regular changes says when they come, and is no rate.
  const terms = factorsOfTerms(parseExpression(change)).map((names) =>
    names.filter((name) => Object.hasOwn(parameters, name) && name !== onUpdate?.every),
  );
  return terms.every((names) => names.length > 0) ? terms : null;
}

const statementsOf = ({ onPre, onPost, onUpdate, onEvent }: PlasticityRule) => [
  ...onPre,
  ...onPost,
  ...(onUpdate?.statements ?? []),
  ...Object.values(onEvent ?? {}).flat(),
];

/** What a rule adds to a weight, or takes from it, as expressions. */
function addedBy(rule: PlasticityRule): string[] {
  const statements = statementsOf(rule)
    .map(parseStatement)
    .filter(({ target, operator }) => target === 'w' && (operator === '+=' || operator === '-='));
  const drives = Object.values(rule.synapse ?? {}).flatMap(({ drive }) => drive ?? []);
  return [...statements.map(({ value }) => printExpression(value)), ...drives];
}

/**
 * The learning rates of a rule: the fewest parameters such that each summand of what it adds to a weight is multiplied by
 * one of them, those in most summands first. Changes that no parameter multiplies as a whole have none.
 */
export function learningRatesOf(rule: PlasticityRule): string[] {
  let open = addedBy(rule).flatMap((change) => ratesIn(rule, change) ?? []);
  const rates: string[] = [];
  while (open.length > 0) {
    const times = (name: string) => open.filter((names) => names.includes(name)).length;
    const best = [...new Set(open.flat())].reduce((most, name) => (times(name) > times(most) ? name : most));
    rates.push(best);
    open = open.filter((names) => !names.includes(best));
  }
  return rates;
}

/** Whether a rule changes weights in ways that have no learning rate. */
export const changesBeside = (rule: PlasticityRule): boolean =>
  addedBy(rule).some((change) => ratesIn(rule, change) === null) ||
  statementsOf(rule)
    .map(parseStatement)
    .some(({ target, operator }) => target === 'w' && (operator === '=' || operator === '*='));

/** A rule whose changes of weight are multiplied. */
function multiplied(rule: PlasticityRule, of: DosedLearning, factor: number): PlasticityRule {
  const isMeant = (change: string) => of === 'plasticity' || ratesIn(rule, change) !== null;
  const statement = (text: string): string => {
    const { target, operator, value } = parseStatement(text);
    if (target !== 'w') return text;
    const said = printExpression(value);
    if (operator === '+=' || operator === '-=')
      return isMeant(said) ? `w ${operator} ${factor}*(${said})` : text;
    if (of === 'learning-rate') return text;
    return `w += ${factor}*(${operator === '=' ? said : `w*(${said})`} - w)`;
  };
  const { onPre, onPost, onUpdate, onEvent, synapse } = rule;
  return {
    ...rule,
    onPre: onPre.map(statement),
    onPost: onPost.map(statement),
    ...(onUpdate ? { onUpdate: { ...onUpdate, statements: onUpdate.statements.map(statement) } } : {}),
    ...(onEvent
      ? {
          onEvent: Object.fromEntries(
            Object.entries(onEvent).map(([event, texts]) => [event, texts.map(statement)]),
          ),
        }
      : {}),
    ...(synapse
      ? {
          synapse: Object.fromEntries(
            Object.entries(synapse).map(([name, { drive, ...variable }]) => [
              name,
              drive === undefined
                ? variable
                : { ...variable, drive: isMeant(drive) ? `${factor}*(${drive})` : drive },
            ]),
          ),
        }
      : {}),
  };
}

/** The network with the plasticity of its projections changed. */
const withPlasticity = (
  network: Network,
  change: (plasticity: Plasticity, projection: string) => Plasticity,
): Network => ({
  ...network,
  projections: network.projections.map((projection) =>
    projection.plasticity
      ? { ...projection, plasticity: change(projection.plasticity, projection.name) }
      : projection,
  ),
});

/** The network as a perturbation leaves it. What tasks release is not the network's: whoever embodies it sees to that. */
export function perturb(network: Network, perturbation: Perturbation): Network {
  switch (perturbation.what) {
    case 'release': {
      const { modulator, factor } = perturbation;
      const { releasedBy, ...rest } = network.modulators[modulator]!;
      if (!releasedBy) return network;
      const released = releasedBy.map((of) => ({ ...of, amount: factor * of.amount }));
      return {
        ...network,
        modulators: { ...network.modulators, [modulator]: { ...rest, releasedBy: released } },
      };
    }
    case 'learning': {
      const { of, factor } = perturbation;
      return withPlasticity(network, (plasticity) => ({
        ...plasticity,
        rule: multiplied(plasticity.rule, of, factor),
      }));
    }
    case 'rule': {
      const { rule, parameters } = perturbation;
      return withPlasticity(network, (plasticity, name) => ({
        ...plasticity,
        rule,
        parameters: parameters[name] ?? {},
      }));
    }
    case 'teaching':
      return network;
  }
}
