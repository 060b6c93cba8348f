import { portsOf } from '../protocol/ports.js';

/** A trial's answer from its two stimuli, each 0 or 1: whether yes is right. */
type Rule = (first: number, second: number) => boolean;

const positive = {
  and: (first, second) => first + second === 2,
  or: (first, second) => first + second > 0,
  '01': (first, second) => first < second,
  '10': (first, second) => first > second,
  first: (first) => first === 1,
  second: (_first, second) => second === 1,
  match: (first, second) => first === second,
} as const satisfies Record<string, Rule>;

const negated =
  (rule: Rule): Rule =>
  (first, second) =>
    !rule(first, second);

/** The family of fourteen, by name: seven rules and their negations. */
export const rules: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.entries(positive).flatMap(([name, rule]) => [
    [name, rule],
    [`not ${name}`, negated(rule)],
  ]),
);

/** Those that evolution never lives: delayed match and non-match to sample. */
export const heldOut: readonly string[] = ['match', 'not match'];
export const trained: readonly string[] = Object.keys(rules).filter((name) => !heldOut.includes(name));

/** The two stimuli are opposite in sign: each has an input of its own. */
export const inputs = portsOf('low', 'high', 'answer', 'saidYes', 'saidNo', 'reward');
export const outputs = portsOf('yes', 'no');
