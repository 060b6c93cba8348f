import type { Connectome } from '../../connectome/connectome.js';
import type { ChartBlock } from '../../figure/chart.js';
import { type Block, type Figure, type FigureRow, rowOf } from '../../figure/figure.js';
import type { MapBlock, MapShape } from '../../figure/map.js';
import { disc, type LegendEntry } from '../../figure/marks.js';
import { count, ink, palette, textSize } from '../../figure/theme.js';
import { degreesChart, degreesOf, survivalLine, weightBins } from './connectome-parts.js';

const width = 960;
const half = width / 2;
const height = 270;

/** Groups of cells in the order of the adjacency: from sense to muscle. */
const groups = ['sensory', 'interneuron', 'motor', 'not known', 'muscle', 'other'] as const;
type Group = (typeof groups)[number];
const groupColours: Record<Group, string> = {
  sensory: palette.green,
  interneuron: palette.purple,
  motor: palette.vermilion,
  'not known': palette.grey,
  muscle: palette.black,
  other: palette.sky,
};
const signs = ['positive', 'negative', 'unknown'] as const;
const signColours = { positive: palette.vermilion, negative: palette.blue, unknown: palette.grey };
const signOf = (sign: number) => (sign > 0 ? 'positive' : sign < 0 ? 'negative' : 'unknown');

/** A cell of several roles stands with the first that it has on the way from sense to muscle. */
function groupsOf({ cells }: Connectome): Group[] {
  return cells.kinds.map((kind, i) => {
    if (kind === 'm') return 'muscle';
    if (kind === 'o') return 'other';
    const role = cells.roles[i]!;
    if (role.includes('s')) return 'sensory';
    if (role.includes('i')) return 'interneuron';
    return role.includes('m') ? 'motor' : 'not known';
  });
}

interface CountedName {
  name: string;
  cells: number;
  colour: string;
}

/** Bars that lie, one a name. */
const countChart = (counted: readonly CountedName[], title: string, wide: number): ChartBlock => ({
  block: 'chart',
  width: wide,
  height,
  x: { axis: 'linear', title, fromZero: true, whole: true },
  y: { axis: 'categories', names: counted.map(({ name }) => name) },
  series: [
    {
      series: 'bars',
      values: counted.map(({ cells }) => cells),
      colour: counted.map(({ colour }) => colour),
    },
  ],
});

/** Cells by role; where no role is known and classes are few, by class. */
function cellCounts({ cells }: Connectome, group: readonly Group[]): CountedName[] {
  const { classes } = cells;
  const distinct = [...new Set(classes)];
  if (distinct.length <= 12 && group.every((name) => name === 'not known')) {
    return distinct
      .map((name) => ({
        name: `class ${name}`,
        cells: classes.filter((each) => each === name).length,
        colour: groupColours['not known'],
      }))
      .sort((a, b) => b.cells - a.cells);
  }
  return groups
    .filter((name) => group.includes(name))
    .map((name) => {
      const kinds = new Set(classes.filter((_, i) => group[i] === name)).size;
      return {
        name: `${name} (${count(kinds)} ${kinds === 1 ? 'class' : 'classes'})`,
        cells: group.filter((each) => each === name).length,
        colour: groupColours[name],
      };
    });
}

function transmitterCounts({ cells }: Connectome): CountedName[] {
  const counts = new Map<string, number>();
  for (const [i, list] of cells.transmitters.entries()) {
    if (cells.kinds[i] !== 'n') continue;
    for (const name of list.length > 0 ? list : ['none known']) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, 9)
    .map(([name, number]) => ({
      name,
      cells: number,
      colour: name === 'none known' ? palette.grey : palette.blue,
    }));
}

function degrees(connectome: Connectome): ChartBlock {
  const { out, in: into, gap } = degreesOf(connectome);
  const lines = [
    survivalLine(out, palette.vermilion),
    survivalLine(into, palette.blue),
    ...(connectome.gap.count > 0 ? [survivalLine(gap, palette.green, [6, 3])] : []),
  ];
  return degreesChart(lines, half, height);
}

/** Connections by weight in bins that double, stacked by sign. */
function weights({ chemical, weightUnit }: Connectome): ChartBlock {
  const { bounds, labels, bin } = weightBins(chemical.weight);
  const stacks = {
    positive: bounds.map(() => 0),
    negative: bounds.map(() => 0),
    unknown: bounds.map(() => 0),
  };
  for (let k = 0; k < chemical.count; k++) {
    if (chemical.weight[k]! > 0) stacks[signOf(chemical.sign[k]!)][bin(chemical.weight[k]!)]! += 1;
  }
  return {
    block: 'chart',
    width: half,
    height,
    x: { axis: 'categories', title: `weight (${weightUnit})`, names: labels, sparse: true },
    y: { axis: 'linear', title: 'chemical connections', fromZero: true, whole: true },
    series: signs.map((name) => ({
      series: 'bars',
      values: stacks[name],
      colour: signColours[name],
      stacked: true,
    })),
  };
}

/** Where each cell stands in the adjacency: from sense to muscle. Rows end with the last group that sends anything. */
function adjacencyOf({ cells, chemical }: Connectome, group: readonly Group[]) {
  const rank = (cell: number) => groups.indexOf(group[cell]!);
  const order = [...cells.ids.keys()].sort((i, j) => rank(i) - rank(j) || i - j);
  const place = new Int32Array(cells.count);
  for (const [i, cell] of order.entries()) place[cell] = i;
  let last = -1;
  for (const pre of chemical.pre) last = Math.max(last, rank(pre));
  const spans = groups.map((name, at) => ({
    name,
    from: order.filter((cell) => rank(cell) < at).length,
    length: group.filter((each) => each === name).length,
  }));
  const rows = order.filter((cell) => rank(cell) <= last).length;
  return { place, spans: spans.filter(({ length }) => length > 0), rows };
}

/** Cells of which so many are named in the adjacency: more would leave no room for their names. */
const mostNamed = 48;
const nameSize = 13;

/** The names of cells along the rows and columns of an adjacency, `away` from its edge. */
function cellNames({ cells }: Connectome, place: Int32Array, rows: number, away: number): MapShape[] {
  return cells.ids.flatMap((text, cell): MapShape[] => {
    const at = place[cell]! + 0.5;
    const look = { shape: 'words', text, size: nameSize, colour: ink.text } as const;
    const column: MapShape = { ...look, x: at, y: -away, align: 'left', turned: true };
    return at < rows ? [column, { ...look, x: -away, y: at, align: 'right' }] : [column];
  });
}

/** Rows are presynaptic and columns postsynaptic cells; a square is a connection, in the colour of its sign. */
function adjacencyMap(connectome: Connectome, group: readonly Group[], size: number): MapBlock {
  const { cells, chemical } = connectome;
  const { place, spans, rows } = adjacencyOf(connectome, group);
  const step = size / cells.count;
  const named = cells.count <= mostNamed;
  // Bars beside the map tell the groups, 8 wide and 4 from the edge.
  const [away, thick] = [12 / step, 8 / step];
  const line = (x: number[], y: number[]): MapShape => ({
    shape: 'path',
    x,
    y,
    colour: ink.grid,
    lineWidth: 0.8,
  });
  const groupShapes = spans.flatMap(({ name, from, length }): MapShape[] => {
    const fill = groupColours[name];
    const above: MapShape[] = [
      { shape: 'rectangle', x: from, y: -away, width: length, height: thick, fill },
      line([from, from], [0, rows]),
    ];
    if (from >= rows) return above;
    return [
      ...above,
      { shape: 'rectangle', x: -away, y: from, width: thick, height: length, fill },
      line([0, cells.count], [from, from]),
    ];
  });
  const squares = signs.map((name): MapShape => {
    const some = [...chemical.sign.keys()].filter((k) => signOf(chemical.sign[k]!) === name);
    return {
      shape: 'squares',
      x: some.map((k) => place[chemical.post[k]!]!),
      y: some.map((k) => place[chemical.pre[k]!]!),
      // Where there is room, squares of neighbours stand apart.
      size: Math.max(named ? step - 1.5 : step, 1.1),
      fill: signColours[name],
    };
  });
  // The font is about 0.65 wide a letter.
  const longest = Math.max(...cells.ids.map((id) => id.length)) * nameSize * 0.65;
  const frame = { x: 0, y: 0, width: cells.count, height: rows };
  return {
    block: 'map',
    width: size,
    height: rows * step,
    across: { low: 0, high: cells.count },
    up: { low: rows, high: 0 },
    room: { above: named ? longest + 12 : 0 },
    shapes: [
      ...(named ? cellNames(connectome, place, rows, 18 / step) : []),
      ...groupShapes,
      ...squares,
      { shape: 'rectangle', ...frame, edge: { colour: ink.axis, width: 1 } },
    ],
  };
}

/** Somata seen from the side: head to the left, dorsal up. */
function bodyChart({ cells }: Connectome, group: readonly Group[]): ChartBlock {
  const points = (name: Group) =>
    cells.ids.flatMap((_, i) => {
      const [y, z] = [cells.positionsUm![3 * i + 1]!, cells.positionsUm![3 * i + 2]!];
      return group[i] === name && Number.isFinite(y) ? [{ x: y, y: z }] : [];
    });
  return {
    block: 'chart',
    height,
    x: { axis: 'linear', title: 'somata along the body, head to tail (\u00b5m)' },
    y: { axis: 'linear', title: 'dorsoventral (\u00b5m)' },
    series: groups.map((name) => ({
      series: 'dots',
      points: points(name),
      radius: 3.2,
      fill: groupColours[name],
    })),
  };
}

const entry = (text: string, colour: string): LegendEntry => ({ text, mark: disc(5.5, colour) });

/** What a connectome holds, in one figure. */
export function connectomeFigure(connectome: Connectome): Figure {
  const { cells, chemical, gap } = connectome;
  const group = groupsOf(connectome);
  const present = groups.filter((name) => group.includes(name));
  const signEntries = signs.map((name) =>
    entry(name === 'unknown' ? 'sign not known' : `${name} sign`, signColours[name]),
  );
  const degreeEntries = [
    entry('out', palette.vermilion),
    entry('in', palette.blue),
    ...(gap.count > 0 ? [entry('gap junctions', palette.green)] : []),
  ];
  const hasTransmitters = cells.transmitters.some((list) => list.length > 0);
  const hasPositions = cells.positionsUm?.some((value) => Number.isFinite(value)) ?? false;
  const counts: Block[] = [
    countChart(cellCounts(connectome, group), 'cells', hasTransmitters ? half : width),
    ...(hasTransmitters ? [countChart(transmitterCounts(connectome), 'neurons', half)] : []),
  ];
  const size = 700;
  const rows: FigureRow[] = [
    rowOf({ block: 'legend', entries: present.map((name) => entry(name, groupColours[name])) }, 6),
    { above: 2, left: 0, blocks: counts },
    {
      above: 4,
      left: 60,
      blocks: [
        { block: 'legend', width: half - 36, entries: degreeEntries },
        { block: 'legend', width: half - 40, entries: signEntries },
      ],
    },
    { left: 0, blocks: [degrees(connectome), weights(connectome)] },
    {
      left: 0,
      blocks: [
        {
          block: 'words',
          width,
          height: 33,
          text: 'chemical connections: rows presynaptic, columns postsynaptic',
          size: textSize.axis,
          colour: ink.text,
          align: 'center',
        },
      ],
    },
    { left: (width - size) / 2, blocks: [adjacencyMap(connectome, group, size)] },
    ...(hasPositions ? [{ above: 24, left: 0, blocks: [bodyChart(connectome, group)] }] : []),
  ];
  return {
    title: connectome.id,
    subtitle:
      `${connectome.species}, ${connectome.stage}, ${connectome.sex}: ${count(cells.count)} cells, ` +
      `${count(chemical.count)} chemical connections, ${count(gap.count)} gap junctions`,
    width,
    rows,
    bottom: hasPositions ? 0 : 24,
  };
}
