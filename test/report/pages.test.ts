import { describe, expect, it } from 'vitest';
import { openRun } from '../../src/evolve/opened-run.js';
import { startRun } from '../../src/evolve/run.js';
import { inspect } from '../../src/inspect/inspection.js';
import { measuredRules } from '../../src/inspect/rule-geometry.js';
import { renderPage } from '../../src/picture/page/page.js';
import { runFigures } from '../../src/report/figures/run.js';
import { readGlossary } from '../../src/report/glossary.js';
import { isFigure } from '../../src/report/page.js';
import { inspectionPage } from '../../src/report/pages.js';
import { runReport } from '../../src/report/run.js';
import { smallRun, temporaryFolder } from '../evolve/small-run.js';

describe('the page of a run', () => {
  it('has every picture with its reading, what repeats the run, and the words explained', async () => {
    const { path } = await startRun(
      await smallRun(['budget.generations=2', 'seed=7']),
      temporaryFolder(),
      'little',
      { workers: 1 },
    );
    const opened = await openRun(path);
    const inspection = await inspect(opened, 2);
    const { habitat, champion, stored } = opened;
    const page = inspectionPage(
      {
        opened,
        about: await runReport(stored),
        figures: runFigures(opened),
        command: 'baldwin inspect little --html little.html',
      },
      inspection,
      await measuredRules(habitat, champion),
    );
    const figures = page.chapters.flatMap(({ contents }) => contents.filter(isFigure));
    expect(figures.map(({ figure }) => figure.title)).toEqual([
      'little: scores and parts',
      // No weight changed in so short a run, so that the figure of changed cells would be empty.
      expect.stringMatching(/^Weight change/),
      undefined,
      expect.stringMatching(/^Fitness by evaluations/),
    ]);
    expect(figures.every(({ reading, figure }) => reading.length > 40 && figure.subtitle)).toBe(true);
    expect(page.lead.join(' ')).toMatch(/scored 16 genomes .*seed 7.* on the task foraging/);
    expect(page.lead.join(' ')).toContain('Nothing in it learns.');

    const html = await renderPage(page, readGlossary());
    expect(html).toContain(stored.manifest.hashes.outcome!);
    expect(html).toContain('baldwin evolve settings.json');
    expect(html).toContain('baldwin inspect little --html little.html');
    for (const word of ['untrained', 'ceiling', 'outcome hash', 'fresh; on fresh seeds; final fresh mean'])
      expect(html).toMatch(new RegExp(`<dt id="word-\\d+">${word}</dt>`));
    const settings = /\(settings\.json\)<\/summary>.*?<pre>(.*?)<\/pre>/s.exec(html)![1]!;
    expect(JSON.parse(settings.replaceAll('&quot;', '"').replaceAll('&#39;', "'"))).toEqual(
      stored.manifest.spec,
    );
  });
});
