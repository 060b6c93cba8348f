import { presynaptic } from '../routes.js';
import type { Memory } from './memory.js';

/**
 * `[synapses of the projection]` of a variable of its rule, or of a trace as each synapse sees it; undefined where the
 * projection has none of the name.
 * @param scaledFor steps since the last rebase
 */
export function readSynapses(
  { numbers, size, places, program }: Memory,
  projection: string,
  name: string,
  scaledFor: () => number,
): Float64Array | undefined {
  const learning = program.learning.find((of) => of.projection.name === projection);
  const trace = learning?.plan.traces.find((of) => of.name === name);
  const isKnown = trace !== undefined || learning?.plan.variables.some((of) => of.name === name);
  if (!learning || !isKnown) return undefined;
  const values = new Float64Array(learning.projection.post.length);
  for (const index of learning.routes) {
    const { variables, traces } = places.routes[index]!.plastic!;
    const { at, down } = (trace ? traces : variables).find((of) => of.name === name)!;
    const worth = down === undefined ? 1 : numbers[down / size + scaledFor()]!;
    const route = program.routes[index]!;
    const cells = trace?.of === 'pre' ? presynaptic(route) : route.post;
    const { first } = trace?.of === 'pre' ? learning.from : learning.to;
    route.synapse.forEach((synapse, s) => {
      values[synapse] = numbers[at / size + (trace ? cells[s]! - first : s)]! * worth;
    });
  }
  return values;
}
