import type { Connectome } from '../../connectome/connectome.js';
import { type FigureRow, rowOf } from '../../figure/figure.js';
import type { MapShape } from '../../figure/map.js';
import { disc, type LegendEntry, polygon, stroke } from '../../figure/marks.js';
import { count, faded, ink, palette } from '../../figure/theme.js';
import type { Silencing } from '../../inspect/attribution/silencing.js';
import type { Attribution, ChangeEffect } from '../../inspect/attribution/types.js';

const width = 928;
const rowHeight = 15;
const nameSize = 11;
/** From a name to its cell: an arrowhead stands between them. */
const nameGap = 16;
/** How often cells move to the height of their partners. */
const sweeps = 6;

const roles = ['sensory', 'interneuron', 'motor', 'muscle', 'other'] as const;
type Role = (typeof roles)[number];

/** From sense to muscle; a cell of several roles stands with the first that it has on that way. */
function roleOf({ cells }: Connectome, cell: number): Role {
  if (cells.kinds[cell] === 'm') return 'muscle';
  const role = cells.roles[cell] ?? '';
  if (role.includes('s')) return 'sensory';
  if (role.includes('i')) return 'interneuron';
  return role.includes('m') ? 'motor' : 'other';
}

/** A changed synapse, with its cells as the connectome counts them. */
interface ChangedSynapse {
  pre: number;
  post: number;
  change: ChangeEffect;
}

function changedSynapses({ cells, chemical }: Connectome, { changes }: Attribution): ChangedSynapse[] {
  const named = new Map<string, { pre: number; post: number }>();
  for (let synapse = 0; synapse < chemical.count; synapse++) {
    const [pre, post] = [chemical.pre[synapse]!, chemical.post[synapse]!];
    named.set(`${cells.ids[pre]}->${cells.ids[post]}`, { pre, post });
  }
  return changes.flatMap((change) => {
    const found = named.get(change.name);
    return found ? [{ ...found, change }] : [];
  });
}

const isKept = ({ fresh, trained }: ChangeEffect) => fresh.kept || trained.kept;

interface Spot {
  x: number;
  y: number;
}

/** Cells in a column for each role, those that are joined near each other: each moves to the mean height of its partners. */
function spotsOf(connectome: Connectome, synapses: readonly ChangedSynapse[]) {
  const partners = new Map<number, number[]>();
  const join = (a: number, b: number) => partners.set(a, [...(partners.get(a) ?? []), b]);
  for (const { pre, post } of synapses) {
    join(pre, post);
    join(post, pre);
  }
  const columns = roles
    .map((role) =>
      [...partners.keys()].filter((cell) => roleOf(connectome, cell) === role).sort((a, b) => a - b),
    )
    .filter((cells) => cells.length > 0);
  const most = Math.max(...columns.map((cells) => cells.length));
  const height = new Map<number, number>();
  const place = (cells: readonly number[]) => {
    cells.forEach((cell, i) => {
      height.set(cell, ((i + 0.5) * most) / cells.length);
    });
  };
  for (const cells of columns) place(cells);
  const middle = (cell: number) => {
    const near = partners.get(cell)!;
    return near.reduce((sum, other) => sum + height.get(other)!, 0) / near.length;
  };
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (const cells of columns) {
      const wanted = new Map(cells.map((cell) => [cell, middle(cell)]));
      cells.sort((a, b) => wanted.get(a)! - wanted.get(b)! || a - b);
      place(cells);
    }
  }
  const spots = new Map<number, Spot>();
  const step = (width - 160) / Math.max(1, columns.length - 1);
  columns.forEach((cells, column) => {
    for (const cell of cells) spots.set(cell, { x: 70 + column * step, y: height.get(cell)! * rowHeight });
  });
  return { spots, height: most * rowHeight };
}

const bend = 12;

/** A curve from a cell to another, which ends at an arrowhead; within a column it bulges to the right. */
function curve(from: Spot, to: Spot): { x: number[]; y: number[] } {
  const bulge = from.x === to.x ? 40 + Math.abs(to.y - from.y) / 6 : 0;
  const controls = [
    from,
    { x: (from.x + to.x) / 2 + bulge, y: (from.y + to.y) / 2 - (bulge === 0 ? bend : 0) },
    to,
  ];
  const at = (t: number, pick: (spot: Spot) => number) =>
    (1 - t) * (1 - t) * pick(controls[0]!) +
    2 * t * (1 - t) * pick(controls[1]!) +
    t * t * pick(controls[2]!);
  const times = Array.from({ length: 17 }, (_, i) => i / 16);
  return { x: times.map((t) => at(t, ({ x }) => x)), y: times.map((t) => at(t, ({ y }) => y)) };
}

/** A triangle in the direction in which a curve ends. */
function arrowhead({ x, y }: { x: number[]; y: number[] }, colour: string, size: number): MapShape {
  const [dx, dy] = [x.at(-1)! - x.at(-2)!, y.at(-1)! - y.at(-2)!];
  const length = Math.sqrt(dx * dx + dy * dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const tip = 5;
  const points = [
    [-tip * ux, -tip * uy],
    [-(tip + size) * ux - (size / 2) * uy, -(tip + size) * uy + (size / 2) * ux],
    [-(tip + size) * ux + (size / 2) * uy, -(tip + size) * uy - (size / 2) * ux],
  ] as const;
  return { shape: 'mark', x: x.at(-1)!, y: y.at(-1)!, mark: polygon(colour, points) };
}

const colours = { up: palette.vermilion, down: palette.blue, back: '#c4c4c4' } as const;

/** A changed synapse: its line, and the arrowhead of one that is kept. */
function synapseShapes({ change }: ChangedSynapse, from: Spot, to: Spot, most: number) {
  const line = curve(from, to);
  if (!isKept(change)) {
    const faint: MapShape = { shape: 'path', ...line, colour: colours.back, lineWidth: 0.7 };
    return { lines: [faint], heads: [] };
  }
  const colour = change.value! > change.start! ? colours.up : colours.down;
  const strength = Math.min(1, Math.max(0, change.fresh.effect / most));
  const strong: MapShape = {
    ...{ shape: 'path', ...line, colour: faded(colour, 0.45 + 0.5 * strength) },
    lineWidth: 0.8 + 3.2 * strength,
  };
  return { lines: [strong], heads: [arrowhead(line, colour, 5 + 4 * strength)] };
}

/** Cells as dots, the larger the more fresh lives lose without them, and names of those that kept synapses join. */
function cellShapes(
  { cells: { ids } }: Connectome,
  spots: ReadonlyMap<number, Spot>,
  named: ReadonlySet<number>,
  silencing: Silencing | undefined,
) {
  const losses = new Map(silencing?.silenced.map(({ name, fresh }) => [name, fresh.effect]));
  const most = Math.max(1e-12, ...losses.values());
  const names: MapShape[] = [];
  const dots = [...spots].map(([cell, { x, y }]): MapShape => {
    const name = ids[cell]!;
    const loss = losses.get(name);
    const radius = loss === undefined ? 2.5 : 2 + 3.5 * Math.max(0, loss / most);
    if (named.has(cell)) {
      const wide = name.length * 0.68 * nameSize;
      const isLast = x > width - 100;
      const left = isLast ? x + 7 : x - nameGap - wide;
      names.push(
        // A ground parts the name from synapses.
        { shape: 'rectangle', x: left, y: y - 6, width: wide, height: 12, fill: '#ffffffcc' },
        {
          ...({ shape: 'words', text: name, size: nameSize, colour: ink.text, y } as const),
          x: isLast ? left : left + wide,
          align: isLast ? 'left' : 'right',
        },
      );
    }
    return { shape: 'mark', x, y, mark: disc(radius, named.has(cell) ? palette.black : colours.back) };
  });
  return { dots, names };
}

/** The names of the roles above their columns. */
const roleHeads = (connectome: Connectome, spots: ReadonlyMap<number, Spot>): MapShape[] => {
  const columns = new Map([...spots].map(([cell, { x }]) => [roleOf(connectome, cell), x]));
  return [...columns].map(([role, x]) => ({
    ...{ shape: 'words', text: role, size: 14, colour: ink.muted, x, y: -12 },
  }));
};

/**
 * The changed synapses of a connectome between their cells, from sense to muscle: those that the gain needs in colour, by the
 * direction of their change and as strong as their loss, and those that may go back in grey. Nothing where no change is of a synapse.
 */
export function changedWiring(
  connectome: Connectome,
  attribution: Attribution,
  silencing?: Silencing,
): FigureRow[] {
  const all = changedSynapses(connectome, attribution);
  const kept = all.filter(({ change }) => isKept(change));
  if (kept.length === 0) return [];
  const { spots, height } = spotsOf(connectome, all);
  const most = Math.max(...kept.map(({ change }) => change.fresh.effect), 1e-12);
  const strongestLast = all.toSorted(
    ({ change: a }, { change: b }) =>
      Number(isKept(a)) - Number(isKept(b)) || a.fresh.effect - b.fresh.effect,
  );
  const synapses = strongestLast.map((synapse) =>
    synapseShapes(synapse, spots.get(synapse.pre)!, spots.get(synapse.post)!, most),
  );
  const named = new Set(kept.flatMap(({ pre, post }) => [pre, post]));
  const { dots, names } = cellShapes(connectome, spots, named, silencing);
  const entries: LegendEntry[] = [
    { text: 'weight went up', mark: stroke(colours.up, 24, 3) },
    { text: 'weight went down', mark: stroke(colours.down, 24, 3) },
    { text: `may go back (${count(all.length - kept.length)})`, mark: stroke(colours.back, 24, 1) },
    ...(silencing
      ? [{ text: 'the larger, the more fresh lives lose without the cell', mark: disc(5, palette.black) }]
      : []),
  ];
  return [
    rowOf(
      {
        block: 'words',
        height: 24,
        text: `The ${count(kept.length)} synapses that keep the gain, on the trained life or on fresh lives; width: loss on fresh lives`,
        size: 16,
        bold: true,
        colour: ink.text,
      },
      18,
    ),
    rowOf({ block: 'legend', entries }),
    rowOf({
      block: 'map',
      width,
      height,
      across: { low: 0, high: width },
      up: { low: height, high: 0 },
      room: { above: 24, below: 8 },
      shapes: [
        ...roleHeads(connectome, spots),
        ...synapses.flatMap(({ lines }) => lines),
        ...names,
        ...synapses.flatMap(({ heads }) => heads),
        ...dots,
      ],
    }),
  ];
}
