import type { Layout, Precision } from '../../layout.js';
import type { Learning } from '../../learning.js';
import type { RoutePlaces } from '../rows.js';
import type { ShortTermPlaces } from '../short-term.js';
import type { Places } from '../values.js';
import type { PlasticPlaces } from './places.js';

/** What surrounds the code of one plastic route. */
export interface RuleSurroundings {
  index: number;
  learning: Learning;
  plastic: PlasticPlaces;
  rows: RoutePlaces;
  /** Where the route has short-term plasticity as well. */
  shortTerm: ShortTermPlaces | undefined;
  dtMs: number;
  layout: Layout;
  precision: Precision;
  modulatorAt: ReadonlyMap<string, number>;
  /** Of the two populations. */
  cells: { pre: Places; post: Places };
}
