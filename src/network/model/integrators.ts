import { drawsIn, linearIn, substitute } from '../../expression/analysis.js';
import type { Equation, Expression } from '../../expression/ast.js';
import { binary, call, named, number, product, sum } from '../../expression/build.js';
import { derivativeIn } from '../../expression/derivative.js';
import { ExpressionError } from '../../expression/error.js';
import type { Assignment } from './terms.js';

interface Scheme {
  about: string;
  expand: (equations: readonly Equation[], peak?: Peak) => Assignment[];
  /** What is steeper than -reach/dt overshoots further with every step; nothing does where absent. */
  reach?: number;
}

/**
 * How equations are stepped. Each turns them into assignments that both engines carry out in order; names that begin
 * with `$` are passing values of one step.
 */
export const integrators = {
  euler: { about: 'x + dt f(x), all derivatives of the old state', expand: euler, reach: 2 },
  'euler-sequential': {
    about: 'x + dt f(x) one equation after the other, each seeing the new values before it',
    expand: eulerSequential,
    reach: 2,
  },
  'izhikevich-half-steps': {
    about: 'the first equation in two half steps of Euler, then the others, each seeing the new values',
    expand: halfSteps,
    reach: 2,
  },
  'exponential-euler': {
    about:
      'each equation with the others held, exactly where it is linear: x exp(s dt) + (exp(s dt) - 1) / s o for dx/dt = s x + o; ' +
      'else by its slope at x: x + (exp(s dt) - 1) / s f(x), s = df/dx',
    expand: exponentialEuler,
  },
  midpoint: { about: 'Runge-Kutta of second order by the middle of the step', expand: midpoint, reach: 2 },
  rk4: { about: 'the classical Runge-Kutta method of fourth order', expand: rungeKutta, reach: 2.785 },
} as const satisfies Record<string, Scheme>;

export type Integrator = keyof typeof integrators;
export const integratorNames = Object.keys(integrators) as [Integrator, ...Integrator[]];

/** The value of a state at which a spike ends: what lies beyond it, above or (`max`) below, is reset. */
export interface Peak {
  state: string;
  value: Expression;
  by: 'min' | 'max';
}

const dt = named('dt');
const derivatives = (equations: readonly Equation[]) => equations.filter(({ derivative }) => derivative);

/** The derivatives at a state, as passing values `$NAMEstage`; `at` gives the state, `stage` keeps their names apart. */
function slopes(
  equations: readonly Equation[],
  stage: string,
  at: ReadonlyMap<string, Expression>,
): Assignment[] {
  const names = new Map(at);
  return equations.map(({ name, derivative, value }) => {
    const target = `$${derivative ? 'd.' : ''}${name}${stage}`;
    const assignment = { target, value: substitute(value, names) };
    if (!derivative) names.set(name, named(target));
    return assignment;
  });
}

const slope = (name: string, stage = '') => named(`$d.${name}${stage}`);

function euler(equations: readonly Equation[]): Assignment[] {
  return [
    ...slopes(equations, '', new Map()),
    ...derivatives(equations).map(({ name }) => ({
      target: name,
      value: sum(named(name), product(dt, slope(name))),
    })),
  ];
}

function sequential(
  equations: readonly Equation[],
  step: (equation: Equation, index: number) => Assignment[],
) {
  const names = new Map<string, Expression>();
  let index = 0;
  return equations.flatMap((equation) => {
    const { name, derivative, value } = equation;
    const settled = { ...equation, value: substitute(value, names) };
    if (derivative) return step(settled, index++);
    names.set(name, named(`$${name}`));
    return [{ target: `$${name}`, value: settled.value }];
  });
}

const forward = ({ name, value }: Equation, by: Expression): Assignment => ({
  target: name,
  value: sum(named(name), product(by, value)),
});

function eulerSequential(equations: readonly Equation[]): Assignment[] {
  return sequential(equations, (equation) => [forward(equation, dt)]);
}

function halfSteps(equations: readonly Equation[]): Assignment[] {
  const half = product(number(0.5), dt);
  return sequential(equations, (equation, index) =>
    index === 0 ? [forward(equation, half), forward(equation, half)] : [forward(equation, dt)],
  );
}

/**
 * Whether a step leads where the integrator overshoots further with every step: where a slope is too steep for dt, at the
 * start of the step or half of it later. What is found has no draws; undefined where that is nowhere.
 */
export function beyondReach(integrator: Integrator, equations: readonly Equation[]): Expression | undefined {
  const { reach }: Scheme = integrators[integrator];
  if (reach === undefined) return undefined;
  const all = written(equations);
  const half = product(number(0.5), dt);
  // What draws is looked at where the step begins alone, since nothing is drawn twice.
  const draws = all.some(({ value }) => drawsIn(value) > 0);
  const later = new Map(all.map(({ name, value }) => [name, sum(named(name), product(half, value))]));
  const least: Expression = { kind: 'unary', operator: '-', operand: number(reach), at: -1 };
  const steep = all.flatMap(({ name, value }) => {
    const slope = derivativeIn(value, name);
    if (!slope || slope.kind === 'number') return [];
    const slopes = draws ? [slope] : [slope, substitute(slope, later)];
    return slopes.map((of) => binary('<', product(of, dt), least));
  });
  return steep.length === 0 ? undefined : steep.reduce((any, one) => binary('or', any, one));
}

/** Intermediate quantities are written out, so that what is linear in a state is seen to be. */
export function written(equations: readonly Equation[]): Equation[] {
  const names = new Map<string, Expression>();
  return equations.flatMap((equation) => {
    const value = substitute(equation.value, names);
    if (equation.derivative) return [{ ...equation, value }];
    names.set(equation.name, value);
    return [];
  });
}

/** Below this in magnitude, 1 + z/2 + ... is nearer to (e^z - 1)/z than the difference of two numbers near 1 is. */
const smallGrowth = 0.01;

/** (exp(s dt) - 1) / s, by its series where s dt is small: its limit is dt where s is 0. */
function gainOf(slope: Expression, growth: Expression): Expression {
  const z = product(slope, dt);
  let series: Expression = number(1);
  for (const n of [5, 4, 3, 2]) series = sum(number(1), product(binary('/', z, number(n)), series));
  return call(
    'if',
    binary('<', call('abs', z), number(smallGrowth)),
    product(dt, series),
    binary('/', binary('-', growth, number(1)), slope),
  );
}

/** What is told of one equation: its value a step later, and whether it only decays. */
interface Stepped {
  target: string;
  name: string;
  value: Expression;
  flush?: boolean;
}

function exponentialStep({ name, value, text }: Equation): Stepped {
  const target = `$d.${name}`;
  const linear = linearIn(value, name);
  if (!linear) return { target, name, value: linearised(name, value, text) };
  const { slope, offset } = linear;
  if (isNumber(slope, 0)) return { target, name, value: sum(named(name), product(dt, offset)) };
  const growth = call('exp', product(slope, dt));
  const decayed = product(named(name), growth);
  if (isNumber(offset, 0)) return { target, name, value: decayed, flush: true };
  return { target, name, value: sum(decayed, product(offset, gainOf(slope, growth))) };
}

const isNumber = (e: Expression, value: number) => e.kind === 'number' && e.value === value;

/**
 * The exponential Rosenbrock step x + dt exprel(s dt) f(x), s the slope df/dx at x or, where that is less, at x + dt f(x):
 * so it goes towards the state in which f is 0 and not past it, however stiff and however curved. Growth is taken to be e
 * at the most: what grows faster runs away whatever the step, and only its sign is known. A slope that is no number, as of
 * the square root of 0, counts as 0.
 */
function linearised(name: string, value: Expression, text: string): Expression {
  const slope = derivativeIn(value, name);
  if (!slope) {
    throw new ExpressionError(
      `"exponential-euler" needs a slope in "${name}" that is free of random draws. Use "euler", or move the noise to an input`,
      text,
      Math.max(0, text.indexOf('=') + 1),
    );
  }
  const here = product(slope, dt);
  const there =
    drawsIn(value) > 0 ? here : substitute(here, new Map([[name, sum(named(name), product(dt, value))]]));
  const least = call('if', binary('<', there, here), there, here);
  const growth = call(
    'if',
    binary('<', least, number(1)),
    least,
    call('if', binary('>=', least, number(1)), number(1), number(0)),
  );
  return sum(named(name), product(product(dt, call('exprel', growth)), value));
}

function exponentialEuler(equations: readonly Equation[]): Assignment[] {
  const steps = written(equations).map(exponentialStep);
  return [
    ...steps.map(({ target, value }) => ({ target, value })),
    ...steps.map(({ target, name, flush }) => ({
      target: name,
      value: named(target),
      ...(flush ? { flush } : {}),
    })),
  ];
}

function refuseDraws(equations: readonly Equation[], integrator: Integrator): void {
  const noisy = equations.find(({ value }) => drawsIn(value) > 0);
  if (!noisy) return;
  throw new ExpressionError(
    `"${integrator}" evaluates its equations several times a step, so they cannot draw random numbers. ` +
      'Use "euler", or move the noise to an input',
    noisy.text,
    0,
  );
}

/**
 * The state moved on by `by` times the slopes of a stage. An upstroke ends at its peak within the step too: what lies
 * beyond is never reached, and its slopes would be those of no cell.
 */
const moved = (
  equations: readonly Equation[],
  { by, stage, peak }: { by: Expression; stage: string; peak: Peak | undefined },
) =>
  new Map(
    derivatives(equations).map(({ name }) => {
      const there = sum(named(name), product(by, slope(name, stage)));
      return [name, name === peak?.state ? call(peak.by, there, peak.value) : there];
    }),
  );

function midpoint(equations: readonly Equation[], peak?: Peak): Assignment[] {
  refuseDraws(equations, 'midpoint');
  const half = product(number(0.5), dt);
  return [
    ...slopes(equations, '', new Map()),
    ...slopes(equations, '2', moved(equations, { by: half, stage: '', peak })),
    ...derivatives(equations).map(({ name }) => ({
      target: name,
      value: sum(named(name), product(dt, slope(name, '2'))),
    })),
  ];
}

function rungeKutta(equations: readonly Equation[], peak?: Peak): Assignment[] {
  refuseDraws(equations, 'rk4');
  const half = product(number(0.5), dt);
  const sixth = binary('/', dt, number(6));
  return [
    ...slopes(equations, '', new Map()),
    ...slopes(equations, '2', moved(equations, { by: half, stage: '', peak })),
    ...slopes(equations, '3', moved(equations, { by: half, stage: '2', peak })),
    ...slopes(equations, '4', moved(equations, { by: dt, stage: '3', peak })),
    ...derivatives(equations).map(({ name }) => {
      const inner = sum(slope(name, '2'), slope(name, '3'));
      const all = sum(sum(slope(name), product(number(2), inner)), slope(name, '4'));
      return { target: name, value: sum(named(name), product(sixth, all)) };
    }),
  ];
}
