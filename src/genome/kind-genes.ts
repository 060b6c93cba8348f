import { kindValues, spreadKinds } from '../network/model/kinds.js';
import type { Population } from '../network/model/network.js';

/** A parameter of one kind of a population's cells. */
export interface KindParameter {
  population: string;
  kind: string;
  name: string;
}

/** What `POPULATION[KIND].NAME` names; undefined for names of another form. */
export function kindParameterNamed(path: string): KindParameter | undefined {
  const [, population, kind, name] = /^(.*)\[(.*)\]\.(.*)$/.exec(path) ?? [];
  return population === undefined ? undefined : { population, kind: kind!, name: name! };
}

type Populations = readonly Pick<Population, 'name' | 'count' | 'kinds'>[];

/** What the genes of kinds make of a network's cells: shares first, whatever the order of the genes, then parameters. */
export class KindGenes {
  private readonly shares = new Map<string, ReadonlyMap<string, number>>();
  private readonly parameters: { of: KindParameter; value: number }[] = [];

  constructor(private readonly populations: Populations) {}

  share(population: string, shares: ReadonlyMap<string, number>): void {
    this.shares.set(population, shares);
  }

  parameter(of: KindParameter, value: number): void {
    this.parameters.push({ of, value });
  }

  /** Which cell is of which kind, by population; where no gene says so, as the network has it. */
  kinds(): Record<string, Int32Array> {
    return Object.fromEntries(
      this.populations.flatMap(({ name, count, kinds }) => {
        if (!kinds) return [];
        const shares = this.shares.get(name);
        const own = Object.keys(kinds.parameters).map((kind) => shares?.get(kind) ?? 0);
        return [[name, shares ? spreadKinds(own, count) : kinds.of]];
      }),
    );
  }

  /** Values for each cell of what the genes change, as `POPULATION.NAME`. */
  values(): Record<string, Float64Array> {
    const all: Record<string, Float64Array> = {};
    const kindOf = this.kinds();
    for (const { name, kinds } of this.populations) {
      if (!kinds) continue;
      const shares = this.shares.get(name);
      const own = this.parameters.filter(({ of }) => of.population === name);
      if (!shares && own.length === 0) continue;
      const parameters = Object.fromEntries(
        Object.entries(kinds.parameters).map(([kind, values]) => [
          kind,
          {
            ...values,
            ...Object.fromEntries(
              own.filter(({ of }) => of.kind === kind).map(({ of, value }) => [of.name, value]),
            ),
          },
        ]),
      );
      const changed = shares ? undefined : new Set(own.map(({ of }) => of.name));
      for (const [parameter, values] of Object.entries(
        kindValues({ ...kinds, parameters, of: kindOf[name]! }),
      )) {
        if (!changed || changed.has(parameter)) all[`${name}.${parameter}`] = values;
      }
    }
    return all;
  }
}
