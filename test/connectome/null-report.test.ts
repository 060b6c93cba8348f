import { describe, expect, it } from 'vitest';
import type { Connectome } from '../../src/connectome/connectome.js';
import { connectomeFromTable, loadConnectome } from '../../src/connectome/load.js';
import { aboutNull, nullModel } from '../../src/connectome/null-models/null-model.js';
import { type NullReport, nullReport } from '../../src/connectome/null-models/null-report.js';
import { type NullModel, nullModelNames } from '../../src/connectome/null-models/table.js';
import { wiringNumbers } from '../../src/connectome/wiring-numbers.js';
import { nullModelReport } from '../../src/report/null-model.js';
import { smallTable } from './small-table.js';

const worm = loadConnectome('c-elegans-cook-2019');
const reports = new Map<NullModel, NullReport>();
function reportOf(model: NullModel): NullReport {
  const report = reports.get(model) ?? nullReport(worm, nullModel(worm, model, 1, 'control'));
  reports.set(model, report);
  return report;
}

/** Cells AL and AR (sensory), ML and MR (motor), and one alone. */
const fourCells = (pre: number[], post: number[], weight: number[], sign: string): Connectome => {
  const { chemical: _c, gap: _g, counts: _n, modulators: _m, aliases: _a, ...rest } = smallTable();
  return connectomeFromTable(
    {
      ...rest,
      cells: {
        columns: ['id', 'class', 'kind', 'role'],
        rows: [
          ['AL', 'A', 'n', 's'],
          ['AR', 'A', 'n', 's'],
          ['ML', 'M', 'n', 'm'],
          ['MR', 'M', 'n', 'm'],
          ['X', 'X', 'n', 'i'],
        ],
      },
      chemical: { pre, post, weight, sign },
    },
    'four cells',
  );
};

describe('the numbers of a wiring', () => {
  it('are those of a network that is counted by hand', () => {
    // AL -> AR, AL -> ML, AR -> AL, AR -> ML, ML -> ML
    expect(wiringNumbers(fourCells([0, 0, 1, 1, 2], [1, 2, 0, 2, 2], [2, 1, 8, 1, 3], '++++-'))).toEqual({
      chemicalConnections: 5,
      gapJunctions: 0,
      selfConnections: 1,
      reciprocity: 0.5,
      sensorToMotor: 0.4,
      crossing: 0.75,
      spectralRadius: expect.closeTo(4, 10),
      components: 3,
    });
  });

  it('are null where nothing says them', () => {
    expect(wiringNumbers(loadConnectome('ciona-larva-2016'))).toMatchObject({
      sensorToMotor: null,
      spectralRadius: 0,
    });
    expect(wiringNumbers(loadConnectome('drosophila-mushroom-body-2017-left'))).toMatchObject({
      crossing: null,
    });
  });

  it('count junctions among what joins parts', () => {
    const small = connectomeFromTable(smallTable(), 'small');
    expect(wiringNumbers(small).components).toBe(2);
    expect(wiringNumbers({ ...small, gap: { ...small.gap, count: 0 } }).components).toBe(2);
    expect(wiringNumbers({ ...small, chemical: { ...small.chemical, count: 0 } }).components).toBe(4);
  });
});

describe('the report of a null model', () => {
  it('of an animal beside itself finds everything kept', () => {
    const { byCell, values, moved, changed, animal, null: same, roleBlocks } = nullReport(worm, worm);
    expect(Object.values(byCell).every(({ kept, same: n, cells }) => kept && n === cells)).toBe(true);
    expect(values).toEqual({ weights: true, signs: true, junctionWeights: true });
    expect([moved, changed]).toEqual([
      { chemical: 0, gap: 0 },
      { chemical: 0, gap: 0 },
    ]);
    expect(same).toEqual(animal);
    expect(roleBlocks.reduce((sum, block) => sum + block.animal, 0)).toBe(worm.chemical.count);
  });

  it.each<[NullModel, object]>([
    ['signs', { inStrengths: true, outStrengths: true, junctionDegrees: true, signs: false }],
    ['weights', { inDegrees: true, inStrengths: false, outStrengths: false, signs: true }],
    ['mirror', { outDegrees: true, outStrengths: true, inDegrees: false, signs: true }],
    ['class-blocks', { inDegrees: true, outDegrees: true, junctionDegrees: true, inStrengths: false }],
    ['role-blocks', { inDegrees: true, outDegrees: true, outStrengths: true, junctionDegrees: true }],
    ['rewired', { inDegrees: true, outDegrees: true, outStrengths: true, junctionStrengths: true }],
    ['erdos-renyi', { inDegrees: false, outDegrees: false, junctionDegrees: false, signs: false }],
  ])('of %s says of each cell what it keeps', (model, expected) => {
    const { byCell } = reportOf(model);
    const kept = Object.fromEntries(Object.entries(byCell).map(([name, of]) => [name, of.kept]));
    expect(kept).toMatchObject(expected);
  });

  it('says how much moved, what became of roles, and of what is between two cells', () => {
    const roles = reportOf('role-blocks');
    expect(roles.moved.chemical).toBeGreaterThan(0.6);
    expect(roles.moved.gap).toBeGreaterThan(0.6);
    expect(roles.roleBlocks.every((block) => block.animal === block.null)).toBe(true);
    expect(roles.null.sensorToMotor).toBe(roles.animal.sensorToMotor);
    expect(roles.null.reciprocity).toBeLessThan(roles.animal.reciprocity!);
    expect(roles.classBlocksKept).toBe(false);
    expect(reportOf('class-blocks').classBlocksKept).toBe(true);
    const rewired = reportOf('rewired');
    expect(rewired.roleBlocks.every((block) => block.animal === block.null)).toBe(false);
    expect(rewired.moved.gap).toBe(0);
    const signs = reportOf('signs');
    expect(signs.moved).toEqual({ chemical: 0, gap: 0 });
    expect(signs.changed.chemical).toBeGreaterThan(0.1);
    expect(reportOf('mirror').null.crossing).toBeCloseTo(0.5, 1);
  });

  it.each(nullModelNames)('of %s is a document', (model) => {
    const report = reportOf(model);
    const drawn = { model, ...aboutNull(worm, model) };
    const { data, sections } = nullModelReport({ id: 'control' }, 1, [drawn], report);
    expect(JSON.parse(JSON.stringify(data))).toEqual({ id: 'control', seed: 1, models: [drawn], report });
    const text = JSON.stringify(sections);
    expect(text).toContain(`It keeps ${drawn.keeps}. It takes away ${drawn.takes}.`);
    const differing = report.roleBlocks.filter((block) => block.animal !== block.null).length;
    expect(text.includes('where the numbers differ')).toBe(differing > 0);
  });
});
