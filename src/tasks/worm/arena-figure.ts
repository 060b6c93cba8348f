import type { MapBlock, MapShape } from '../../figure/map.js';
import { box, diamond, type LegendEntry, stack } from '../../figure/marks.js';
import { count, faded, ground, palette } from '../../figure/theme.js';
import { arena } from './arena.js';
import { eatenAt } from './eaten.js';
import type { WormTrace } from './trace.js';

/** Room around an arena, in units of layout. */
export const arenaRoom = {
  /** With an axis at the left, and without one. */
  left: { axis: 74, plain: 16 },
  right: 24,
  /** For half a figure of an axis, and for marks that stand on a wall. */
  above: 12,
  below: { axis: 58, plain: 12 },
} as const;

const startMark = stack(diamond(8.5, 'white'), diamond(7, palette.black), diamond(4.2, 'white'));
const endMark = stack(box(13.5, 13.5, 'white'), box(10.5, 10.5, palette.black));
const eaten = { fill: faded(palette.vermilion, 0.75), edge: { colour: palette.vermilion, width: 1.2 } };
const left = { fill: '#ffffff00', edge: { colour: ground.outline, width: 1.2 } };

function walls(): MapShape[] {
  const { width, height, touchDistance: touch } = arena;
  return [
    { shape: 'rectangle', x: 0, y: 0, width, height, fill: ground.margin },
    {
      shape: 'rectangle',
      x: touch,
      y: touch,
      width: width - 2 * touch,
      height: height - 2 * touch,
      fill: 'white',
    },
    { shape: 'rectangle', x: 0, y: 0, width, height, edge: { colour: ground.wall, width: 1.4 } },
  ];
}

/** Places with several food items, which would look like one. */
function crowdedPlaces({ food }: WormTrace): { x: number; y: number; items: number }[] {
  const places = new Map<string, { x: number; y: number; items: number }>();
  food.x.forEach((x, i) => {
    const y = food.y[i]!;
    const place = places.get(`${x},${y}`) ?? { x, y, items: 0 };
    place.items += 1;
    places.set(`${x},${y}`, place);
  });
  return [...places.values()].filter(({ items }) => items > 1);
}

/** Everything between the walls: margin, food, path, and where it starts and ends. */
function world(trace: WormTrace, lastStep: number): MapShape[] {
  const { x, y, food } = trace;
  const steps = eatenAt(trace);
  const items = (wanted: boolean, look: { fill: string; edge: { colour: string; width: number } }) =>
    [...steps].flatMap((step, i): MapShape[] =>
      step > 0 === wanted
        ? [{ shape: 'circle', x: food.x[i]!, y: food.y[i]!, radius: arena.eatDistance, ...look }]
        : [],
    );
  return [
    ...walls(),
    // Where items overlap, an open circle stays visible on a filled one.
    ...items(true, eaten),
    ...items(false, left),
    { shape: 'timed-path', x, y, lastStep, lineWidth: 2.2 },
    ...crowdedPlaces(trace).map(
      (place): MapShape => ({
        shape: 'words',
        x: place.x,
        y: place.y - 1.9 * arena.eatDistance,
        text: `×${place.items}`,
        size: 12,
        colour: palette.black,
      }),
    ),
    { shape: 'mark', x: x.at(-1)!, y: y.at(-1)!, mark: endMark },
    { shape: 'mark', x: x[0]!, y: y[0]!, mark: startMark },
  ];
}

/** One arena with its food and a path, with or without axes. */
export function arenaMap(
  { trace, ...caption }: { title: string; subtitle: string; trace: WormTrace },
  width: number,
  lastStep: number,
  axes: { x: boolean; y: boolean },
): MapBlock {
  return {
    block: 'map',
    width,
    height: (width * arena.height) / arena.width,
    across: { low: 0, high: arena.width },
    up: { low: arena.height, high: 0 },
    room: {
      left: axes.y ? arenaRoom.left.axis : arenaRoom.left.plain,
      right: arenaRoom.right,
      above: arenaRoom.above,
      below: axes.x ? arenaRoom.below.axis : arenaRoom.below.plain,
    },
    caption,
    axes: {
      ...(axes.x ? { x: { title: 'x (units)', step: 400 } } : {}),
      ...(axes.y ? { y: { title: 'y (units)', step: 400 } } : {}),
    },
    shapes: world(trace, lastStep),
  };
}

export function arenaLegend(traces: readonly WormTrace[], lastStep: number): LegendEntry[] {
  const crowded = traces.some((trace) => crowdedPlaces(trace).length > 0);
  return [
    { text: 'start', mark: startMark },
    { before: 'path: step 0', text: count(lastStep), mark: { mark: 'time', width: 110 } },
    { text: 'end', mark: endMark },
    {
      text: `touch margin (${arena.touchDistance} units)`,
      mark: stack(box(22, 14, ground.marginEdge), box(20.5, 12.5, ground.margin)),
    },
    {
      text: `food left (circle: eating distance, ${arena.eatDistance} units)`,
      mark: { mark: 'disc', radius: 6, ...left },
    },
    {
      text: `food eaten${crowded ? '; ×2: two items in one place' : ''}`,
      mark: { mark: 'disc', radius: 6, ...eaten },
    },
  ];
}
