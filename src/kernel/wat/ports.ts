import { lanes, type Precision, padded } from '../layout.js';
import type { Continuous } from '../program.js';
import { type Slices, slicesByPort } from '../slices.js';
import { Code } from './code.js';
import { type Constancy, sendingConstancy, type Varies } from './constancy.js';
import type { Emission, Part } from './part.js';
import { graphOf, portParameters } from './population.js';
import { Places } from './values.js';

/** Of a projection without spikes: the places of what it sends. */
export interface SendingPlaces {
  places: Places;
  sentAt: number;
}

/** Code that computes what every cell of a population sends to a port without spikes, into an array. */
function sendingCode(
  { from, to, sends, port }: Continuous,
  index: number,
  places: Places,
  sentAt: number,
  precision: Precision,
  constancy: Constancy,
): string {
  const graph = graphOf(from, constancy, portParameters(to, port));
  const node = graph.lower(sends, new Map());
  const code = new Code('vector', precision, places, from.first, [node]);
  const [value] = code.settle([node]);
  return `(func $send${index} (local $i i32) ${code.locals.join(' ')}
    ${code.before.join('\n')}
    (loop $cells
      ${code.body.join('\n')}
      (v128.store offset=${sentAt} (local.get $i) ${value})
      (local.set $i (i32.add (local.get $i) (i32.const 16)))
      (br_if $cells (i32.lt_u (local.get $i)
        (i32.const ${padded(from.population.count) * lanes[precision].bytes})))))`;
}

/** The cells send to ports without spikes, projection by projection. */
export function sendingPart(
  { program, precision, layout, modulatorAt }: Emission,
  cells: readonly Places[],
  varies: Varies | undefined,
): Part & { places: readonly SendingPlaces[] } {
  const sending = program.continuous.map((of, i) => {
    const from = cells[program.populations.indexOf(of.from)]!;
    const count = padded(of.from.population.count);
    const places = new Places(layout, precision, count, from.stateAt, from.drivenAt, modulatorAt);
    const sentAt = layout.take(count * lanes[precision].bytes);
    const constancy = sendingConstancy(program, of, precision, varies);
    return { places, sentAt, code: sendingCode(of, i, places, sentAt, precision, constancy) };
  });
  return {
    places: sending,
    functions: sending.map(({ code }) => code),
    calls: {
      send: program.continuous.map(({ from }, i) => (from.population.count > 0 ? `(call $send${i})` : '')),
    },
  };
}

/** Where the arrays of the synapses onto a port without spikes stand; see ../slices.ts. */
export interface SlicePlaces {
  of: Slices;
  /** i32 `[slices + 1]` byte offset of each slice's first entry, of 4 bytes a lane */
  start: number;
  slices: number;
  /** i32 `[entries * lanes]` address of what is sent */
  sent: number;
  /** `[entries * lanes]` */
  weights: number;
  /** i32 `[slices * lanes]` address of what receives the sum */
  targets: number;
}

/** The weighted sum of what is sent to each cell of a port, in the place of what was there. */
function spreadCode(index: number, places: SlicePlaces, precision: Precision): string {
  const { scalar: T, vector, count, shift } = lanes[precision];
  const bits = precision === 'f32' ? 32 : 64;
  const sentTo = (lane: number) => `(i32.load offset=${places.sent + 4 * lane} (local.get $entry))`;
  let sent = `(v128.load${bits}_zero ${sentTo(0)})`;
  for (let lane = 1; lane < count; lane++) sent = `(v128.load${bits}_lane ${lane} ${sentTo(lane)} ${sent})`;
  const weight = `(v128.load offset=${places.weights} (i32.shl (local.get $entry) (i32.const ${shift - 2})))`;
  const stores = Array.from(
    { length: count },
    (_, lane) => `(${T}.store (i32.load offset=${places.targets + 4 * lane} (local.get $target))
      (${vector}.extract_lane ${lane} (local.get $sum)))`,
  );
  return `(func $spread${index} (local $slice i32) (local $entry i32) (local $end i32) (local $target i32) (local $sum v128)
    (loop $next
      (local.set $sum (v128.const i32x4 0 0 0 0))
      (local.set $end (i32.load offset=${places.start + 4} (local.get $slice)))
      (loop $entries
        (local.set $sum (${vector}.add (local.get $sum) (${vector}.mul ${weight} ${sent})))
        (local.set $entry (i32.add (local.get $entry) (i32.const ${4 * count})))
        (br_if $entries (i32.lt_u (local.get $entry) (local.get $end))))
      ${stores.join('\n')}
      (local.set $target (i32.add (local.get $target) (i32.const ${4 * count})))
      (local.set $slice (i32.add (local.get $slice) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $slice) (i32.const ${4 * places.slices})))))`;
}

/** Ports without spikes receive what is sent to them, port by port. */
export function receivingPart({
  program,
  precision,
  layout,
}: Emission): Part & { places: readonly SlicePlaces[] } {
  const { bytes, count } = lanes[precision];
  const places = slicesByPort(program, count).map((of) => ({
    of,
    slices: of.start.length - 1,
    start: layout.take(of.start.length * 4),
    sent: layout.take(of.pre.length * 4),
    weights: layout.take(of.pre.length * bytes),
    targets: layout.take(of.post.length * 4),
  }));
  return {
    places,
    functions: places.map((of, i) => spreadCode(i, of, precision)),
    calls: { receive: places.map((_, i) => `(call $spread${i})`) },
  };
}
