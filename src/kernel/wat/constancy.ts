import type { Scope } from '../graph.js';
import type { Precision } from '../layout.js';
import type { PopulationProgram } from '../population-program.js';
import type { Continuous, Program } from '../program.js';

/** What a lifetime may change of a network's parameters, by `POPULATION.NAME`; everything where absent. */
export type Varies = readonly string[];

/** What is known of a population's values when it is compiled. */
export type Constancy = Pick<Scope, 'fixed' | 'looseZero'>;

/** A population's parameters that no lifetime changes; the step never does. */
export function constancyOf(
  { network }: Program,
  { population, dynamics }: PopulationProgram,
  precision: Precision,
  varies: Varies | undefined,
): Constancy {
  const fixed = new Map([['dt', network.dtMs]]);
  for (const [name, value] of varies ? dynamics.parameters : []) {
    if (typeof value === 'number' && !varies!.includes(`${population.name}.${name}`)) fixed.set(name, value);
  }
  return { fixed, looseZero: precision === 'f32' };
}

/** What is sent reads the receiving port's parameters, whatever the sending population has under that name. */
export function sendingConstancy(
  program: Program,
  { from, to, port }: Continuous,
  precision: Precision,
  varies: Varies | undefined,
): Constancy {
  const isOfPort = (name: string) => name.startsWith(`${port}.`);
  const [sender, receiver] = [from, to].map((of) => constancyOf(program, of, precision, varies));
  const fixed = new Map([
    ...[...sender!.fixed!].filter(([name]) => !isOfPort(name)),
    ...[...receiver!.fixed!].filter(([name]) => isOfPort(name)),
  ]);
  return { ...sender!, fixed };
}
