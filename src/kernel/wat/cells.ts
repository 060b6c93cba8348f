import { constancyOf, type Varies } from './constancy.js';
import type { Emission, Part } from './part.js';
import { placesOf, populationCode, type ResetCode } from './population.js';
import type { Places } from './values.js';

/** The cells' own equations: each population lists the cells that fire, those of its train after the others. */
export function cellsPart(
  { program, precision, layout, modulatorAt }: Emission,
  varies: Varies | undefined,
): Part & { places: readonly Places[]; resets: readonly (ResetCode | undefined)[] } {
  const { populations } = program;
  const places = populations.map((population) => placesOf(population, layout, precision, modulatorAt));
  const codes = populations.map((population, i) => {
    const constancy = constancyOf(program, population, precision, varies);
    return populationCode(population, i, places[i]!, precision, constancy);
  });
  const fire = codes.map(({ update }, i) => {
    const list = (name: string) => `(local.set $fired (call $${name}${i} (local.get $fired)))`;
    const { train } = populations[i]!.population;
    return `${update ? list('update') : ''} ${train ? list('train') : ''}`;
  });
  const settle = codes.map(({ settle: code }, i) =>
    code ? `(drop (call $settle${i} (local.get $fired)))` : '',
  );
  return {
    places,
    resets: codes.map(({ reset }) => reset),
    functions: codes.flatMap(({ update, settle }) => [update ?? [], settle ?? []].flat()),
    calls: { fire, settle },
  };
}
