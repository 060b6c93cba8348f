/**
 * Draws what became of the alleles in the study examples/hinton-nowlan, and prints the figures of docs/results/hinton-nowlan.md.
 *
 *     npx tsx scripts/hinton-nowlan.ts [STUDY FOLDER] [PICTURE]
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { type Figure, rowOf } from '../src/figure/figure.js';
import { stroke } from '../src/figure/marks.js';
import type { PaneBlock, PaneLayer } from '../src/figure/pane.js';
import { faded, palette } from '../src/figure/theme.js';
import { RandomStream } from '../src/math/random.js';
import { bootstrapInterval, mean } from '../src/math/statistics.js';
import { drawFigure } from '../src/picture/draw-figure.js';
import { StoredRun } from '../src/store/run-store.js';

const [study = 'runs/hinton-nowlan', picture = 'docs/results/hinton-nowlan.svg'] = argv.slice(2);

const alleles = { correct: palette.blue, undecided: palette.orange, incorrect: palette.vermilion } as const;
type Allele = keyof typeof alleles;
const arms = {
  learning: 'with learning: 1,000 trials a life',
  'no-learning': 'without: one setting, at birth',
};

/** `[runs][generations]` mean over the population of a measure. */
function measured(arm: string, measure: string): number[][] {
  const runs = join(study, 'runs');
  const folders = readdirSync(runs).filter((name) => name.startsWith(`${arm}-s`));
  return folders.map((name) =>
    new StoredRun(join(runs, name)).records.map(({ measures }) => mean(measures[measure] as number[])),
  );
}

/** By generation the mean over runs, with its 95 % interval by resampling runs. */
function overRuns(runs: readonly (readonly number[])[], what: string) {
  return runs[0]!.map((_, generation) => {
    const values = runs.map((run) => run[generation]!);
    return { mean: mean(values), ...bootstrapInterval(values, RandomStream.from(`${what} ${generation}`)) };
  });
}

function layersOf(arm: string, allele: Allele): PaneLayer[] {
  const found = overRuns(measured(arm, allele), `${arm} ${allele}`);
  const places = found.map((_, generation) => generation);
  const of = (value: 'mean' | 'low' | 'high') => found.map((point) => point[value]);
  return [
    { layer: 'band', places, low: of('low'), high: of('high'), colour: faded(alleles[allele], 0.25) },
    { layer: 'line', places, values: of('mean'), colour: alleles[allele], lineWidth: 2.2 },
  ];
}

const names = Object.keys(alleles) as Allele[];
const panes = Object.entries(arms).map(
  ([arm, title]): PaneBlock => ({
    block: 'pane',
    ...{ title, below: 'generation', width: 400, height: 250 },
    across: { low: 0, high: 50 },
    up: { low: 0, high: 1 },
    ...{ ticksUp: 5, ticksAcross: 6 },
    layers: names.flatMap((allele) => layersOf(arm, allele)),
  }),
);
const figure: Figure = {
  title: 'Alleles by generation',
  subtitle:
    'shares of all genes of the population; mean over 10 runs, bands: 95 % intervals by resampling runs',
  width: 820,
  rows: [
    rowOf({
      block: 'legend',
      entries: names.map((name) => ({ text: name, mark: stroke(alleles[name], 18, 2.2) })),
    }),
    { above: 6, blocks: panes },
  ],
};
await drawFigure(figure, picture);

const text = ({ mean: value, low, high }: { mean: number; low: number; high: number }) =>
  `${value.toFixed(3)} (95 %: ${low.toFixed(3)} to ${high.toFixed(3)})`;
for (const arm of Object.keys(arms)) {
  for (const measure of [...names, 'found']) {
    const found = overRuns(measured(arm, measure), `${arm} ${measure}`);
    const places = [0, 10, 20, 30, 40, 50].filter((generation) => generation < found.length);
    console.log(`${arm} ${measure}: ${places.map((at) => `${at}: ${text(found[at]!)}`).join('; ')}`);
  }
}
console.log(`picture: ${picture}`);
