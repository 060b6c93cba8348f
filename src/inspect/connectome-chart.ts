import type { ChartConfiguration } from 'chart.js';
import type { Connectome } from '../connectome/connectome.js';
import { font, type Pen } from './canvas.js';
import { degreesChart, degreesOf, panelLayout, survivalLine, weightBins } from './connectome-panels.js';
import { type Panel, renderFigure } from './figure.js';
import { disc, type LegendEntry, layoutLegend } from './legend.js';
import { count, ink, linearAxis, palette, textSize } from './theme.js';

const width = 960;
const half = width / 2;
const rowHeight = 270;

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
const signColours = { positive: palette.vermilion, negative: palette.blue, unknown: palette.grey };

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

function bars(
  labels: readonly string[],
  data: readonly number[],
  colours: readonly string[],
  title: string,
  across: boolean,
): ChartConfiguration<'bar'> {
  const categories = {
    grid: { display: false },
    border: { color: ink.axis },
    ticks: { autoSkip: false, color: ink.text, font: { size: textSize.label } },
  };
  const values = linearAxis(title, { beginAtZero: true });
  return {
    type: 'bar',
    data: { labels: [...labels], datasets: [{ data: [...data], backgroundColor: [...colours] }] },
    options: {
      indexAxis: across ? 'y' : 'x',
      layout: panelLayout,
      scales: across ? { x: values, y: categories } : { x: categories, y: values },
    },
  };
}

/** Cells by role; where no role is known and classes are few, by class. */
function cellsPanel(connectome: Connectome, group: readonly Group[]): ChartConfiguration<'bar'> {
  const { classes: names } = connectome.cells;
  const distinct = [...new Set(names)];
  if (distinct.length <= 12 && group.every((name) => name === 'not known')) {
    const sizes = distinct.map((name) => names.filter((each) => each === name).length);
    const order = [...distinct.keys()].sort((i, j) => sizes[j]! - sizes[i]!);
    return bars(
      order.map((i) => `class ${distinct[i]}`),
      order.map((i) => sizes[i]!),
      order.map(() => groupColours['not known']),
      'cells',
      true,
    );
  }
  const present = groups.filter((name) => group.includes(name));
  const classes = (name: Group) => new Set(connectome.cells.classes.filter((_, i) => group[i] === name)).size;
  return bars(
    present.map((name) => `${name} (${count(classes(name))} ${classes(name) === 1 ? 'class' : 'classes'})`),
    present.map((name) => group.filter((each) => each === name).length),
    present.map((name) => groupColours[name]),
    'cells',
    true,
  );
}

function transmittersPanel({ cells }: Connectome): ChartConfiguration<'bar'> {
  const counts = new Map<string, number>();
  for (const [i, list] of cells.transmitters.entries()) {
    if (cells.kinds[i] !== 'n') continue;
    for (const name of list.length > 0 ? list : ['none known']) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const shown = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, 9);
  return bars(
    shown.map(([name]) => name),
    shown.map(([, cells]) => cells),
    shown.map(([name]) => (name === 'none known' ? palette.grey : palette.blue)),
    'neurons',
    true,
  );
}

function degreesPanel(connectome: Connectome): ChartConfiguration<'scatter'> {
  const degrees = degreesOf(connectome);
  return degreesChart([
    survivalLine(degrees.out, palette.vermilion),
    survivalLine(degrees.in, palette.blue),
    ...(connectome.gap.count > 0 ? [survivalLine(degrees.gap, palette.green, [6, 3])] : []),
  ]);
}

/** Connections by weight in bins that double, stacked by sign. */
function weightsPanel({ chemical, weightUnit }: Connectome): ChartConfiguration<'bar'> {
  const { bounds, labels, bin } = weightBins(chemical.weight);
  const stacks = {
    positive: bounds.map(() => 0),
    negative: bounds.map(() => 0),
    unknown: bounds.map(() => 0),
  };
  for (let k = 0; k < chemical.count; k++) {
    if (!(chemical.weight[k]! > 0)) continue;
    const sign = chemical.sign[k]!;
    stacks[sign > 0 ? 'positive' : sign < 0 ? 'negative' : 'unknown'][bin(chemical.weight[k]!)]! += 1;
  }
  return {
    type: 'bar',
    data: {
      labels,
      datasets: (['positive', 'negative', 'unknown'] as const).map((name) => ({
        data: stacks[name],
        backgroundColor: signColours[name],
      })),
    },
    options: {
      layout: panelLayout,
      scales: {
        x: {
          stacked: true,
          grid: { display: false },
          border: { color: ink.axis },
          title: {
            display: true,
            text: `weight (${weightUnit})`,
            color: ink.text,
            font: { size: textSize.axis },
          },
          ticks: { color: ink.text, font: { size: textSize.label }, maxRotation: 0, autoSkipPadding: 8 },
        },
        y: linearAxis('chemical connections', { stacked: true, beginAtZero: true }),
      },
    },
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

/** Rows are presynaptic and columns postsynaptic cells; a dot is a connection, in the colour of its sign. */
function drawAdjacency(
  pen: Pen,
  { cells, chemical }: Connectome,
  { place, spans, rows }: ReturnType<typeof adjacencyOf>,
  x: number,
  y: number,
  size: number,
): void {
  const step = size / cells.count;
  const dot = Math.max(step, 1.1);
  const height = rows * step;
  for (const { name, from, length } of spans) {
    pen.fillStyle = groupColours[name];
    pen.fillRect(x + from * step, y - 12, length * step, 8);
    pen.strokeStyle = ink.grid;
    pen.lineWidth = 0.8;
    pen.beginPath();
    pen.moveTo(x + from * step, y);
    pen.lineTo(x + from * step, y + height);
    if (from < rows) {
      pen.fillRect(x - 12, y + from * step, 8, length * step);
      pen.moveTo(x, y + from * step);
      pen.lineTo(x + size, y + from * step);
    }
    pen.stroke();
  }
  for (let k = 0; k < chemical.count; k++) {
    const sign = chemical.sign[k]!;
    pen.fillStyle = signColours[sign > 0 ? 'positive' : sign < 0 ? 'negative' : 'unknown'];
    pen.fillRect(x + place[chemical.post[k]!]! * step, y + place[chemical.pre[k]!]! * step, dot, dot);
  }
  pen.strokeStyle = ink.axis;
  pen.lineWidth = 1;
  pen.strokeRect(x, y, size, height);
}

/** Somata seen from the side: head to the left, dorsal up. */
function bodyPanel({ cells }: Connectome, group: readonly Group[]): ChartConfiguration<'scatter'> {
  const points = (name: Group) =>
    cells.ids.flatMap((_, i) => {
      const [y, z] = [cells.positionsUm![3 * i + 1]!, cells.positionsUm![3 * i + 2]!];
      return group[i] === name && Number.isFinite(y) ? [{ x: y, y: z }] : [];
    });
  return {
    type: 'scatter',
    data: {
      datasets: groups.map((name) => ({
        data: points(name),
        backgroundColor: groupColours[name],
        pointRadius: 3.2,
        borderWidth: 0,
      })),
    },
    options: {
      layout: panelLayout,
      scales: {
        x: linearAxis('somata along the body, head to tail (\u00b5m)', {}),
        y: linearAxis('dorsoventral (\u00b5m)', {}),
      },
    },
  };
}

/** What a connectome holds, in one figure, as PNG. */
export function connectomeChart(connectome: Connectome): Promise<Buffer> {
  const { cells, chemical, gap } = connectome;
  const group = groupsOf(connectome);
  const entry = (text: string, colour: string): LegendEntry => ({ text, mark: disc(5.5, colour, colour, 0) });
  const present = groups.filter((name) => group.includes(name));
  const groupLegend = layoutLegend(
    present.map((name) => entry(name, groupColours[name])),
    width - 32,
  );
  const signLegend = layoutLegend(
    (['positive', 'negative', 'unknown'] as const).map((name) =>
      entry(name === 'unknown' ? 'sign not known' : `${name} sign`, signColours[name]),
    ),
    half - 32,
  );
  const degreeLegend = layoutLegend(
    [
      entry('out', palette.vermilion),
      entry('in', palette.blue),
      ...(gap.count > 0 ? [entry('gap junctions', palette.green)] : []),
    ],
    half - 32,
  );
  const hasTransmitters = cells.transmitters.some((list) => list.length > 0);
  const hasPositions = cells.positionsUm?.some((value) => Number.isFinite(value)) ?? false;
  const top = groupLegend.height + 8;
  const second = top + rowHeight + 4;
  const third = second + signLegend.height + rowHeight + 30;
  const matrix = 700;
  const adjacency = adjacencyOf(connectome, group);
  const body = third + (matrix * adjacency.rows) / cells.count + 24;
  const panels: Panel[] = [
    {
      configuration: cellsPanel(connectome, group),
      ...{ x: 0, y: top, width: hasTransmitters ? half : width, height: rowHeight },
    },
    ...(hasTransmitters
      ? [{ configuration: transmittersPanel(connectome), x: half, y: top, width: half, height: rowHeight }]
      : []),
    {
      configuration: degreesPanel(connectome),
      ...{ x: 0, y: second + signLegend.height, width: half, height: rowHeight },
    },
    {
      configuration: weightsPanel(connectome),
      ...{ x: half, y: second + signLegend.height, width: half, height: rowHeight },
    },
    ...(hasPositions
      ? [{ configuration: bodyPanel(connectome, group), x: 0, y: body, width, height: rowHeight }]
      : []),
  ];
  return renderFigure({
    title: connectome.id,
    subtitle:
      `${connectome.species}, ${connectome.stage}, ${connectome.sex}: ${count(cells.count)} cells, ` +
      `${count(chemical.count)} chemical connections, ${count(gap.count)} gap junctions`,
    width,
    bodyHeight: hasPositions ? body + rowHeight : body,
    panels,
    draw: (pen) => {
      groupLegend.draw(pen, 16, 6);
      degreeLegend.draw(pen, 60, second);
      signLegend.draw(pen, half + 24, second);
      const left = (width - matrix) / 2;
      pen.font = font(textSize.axis);
      pen.fillStyle = ink.text;
      pen.textAlign = 'center';
      pen.textBaseline = 'bottom';
      pen.fillText('chemical connections: rows presynaptic, columns postsynaptic', width / 2, third - 14);
      drawAdjacency(pen, connectome, adjacency, left, third, matrix);
    },
  });
}
