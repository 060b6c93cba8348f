import { drawsIn, linearIn, substitute } from '../../expression/analysis.js';
import type { Equation, Expression } from '../../expression/ast.js';
import { ExpressionError } from '../../expression/error.js';
import { type Assignment, binary, call, named, number, product, sum } from './terms.js';

/**
 * How equations are stepped. Each turns them into assignments that both engines carry out in order; names that begin
 * with `$` are passing values of one step.
 */
export const integrators = {
  euler: { about: 'x + dt f(x), all derivatives of the old state', expand: euler },
  'euler-sequential': {
    about: 'x + dt f(x) one equation after the other, each seeing the new values before it',
    expand: eulerSequential,
  },
  'izhikevich-half-steps': {
    about: 'the first equation in two half steps of Euler, then the others, each seeing the new values',
    expand: halfSteps,
  },
  'exponential-euler': {
    about:
      'exact for each equation with the others held: x exp(s dt) + (exp(s dt) - 1) / s o for dx/dt = s x + o',
    expand: exponentialEuler,
  },
  midpoint: { about: 'Runge-Kutta of second order by the middle of the step', expand: midpoint },
  rk4: { about: 'the classical Runge-Kutta method of fourth order', expand: rungeKutta },
} as const satisfies Record<
  string,
  { about: string; expand: (equations: readonly Equation[]) => Assignment[] }
>;

export type Integrator = keyof typeof integrators;
export const integratorNames = Object.keys(integrators) as [Integrator, ...Integrator[]];

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

/** Intermediate quantities are written out, so that what is linear in a state is seen to be. */
function written(equations: readonly Equation[]): Equation[] {
  const names = new Map<string, Expression>();
  return equations.flatMap((equation) => {
    const value = substitute(equation.value, names);
    if (equation.derivative) return [{ ...equation, value }];
    names.set(equation.name, value);
    return [];
  });
}

function exponentialEuler(equations: readonly Equation[]): Assignment[] {
  const steps = written(equations).map(({ name, value, text }) => {
    const linear = linearIn(value, name);
    if (!linear) {
      throw new ExpressionError(
        `"exponential-euler" needs an equation that is linear in "${name}". Use "euler" or "rk4"`,
        text,
        Math.max(0, text.indexOf('=') + 1),
      );
    }
    const target = `$d.${name}`;
    if (linear.slope.kind === 'number' && linear.slope.value === 0) {
      return { target, name, value: sum(named(name), product(dt, linear.offset)) };
    }
    const growth = call('exp', product(linear.slope, dt));
    const gain = binary('/', binary('-', growth, number(1)), linear.slope);
    const decayed = product(named(name), growth);
    const still = linear.offset.kind === 'number' && linear.offset.value === 0;
    return {
      target,
      name,
      value: still ? decayed : sum(decayed, product(linear.offset, gain)),
      flush: still,
    };
  });
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

/** The state moved on by `by` times the slopes of a stage. */
const moved = (equations: readonly Equation[], by: Expression, stage: string) =>
  new Map(
    derivatives(equations).map(({ name }) => [name, sum(named(name), product(by, slope(name, stage)))]),
  );

function midpoint(equations: readonly Equation[]): Assignment[] {
  refuseDraws(equations, 'midpoint');
  const half = product(number(0.5), dt);
  return [
    ...slopes(equations, '', new Map()),
    ...slopes(equations, '2', moved(equations, half, '')),
    ...derivatives(equations).map(({ name }) => ({
      target: name,
      value: sum(named(name), product(dt, slope(name, '2'))),
    })),
  ];
}

function rungeKutta(equations: readonly Equation[]): Assignment[] {
  refuseDraws(equations, 'rk4');
  const half = product(number(0.5), dt);
  const sixth = binary('/', dt, number(6));
  return [
    ...slopes(equations, '', new Map()),
    ...slopes(equations, '2', moved(equations, half, '')),
    ...slopes(equations, '3', moved(equations, half, '2')),
    ...slopes(equations, '4', moved(equations, dt, '3')),
    ...derivatives(equations).map(({ name }) => {
      const inner = sum(slope(name, '2'), slope(name, '3'));
      const all = sum(sum(slope(name), product(number(2), inner)), slope(name, '4'));
      return { target: name, value: sum(named(name), product(sixth, all)) };
    }),
  ];
}
