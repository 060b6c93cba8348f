import { type Filling, holesIn, type TextKind, unfillHoles } from '../../expression/holes.js';
import { parseExpression, parseStatement } from '../../expression/parse.js';
import { printExpression, printStatement } from '../../expression/print.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';

/** A rule beside another: what fills the holes of the other, or where the two differ, in words. */
export type RuleMatch =
  | { fillings: readonly Filling[]; differs?: undefined }
  | { fillings?: undefined; differs: string };

/** What a rule says to readers alone, and its parameters, whose values are no form. */
const apart = ['name', 'summary', 'source', 'types', 'parameters', 'about'];

/** Everything that a rule says, by the field that says it, such as `onEvent.outcome[0]`. */
function leavesOf(value: unknown, path = ''): [path: string, leaf: string][] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((each, i) => leavesOf(each, `${path}[${i}]`));
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  return Object.entries(value)
    .filter(([name]) => !apart.includes(name))
    .flatMap(([name, each]) => leavesOf(each, path === '' ? name : `${path}.${name}`));
}

function kindAt(path: string): TextKind | undefined {
  if (/^(onPre|onPost|onEvent\.\w+|onUpdate\.statements)\[/.test(path)) return 'statement';
  return /\.(each|follows|drive)$/.test(path) ? 'expression' : undefined;
}

/** A text as the language prints it, so that spaces and parentheses make no difference. */
function printed(text: string, kind: TextKind | undefined): string {
  if (kind === undefined) return text;
  return kind === 'statement' ? printStatement(parseStatement(text)) : printExpression(parseExpression(text));
}

const quoted = (text: string | undefined) => (text === undefined ? 'nothing' : `"${text}"`);

function matchedText(path: string, expected: string | undefined, found: string | undefined): RuleMatch {
  const kind = kindAt(path);
  if (expected !== undefined && found !== undefined) {
    if (kind === undefined || holesIn(expected).length === 0) {
      if (printed(expected, kind) === printed(found, kind)) return { fillings: [] };
    } else {
      const fillings = unfillHoles(expected, kind, found);
      if (fillings) return { fillings };
    }
  }
  return { differs: `${path}: expected ${quoted(expected)}, found ${quoted(found)}` };
}

/**
 * Lays a rule over one that may have holes. Rules are of one form where they have the same parameters, traces, variables,
 * bounds and statements; what stands in the place of a hole may be anything, and may have parameters of its own.
 */
export function matchRule(template: PlasticityRule, rule: PlasticityRule): RuleMatch {
  const [expected, found] = [template, rule].map((each) => Object.keys(each.parameters)) as [
    string[],
    string[],
  ];
  if (expected.some((name) => !found.includes(name))) {
    return { differs: `parameters: expected ${expected.join(', ')}, found ${found.join(', ')}` };
  }
  const [texts, others] = [new Map(leavesOf(template)), new Map(leavesOf(rule))];
  const fillings: Filling[] = [];
  for (const path of new Set([...texts.keys(), ...others.keys()])) {
    const match = matchedText(path, texts.get(path), others.get(path));
    if (match.differs !== undefined) return match;
    fillings.push(...match.fillings);
  }
  return { fillings };
}
