import { drawsIn, linearIn, namesIn, signOf, substitute } from '../../../expression/analysis.js';
import { childrenOf, type Equation, type Expression } from '../../../expression/ast.js';
import { call, named } from '../../../expression/build.js';
import { parseEquation, parseExpression, parseStatement } from '../../../expression/parse.js';
import {
  currents,
  type Dynamics,
  modulated,
  peakOf,
  portNames,
  receivingState,
} from '../../model/dynamics.js';
import { type Integrator, written } from '../../model/integrators.js';
import type { Population } from '../../model/network.js';

/** Methods of Brian 2 that step as an integrator does. */
const methods: Partial<Record<Integrator, string>> = {
  euler: 'euler',
  'exponential-euler': 'exponential_euler',
  midpoint: 'rk2',
  rk4: 'rk4',
};

/** What Brian 2's own integration and refractoriness say of a population as Baldwin means it. */
export interface NativeEquations {
  method: string;
  /** The cells' summed current, where equations use it. */
  current: Expression | undefined;
  equations: readonly Equation[];
  /** Pure decays of ports, by the names of the population. */
  portEquations: readonly { name: string; value: Expression }[];
  /** States that are held while a cell is refractory. */
  held: ReadonlySet<string>;
  /** Steps-free text of the refractory time, ms; or a condition that keeps a cell from firing again. */
  refractory?: { ms: Expression } | { while: Expression };
  threshold?: Expression;
}

/** Whether a name stands in an argument of a function, where Brian 2 does not see what is linear in it. */
function isWithinCall(e: Expression, name: string): boolean {
  if (e.kind === 'call') return e.arguments.some((argument) => namesIn(argument).has(name));
  return childrenOf(e).some((child) => isWithinCall(child, name));
}

/** Whether each equation is linear in its own state by a slope that is never 0, by which Brian 2 divides. */
const areLinear = (equations: readonly Equation[]): boolean =>
  written(equations).every(({ name, value }) => {
    const linear = linearIn(value, name);
    if (!linear || isWithinCall(value, name)) return false;
    const { slope } = linear;
    return (slope.kind === 'number' && slope.value === 0) || signOf(slope) !== 0;
  });

/** The equations with an upstroke that ends at its peak at every stage; undefined where spikes may bring a cell beyond. */
function withPeak(population: Population, equations: readonly Equation[]): readonly Equation[] | undefined {
  const peak = peakOf(population.model);
  if (!peak) return equations;
  const reached = Object.entries(population.ports).some(
    ([port, { model }]) => model.receives !== undefined && receivingState(port, model) === peak.state,
  );
  if (reached) return undefined;
  const ended = new Map([[peak.state, call(peak.by, named(peak.state), peak.value)]]);
  return equations.map((equation) => ({ ...equation, value: substitute(equation.value, ended) }));
}

/** What keeps a cell from firing again; undefined where Brian 2 says it otherwise. */
function refractoryOf(
  population: Population,
  threshold: Expression | undefined,
  inPlace: ReadonlyMap<string, Expression>,
): Pick<NativeEquations, 'refractory' | 'held'> | undefined {
  const { model, ports } = population;
  const { refractory, firing, reset = [] } = model;
  if (!threshold) return { held: new Set() };
  if (firing === 'crossing') {
    const read = namesIn(threshold);
    const isMoved =
      reset.some((text) => read.has(parseStatement(text).target)) ||
      Object.entries(ports).some(
        ([port, { model: of }]) => of.receives !== undefined && read.has(receivingState(port, of)),
      );
    return refractory || isMoved ? undefined : { held: new Set(), refractory: { while: threshold } };
  }
  if (!refractory) return { held: new Set() };
  const ms = parseExpression(refractory.ms);
  if ([...namesIn(ms)].some((name) => inPlace.has(name))) return undefined;
  return { held: new Set(refractory.holds), refractory: { ms } };
}

/** Pure decays that are stepped with the cell's equations, where the method does so exactly. */
const portEquationsOf = (ports: Population['ports'], method: string) =>
  method !== 'exponential_euler'
    ? []
    : Object.entries(ports).flatMap(([port, { model }]) => {
        if ((model.update ?? []).length > 0) return [];
        const names = portNames(port, model);
        return (model.equations ?? []).map(parseEquation).map(({ name, value }) => ({
          name: `${port}.${name}`,
          value: substitute(value, names),
        }));
      });

/**
 * A population in Brian 2's own equations; undefined where these mean something else, so that it is to be stepped by
 * statements: schemes that Brian 2 lacks, equations that its integrators take otherwise, held states that spikes reach.
 */
export function nativeEquations(population: Population, dynamics: Dynamics): NativeEquations | undefined {
  const { model, ports } = population;
  const parsed = (model.equations ?? []).map(parseEquation);
  const method = methods[model.integrator ?? 'euler'];
  if (!method || !parsed.some(({ derivative }) => derivative) || model.update) return undefined;
  if (dynamics.states.some(({ name }) => name.startsWith('kept.'))) return undefined;
  const inPlace = modulated(population);
  const { total } = currents(ports);
  const applied = (e: Expression) => substitute(e, inPlace);
  const current = substitute(inPlace.get('I') ?? named('I'), new Map([['I', total]]));
  inPlace.delete('I');
  const usesCurrent = parsed.some(({ value }) => namesIn(value).has('I'));
  const all: Equation[] = [
    ...(usesCurrent ? [{ name: 'I', derivative: false, value: current, text: 'I' }] : []),
    ...parsed,
  ].map((equation) => ({ ...equation, value: applied(equation.value) }));
  if (all.some(({ value }) => drawsIn(value) > 0)) return undefined;
  const stages = method === 'rk2' || method === 'rk4';
  // Within a step Brian 2's time goes on.
  if (stages && all.some(({ value }) => namesIn(value).has('t'))) return undefined;
  if (method === 'exponential_euler' && !areLinear(all)) return undefined;
  const equations = stages ? withPeak(population, all) : all;
  const threshold = model.threshold === undefined ? undefined : parseExpression(model.threshold, 'condition');
  if (!equations || (threshold && drawsIn(threshold) > 0)) return undefined;
  const refractory = refractoryOf(population, threshold, inPlace);
  if (!refractory) return undefined;
  const [first] = usesCurrent ? equations : [];
  return {
    method,
    current: first?.value,
    equations: usesCurrent ? equations.slice(1) : equations,
    portEquations: portEquationsOf(ports, method),
    ...refractory,
    ...(threshold ? { threshold: applied(threshold) } : {}),
  };
}
