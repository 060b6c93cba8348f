import type { Expression } from '../../../expression/ast.js';
import { type DrawKind, functions } from '../../../expression/functions.js';
import { printPython, pythonNumber } from '../../../expression/python.js';
import type { Quantity } from '../../../expression/stated-units.js';
import { inUnit } from './units.js';

/** Identifiers that Brian 2 has in equations. */
export const brian2Words: readonly string[] = [
  // What groups have of their own
  ...[
    'active',
    'clock',
    'connect',
    'equations',
    'events',
    'id',
    'indices',
    'method_choice',
    'name',
    'namespace',
  ],
  ...[
    'order',
    'post',
    'pre',
    'resetter',
    'run_regularly',
    'source',
    'spikes',
    'start',
    'state',
    'state_updater',
  ],
  ...[
    'stop',
    'target',
    'thresholder',
    'updaters',
    'variables',
    'when',
    'early',
    'learn',
    'rise_pre',
    'rise_post',
  ],
  ...[
    't',
    'dt',
    'N',
    'i',
    'j',
    'k',
    't_in_timesteps',
    'lastspike',
    'not_refractory',
    'refractory',
    'xi',
    'e',
    'pi',
  ],
  ...[
    'inf',
    'exp',
    'log',
    'log10',
    'sqrt',
    'abs',
    'floor',
    'ceil',
    'sin',
    'cos',
    'tan',
    'sinh',
    'cosh',
    'tanh',
  ],
  ...['arcsin', 'arccos', 'arctan', 'clip', 'int', 'sign', 'exprel', 'rand', 'randn', 'poisson', 'timestep'],
  ...[
    'choose',
    'copied',
    'lastupdate',
    'delay',
    'unless',
    'volt',
    'amp',
    'siemens',
    'farad',
    'ohm',
    'second',
    'hertz',
  ],
  ...[
    'metre',
    'meter',
    'gram',
    'mole',
    'molar',
    'kelvin',
    'liter',
    'mV',
    'ms',
    'us',
    'nS',
    'uS',
    'pA',
    'nA',
    'uA',
  ],
  ...[
    'mA',
    'pF',
    'nF',
    'uF',
    'Hz',
    'kHz',
    'MHz',
    'mm',
    'um',
    'cm',
    'mM',
    'uM',
    'nM',
    'Mohm',
    'kohm',
    'joule',
  ],
];

/** Identifiers of the whole script. */
export const scriptWords: readonly string[] = [
  ...brian2Words,
  ...[
    'np',
    'data',
    'choose',
    'modulators',
    'run',
    'life',
    'spikes',
    'weights',
    'NeuronGroup',
    'Synapses',
    'prefs',
  ],
  ...['SpikeGeneratorGroup', 'SpikeMonitor', 'StateMonitor', 'TimedArray', 'Function', 'linked_var', 'Path'],
  ...[
    'network_operation',
    'defaultclock',
    'Network',
    'collect',
    'seed',
    'print',
    'len',
    'sum',
    'range',
    'step',
  ],
];

/** How functions that Brian 2 lacks are written by those that it has. */
const written: Readonly<Record<string, (...parts: string[]) => string>> = {
  sigmoid: (x) => `(1/(1 + exp(-(${x}))))`,
  if: (condition, a, b) => `choose(${condition}, ${a}, ${b})`,
  min: (a, b) => `least(${a}, ${b})`,
  max: (a, b) => `most(${a}, ${b})`,
};

/** Statements that draw a random number, the last one into a name: Brian 2 takes one draw a statement. */
export function drawStatements(kind: DrawKind, name: string): string[] {
  if (kind === 'uniform') return [`${name} = rand()`];
  if (kind === 'gaussian') return [`${name} = randn()`];
  // Two uniform numbers, whose sum has a variance of a sixth.
  return [`${name}_first = rand()`, `${name} = (${name}_first + rand() - 1)*sqrt(6)`];
}

/** An assignment of a plain name is one of a copy: the arrays of NumPy would be the same thing under two names. */
export const copied = (e: Expression, text: string) => (e.kind === 'name' ? `copied(${text})` : text);

export interface Brian2Scope {
  /** The identifier of a name. */
  id: (name: string) => string;
  quantities: ReadonlyMap<string, Quantity>;
  hasUnits: boolean;
  /** What stands for a random draw. */
  draw?: ((kind: DrawKind) => string) | undefined;
}

/** An expression as Brian 2 writes it. */
export function brian2Text(e: Expression, { id, quantities, hasUnits, draw }: Brian2Scope): string {
  return printPython(e, {
    number: pythonNumber,
    name: (name) => {
      const quantity = quantities.get(name);
      if (quantity) return inUnit(quantity.value, quantity.unit);
      if (name === 't' || name === 'dt') return hasUnits ? name : `(${name}/ms)`;
      return id(name);
    },
    call: (name, parts) => {
      const kind = functions[name as keyof typeof functions];
      if (draw && 'draw' in kind) return draw(kind.draw);
      return written[name]?.(...parts) ?? `${name}(${parts.join(', ')})`;
    },
  });
}

/** Functions that Brian 2 lacks, by name: what they do in NumPy, and in C. */
const helpers = {
  choose: {
    about: 'one of two values, by a condition',
    parts: ['condition', 'then', 'otherwise'],
    types: ['boolean', 'any', 'any'],
    units: ['None', 'None', "'then'"],
    numpy: 'np.where',
    cpp: 'bool condition, double then, double otherwise) { return condition ? then : otherwise; }',
    cython:
      'bint condition, double then, double otherwise):\\n    return then if condition else otherwise\\n',
    unit: 'lambda condition, then, otherwise: then',
  },
  least: {
    about: 'the lesser of two values',
    parts: ['a', 'b'],
    types: ['any', 'any'],
    units: ['None', "'a'"],
    numpy: 'np.minimum',
    cpp: 'double a, double b) { return a < b ? a : b; }',
    cython: 'double a, double b):\\n    return a if a < b else b\\n',
    unit: 'lambda a, b: a',
  },
  most: {
    about: 'the greater of two values',
    parts: ['a', 'b'],
    types: ['any', 'any'],
    units: ['None', "'a'"],
    numpy: 'np.maximum',
    cpp: 'double a, double b) { return a > b ? a : b; }',
    cython: 'double a, double b):\\n    return a if a > b else b\\n',
    unit: 'lambda a, b: a',
  },
  quotient: {
    about: 'x / y, and 1 where y is 0',
    parts: ['x', 'y'],
    types: ['any', 'any'],
    units: ['1', '1'],
    numpy: 'lambda x, y: np.where(np.equal(y, 0), 1, x/np.where(np.equal(y, 0), 1, y))',
    cpp: 'double x, double y) { return y == 0 ? 1 : x/y; }',
    cython: 'double x, double y):\\n    return x/y if y != 0 else 1\\n',
    unit: '1',
  },
  copied: {
    about: 'a value as it is now, for statements that change the variable later',
    parts: ['value'],
    types: ['any'],
    units: ['None'],
    numpy: 'np.array',
    cpp: 'double value) { return value; }',
    cython: 'double value):\\n    return value\\n',
    unit: 'lambda value: value',
  },
} as const;
export type Helper = keyof typeof helpers;

/** Which of these functions lines use. */
export const helpersIn = (lines: readonly string[]): Helper[] =>
  (Object.keys(helpers) as Helper[]).filter((name) => {
    const used = new RegExp(`\\b${name}\\(`);
    return lines.some((line) => used.test(line));
  });

/** The definition of a function in the script. It is real, so that SymPy can compare what is made of it. */
export function helperPrelude(name: Helper): string[] {
  const { about, parts, types, units, numpy, cpp, cython, unit } = helpers[name];
  const list = (texts: readonly string[]) => `[${texts.join(', ')}]`;
  const quoted = (texts: readonly string[]) => list(texts.map((text) => `'${text}'`));
  return [
    `# ${about}`,
    `${name} = Function(`,
    `    ${numpy}, sympy_func=sympy.Function('${name}', real=True), arg_names=${quoted(parts)},`,
    `    arg_types=${quoted(types)}, arg_units=${list(units)}, return_type='float', return_unit=${unit},`,
    ')',
    `${name}.implementations.add_implementation('cpp', 'inline double ${name}(${cpp}')`,
    `${name}.implementations.add_implementation('cython', 'cdef double ${name}(${cython}')`,
  ];
}
