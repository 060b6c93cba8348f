import { evenRows } from '../even-rows.js';
import type { Emission, Part } from './part.js';
import { deliverCode, type LaidRows, layRows } from './rows.js';

/** Rows by input, and i32 `[inputs]` their numbers. */
export type ForcedPlaces = LaidRows & { inputs: number };

/** Inputs that fire cells deliver these cells' synapses in every step while they are on. */
export function forcedPart(emission: Emission): Part & { places: ForcedPlaces } {
  const { program, precision, layout } = emission;
  const { network, forced } = program;
  const inputs = layout.take(network.inputs.length * 4);
  const places = { ...layRows(emission, evenRows(forced)), inputs };
  const delivers = forced.target.length > 0;
  const force = network.inputs.map(({ kind }, input) =>
    kind === 'fire' && delivers
      ? `(if (i32.and (local.get $active) (i32.const ${1 << input})) (then
            (call $deliverForced (i32.const ${inputs + 4 * input}) (i32.const ${inputs + 4 * input + 4}))))`
      : '',
  );
  return {
    places,
    functions: [delivers ? deliverCode('Forced', places, precision) : ''],
    calls: { force },
  };
}
