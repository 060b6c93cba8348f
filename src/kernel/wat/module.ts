import { Layout, type Precision, vectorBytes } from '../layout.js';
import type { Program } from '../program.js';
import { cellsPart } from './cells.js';
import type { Varies } from './constancy.js';
import { type DelayPlaces, deliveriesPart } from './deliveries.js';
import { mixFunctions } from './draws.js';
import { float32Functions, float64Functions, float64Imports } from './elementary.js';
import { type ForcedPlaces, forcedPart } from './forced.js';
import { type LearningPlaces, learningPart, learningPlaces } from './learning.js';
import { type ModulatorPlaces, modulatorsPart, type ReleasePlaces, releasesPart } from './modulators.js';
import { type OutputPlaces, outputsPart } from './outputs.js';
import type { Emission, Part } from './part.js';
import { receivingPart, type SendingPlaces, type SlicePlaces, sendingPart } from './ports.js';
import { type ResetPlaces, resetsPart } from './resets.js';
import { type RingPlaces, ringPart } from './ring.js';
import { type LaidRoute, routesPart } from './routes.js';
import { globals, runFunctions } from './run.js';
import { stepValuesPart } from './step-values.js';
import { type TrainPlaces, trainsPart } from './trains.js';
import type { Places } from './values.js';

/** Where everything stands in a module's memory. */
export interface ModulePlaces extends RingPlaces, ResetPlaces {
  modulators: ModulatorPlaces;
  released: ReleasePlaces;
  /** By population. */
  cells: readonly Places[];
  trains: readonly (TrainPlaces | undefined)[];
  sending: readonly SendingPlaces[];
  receiving: readonly SlicePlaces[];
  /** Bytes that are always 0, and some that nobody reads: ends of synapses that are not there. */
  nothing: number;
  nowhere: number;
  /** By route. */
  routes: readonly LaidRoute[];
  delays: DelayPlaces;
  /** By plastic projection. */
  learning: LearningPlaces;
  forced: ForcedPlaces;
  outputs: readonly OutputPlaces[];
}

/** The text of a program's module. */
export interface ModuleText {
  wat: string;
  precision: Precision;
  /** Bytes of memory that are in use. */
  bytes: number;
  places: ModulePlaces;
}

const functionsOf = (parts: readonly Part[]) => parts.map(({ functions }) => functions.join('\n')).join('\n');

/**
 * The module of a program, assembled from its parts. Each part is given its places when it is made, so the order in
 * which they are made is the order of memory.
 *
 * Networks with one text share one module, which is known by the hash of its text. The text holds a network's structure:
 * equations and rules with the numbers that are written in them, `dtMs`, counts of cells, which cells synapses join, how
 * many spikes trains have, whether a parameter has one value or one for each cell or synapse, signs of plastic
 * projections, and what the network may be told. Weights, parameters of cells, ports, receptors, rules and modulators,
 * what states start from, short-term plasticity and amplitudes stand in memory, and are no part of it. There are two
 * exceptions:
 *
 * - A parameter of cells, ports or receptors that is 0 or 1, and that `varies` is given without, is written into the
 *   text, because then what it does nothing in costs nothing. Parameters of rules never are.
 * - A delay is written into the text, unless lives may change it (`longestDelayMs`): then it stands in memory, and the
 *   text depends on the longest alone. Even so, routes deliver in the order of the delays that the network was made
 *   with, and sums are taken in that order: where other delays change the order, they change the text.
 *
 * @param varies what lifetimes may change; everything where absent
 * @param watched whether intervals between spikes are kept
 */
export function moduleText(
  program: Program,
  precision: Precision,
  varies?: Varies,
  watched = false,
): ModuleText {
  const layout = new Layout();
  // Address 0 is kept free, so that no list begins there.
  layout.take(vectorBytes);
  const modulators = modulatorsPart(program, layout);
  const emission: Emission = { program, precision, layout, modulatorAt: modulators.modulatorAt };
  const cells = cellsPart(emission, varies);
  const trains = trainsPart(emission);
  const sending = sendingPart(emission, cells.places, varies);
  const ends = { nothing: layout.take(vectorBytes), nowhere: layout.take(vectorBytes) };
  const receiving = receivingPart(emission);
  const learned = learningPlaces(emission);
  const routes = routesPart(emission, cells.places, learned);
  const forced = forcedPart(emission);
  const outputs = outputsPart(emission);
  const ring = ringPart(emission);
  const resets = resetsPart(emission, cells.resets, watched);
  const deliveries = deliveriesPart(emission, ring.places);
  const learning = learningPart(emission, learned, routes.learns, deliveries.arriving);
  const releases = releasesPart(emission);
  const values = stepValuesPart(emission, [...cells.places, ...sending.places.map(({ places }) => places)]);

  const running = [cells, sending, receiving, routes, forced, ring, resets, trains];
  const called = [learning, outputs];
  const run = runFunctions(emission, ring.places, [
    ...running,
    ...called,
    modulators,
    deliveries,
    releases,
    values,
  ]);
  const wat = `(module
${precision === 'f64' ? float64Imports : ''}
(memory (export "memory") ${Math.max(1, Math.ceil(layout.bytes / 65536))})
${globals}
${precision === 'f64' ? float64Functions : float32Functions}
${mixFunctions}
${functionsOf(running)}
${run}
${functionsOf(called)})`;
  return {
    wat,
    precision,
    bytes: layout.bytes,
    places: {
      ...ring.places,
      ...resets.places,
      ...ends,
      modulators: modulators.places,
      released: releases.places,
      cells: cells.places,
      trains: trains.places,
      sending: sending.places,
      receiving: receiving.places,
      routes: routes.places,
      delays: deliveries.places,
      learning: learned,
      forced: forced.places,
      outputs: outputs.places,
    },
  };
}
