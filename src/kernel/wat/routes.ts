import { evenRows } from '../even-rows.js';
import { learningOfRoute } from '../program.js';
import type { Route } from '../routes.js';
import type { LearningPlaces } from './learning.js';
import type { Emission, Part } from './part.js';
import { type PlasticCode, plasticityCode } from './plasticity/code.js';
import { type PlasticPlaces, plasticPlaces } from './plasticity/places.js';
import { deliverCode, denseDeliverCode, type LaidRows, layRows } from './rows.js';
import { type ShortTermPlaces, shortTermCode, shortTermPlaces } from './short-term.js';
import type { Places } from './values.js';

/** Where everything of a route stands. */
export interface LaidRoute extends LaidRows {
  plastic: PlasticPlaces | undefined;
  shortTerm: ShortTermPlaces | undefined;
}

interface WrittenRoute {
  places: LaidRoute;
  code: string;
  /** Of a plastic route. */
  learns?: PlasticCode;
}

/** The code of a route whose weights change. */
function plasticRoute(
  emission: Emission,
  cells: readonly Places[],
  learningPlaces: LearningPlaces,
  index: number,
  rows: LaidRows,
  shortTerm: ShortTermPlaces | undefined,
): WrittenRoute {
  const { program, precision, layout, modulatorAt } = emission;
  const learning = learningOfRoute(program, index);
  const plastic = plasticPlaces(
    learning,
    rows.of.target.length,
    learningPlaces[program.learning.indexOf(learning)]!.incoming,
    [...modulatorAt.keys()],
    layout,
    precision,
  );
  const learns = plasticityCode({
    index,
    learning,
    plastic,
    rows,
    shortTerm,
    dtMs: program.network.dtMs,
    layout,
    precision,
    modulatorAt,
    cells: {
      pre: cells[program.populations.indexOf(learning.from)]!,
      post: cells[program.populations.indexOf(learning.to)]!,
    },
  });
  return { places: { ...rows, plastic, shortTerm }, code: learns.code, learns };
}

/**
 * The synapses that spikes act by, route by route.
 * @param cells of each population
 */
export function routesPart(
  emission: Emission,
  cells: readonly Places[],
  learningPlaces: LearningPlaces,
): Part & { places: readonly LaidRoute[]; learns: readonly (PlasticCode | undefined)[] } {
  const { program, precision, layout } = emission;
  const { network } = program;
  const written = program.routes.map((route: Route, index): WrittenRoute => {
    const { plasticity, shortTerm: hasShortTerm } = route.special ?? {};
    const rows = layRows(emission, route.dense || plasticity ? route : evenRows(route));
    const shortTerm = hasShortTerm && shortTermPlaces(layout, program.cells, precision);
    if (plasticity) return plasticRoute(emission, cells, learningPlaces, index, rows, shortTerm);
    const code = shortTerm
      ? shortTermCode(index, rows, shortTerm, precision, network.dtMs)
      : (route.dense ? denseDeliverCode : deliverCode)(index, rows, precision);
    return { places: { ...rows, plastic: undefined, shortTerm }, code };
  });
  return {
    places: written.map(({ places }) => places),
    learns: written.map(({ learns }) => learns),
    functions: written.map(({ code }) => code),
    calls: {},
  };
}
