import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConnectome } from '../../src/connectome/check.js';
import type { Connectome } from '../../src/connectome/connectome.js';
import { connectomeFromTable, loadConnectome } from '../../src/connectome/load.js';
import { classNames } from '../../src/connectome/null-models/class-blocks.js';
import { nullMisfit, nullModel } from '../../src/connectome/null-models/null-model.js';
import { roleNames } from '../../src/connectome/null-models/role-blocks.js';
import { type NullModel, nullModelNames, nullModels } from '../../src/connectome/null-models/table.js';
import { otherSides } from '../../src/connectome/sides.js';
import { tableOf } from '../../src/connectome/to-table.js';
import { smallTable } from './small-table.js';

const worm = loadConnectome('c-elegans-cook-2019');

const tally = (keys: Iterable<string>) => {
  const found: Record<string, number> = {};
  for (const key of keys) found[key] = (found[key] ?? 0) + 1;
  return found;
};
const ascending = (values: ArrayLike<number>) => Array.from(values).sort((a, b) => a - b);
const kindsOf = ({ cells }: Connectome) => cells.kinds as readonly string[];

/** Connections by what their ends are called; `undefined` leaves an end out. */
const between = (
  { chemical }: Connectome,
  from: readonly string[] | undefined,
  to: readonly string[] | undefined,
) => tally(Array.from(chemical.pre, (pre, k) => `${from?.[pre]} ${to?.[chemical.post[k]!]}`));
const junctionsBetween = ({ gap }: Connectome, names: readonly string[]) =>
  tally(Array.from(gap.a, (a, k) => [names[a], names[gap.b[k]!]].sort().join(' ')));
const junctionEnds = ({ gap, cells }: Connectome) =>
  tally([...gap.a, ...gap.b].map((cell) => cells.ids[cell]!));
const autapses = ({ chemical }: Connectome) =>
  Array.from(chemical.pre).filter((pre, k) => pre === chemical.post[k]);
const pairs = ({ chemical }: Connectome) =>
  new Set(Array.from(chemical.pre, (pre, k) => `${pre} ${chemical.post[k]}`));
const signsByCell = ({ chemical }: Connectome) => {
  const found = new Map<number, Set<number>>();
  for (const [k, pre] of chemical.pre.entries()) {
    if (chemical.weight[k]! > 0) found.set(pre, (found.get(pre) ?? new Set()).add(chemical.sign[k]!));
  }
  return found;
};

const { ids } = worm.cells;
const outDegrees = (c: Connectome) => between(c, c.cells.ids, undefined);
const inDegrees = (c: Connectome) => between(c, undefined, c.cells.ids);

/** What each model leaves as it was, beyond what all do. */
const kept: Record<NullModel, ((c: Connectome) => unknown)[]> = {
  signs: [pairs, (c) => c.chemical.weight, (c) => c.gap],
  weights: [pairs, (c) => c.chemical.sign, (c) => c.gap],
  mirror: [
    outDegrees,
    (c) => between(c, c.cells.ids, pairNames(c)),
    (c) => junctionsBetween(c, pairNames(c)),
  ],
  'class-blocks': [
    outDegrees,
    inDegrees,
    junctionEnds,
    (c) => between(c, classNames(c.cells), classNames(c.cells)),
    (c) => between(c, c.cells.ids, classNames(c.cells)),
    (c) => junctionsBetween(c, classNames(c.cells)),
  ],
  'role-blocks': [
    outDegrees,
    inDegrees,
    junctionEnds,
    (c) => between(c, roleNames(c.cells), roleNames(c.cells)),
    (c) => junctionsBetween(c, roleNames(c.cells)),
  ],
  rewired: [outDegrees, inDegrees, (c) => between(c, c.cells.ids, kindsOf(c)), (c) => c.gap],
  'erdos-renyi': [(c) => between(c, kindsOf(c), kindsOf(c)), (c) => junctionsBetween(c, kindsOf(c))],
};

function pairNames({ cells }: Connectome): string[] {
  const partner = otherSides(cells);
  return cells.ids.map((id, cell) =>
    partner[cell]! < 0 ? id : [id, cells.ids[partner[cell]!]!].sort().join('|'),
  );
}

describe.each(nullModelNames)('the null model %s', (model) => {
  const made = nullModel(worm, model, 1, 'control');

  it('is a sound table, fixed by its seed', () => {
    expect(checkConnectome(connectomeFromTable(tableOf(made), 'control'))).toMatchObject({ ok: true });
    expect(nullModel(worm, model, 1, 'control')).toEqual(made);
    const other = nullModel(worm, model, 2, 'control');
    expect(other.chemical).not.toEqual(made.chemical);
    expect(made.chemical).not.toEqual(worm.chemical);
  });

  it('says what it is', () => {
    expect(made.notes[0]).toMatch(/^A null model, not an animal/);
    const { summary, keeps, takes } = nullModels[model];
    for (const text of [summary, keeps, takes]) expect(text).toMatch(/^[a-z].*[^.]$/);
  });

  it('keeps cells, self-connections, weights, and whatever it says it keeps', () => {
    expect(made.cells).toEqual(worm.cells);
    expect(autapses(made)).toEqual(autapses(worm));
    expect(ascending(made.chemical.weight)).toEqual(ascending(worm.chemical.weight));
    expect(ascending(made.gap.weight)).toEqual(ascending(worm.gap.weight));
    expect(ascending(made.gap.capped!.published)).toEqual(ascending(worm.gap.capped!.published));
    expect(pairs(made).size).toBe(worm.chemical.count);
    if (model !== 'erdos-renyi') {
      expect(ascending(made.chemical.sign)).toEqual(ascending(worm.chemical.sign));
    }
    for (const what of kept[model]) expect(what(made)).toEqual(what(worm));
  });

  it('draws gap junctions anew where it says so', () => {
    const { gapJunctions } = nullModels[model];
    if (gapJunctions === 'stay') expect(made.gap).toEqual(worm.gap);
    else {
      expect(made.gap).not.toEqual(worm.gap);
      expect(nullModel(worm, model, 2, 'control').gap).not.toEqual(made.gap);
    }
  });

  it('counts what it could change', () => {
    for (const { value, about } of nullModels[model].facts?.(worm) ?? []) {
      expect(Number.isInteger(value)).toBe(true);
      expect(about).not.toBe('');
    }
    const [couldMove] = nullModels[model].facts?.(worm) ?? [];
    if (couldMove === undefined) return;
    const before = pairs(worm);
    const moved = [...pairs(made)].filter((pair) => !before.has(pair)).length;
    expect(moved).toBeGreaterThan(0);
    expect(couldMove.value).toBeGreaterThan(0);
    expect(couldMove.value).toBeLessThanOrEqual(worm.chemical.count);
  });

  it('keeps a connectome of any shape sound, or says why it does not apply', () => {
    const connectomes = fc
      .record({
        cells: fc.array(fc.tuple(fc.constantFrom('n', 'm', 'o'), fc.constantFrom('', 's', 'm', 'sim')), {
          minLength: 2,
          maxLength: 7,
        }),
        edges: fc.array(fc.tuple(fc.nat(6), fc.nat(6), fc.constantFrom(0, 1, 2.5), fc.boolean()), {
          maxLength: 25,
        }),
        gaps: fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { maxLength: 12 }),
      })
      .map(({ cells, edges, gaps }) => small(cells, edges, gaps));
    fc.assert(
      fc.property(connectomes, fc.nat(5), (connectome, seed) => {
        const misfit = nullMisfit(connectome, model);
        if (misfit !== undefined) {
          expect(() => nullModel(connectome, model, seed, 'x')).toThrow(misfit);
          return;
        }
        const drawn = nullModel(connectome, model, seed, 'x');
        expect(checkConnectome(connectomeFromTable(tableOf(drawn), 'x'))).toMatchObject({ problems: [] });
        expect(autapses(drawn)).toEqual(autapses(connectome));
        for (const what of kept[model]) expect(what(drawn)).toEqual(what(connectome));
      }),
      { numRuns: 60 },
    );
  });
});

/** A connectome with cells on two sides, of classes of four. */
function small(
  cells: readonly (readonly [string, string])[],
  edges: readonly (readonly [number, number, number, boolean])[],
  gaps: readonly (readonly [number, number])[],
): Connectome {
  const { cells: _c, chemical: _e, gap: _g, counts: _n, modulators: _m, aliases: _a, ...rest } = smallTable();
  const n = cells.length;
  const sorted = <T extends readonly number[]>(list: T[]) =>
    [...new Map(list.map((item) => [`${item[0]} ${item[1]}`, item])).values()].sort(
      (x, y) => x[0]! - y[0]! || x[1]! - y[1]!,
    );
  const chemical = sorted(edges.map(([a, b, w, plus]) => [a % n, b % n, w, w === 0 ? 0 : plus ? 1 : -1]));
  const gap = sorted(gaps.map(([a, b]) => [Math.min(a % n, b % n), Math.max(a % n, b % n)]));
  return connectomeFromTable(
    {
      ...rest,
      cells: {
        columns: ['id', 'class', 'kind', 'role'],
        rows: cells.map(([kind, role], i) => [
          `C${i >> 1}${i % 2 === 0 ? 'L' : 'R'}`,
          `C${i >> 2}`,
          kind,
          kind === 'n' ? role : '',
        ]),
      },
      chemical: {
        pre: chemical.map(([a]) => a),
        post: chemical.map(([, b]) => b),
        weight: chemical.map(([, , w]) => w),
        sign: chemical.map(([, , , s]) => (s! > 0 ? '+' : s! < 0 ? '-' : '0')).join(''),
      },
      gap: { a: gap.map(([a]) => a), b: gap.map(([, b]) => b), weight: gap.map((_, k) => k + 1) },
    },
    'small',
  );
}

describe('a null model of the worm', () => {
  it('by blocks of roles or classes forgets as much as it may', () => {
    const before = pairs(worm);
    const share = (model: NullModel) =>
      [...pairs(nullModel(worm, model, 1, 'x'))].filter((pair) => !before.has(pair)).length / before.size;
    expect(share('rewired')).toBeGreaterThan(0.7);
    expect(share('role-blocks')).toBeGreaterThan(0.6);
    expect(share('erdos-renyi')).toBeGreaterThan(0.9);
    expect(share('class-blocks')).toBeGreaterThan(0.05);
    expect(share('class-blocks')).toBeLessThan(share('role-blocks'));
    expect(share('mirror')).toBeGreaterThan(0.1);
  });

  it('placed at random keeps the sign of each cell that has one', () => {
    const [before, after] = [signsByCell(worm), signsByCell(nullModel(worm, 'erdos-renyi', 1, 'x'))];
    const ofOne = [...before].filter(([, signs]) => signs.size === 1);
    expect(ofOne.length).toBeGreaterThan(100);
    for (const [cell, signs] of ofOne) if (after.has(cell)) expect(after.get(cell)).toEqual(signs);
  });

  it('mirrored crosses half of what may cross', () => {
    const facts = Object.fromEntries(nullModels.mirror.facts!(worm).map(({ name, value }) => [name, value]));
    const all =
      facts.connectionsThatCouldMove! +
      facts.connectionsWithoutPartner! +
      facts.connectionsToOwnPair! +
      facts.connectionsUnchangedBySymmetry!;
    expect(all).toBe(worm.chemical.count);
    const target = new Map<string, number>();
    const at = ({ chemical }: Connectome, k: number) => `${chemical.pre[k]} ${chemical.post[k]}`;
    for (let k = 0; k < worm.chemical.count; k++) target.set(at(worm, k), worm.chemical.weight[k]!);
    const made = nullModel(worm, 'mirror', 1, 'x');
    let changed = 0;
    for (let k = 0; k < made.chemical.count; k++) {
      if (target.get(at(made, k)) !== made.chemical.weight[k]) changed++;
    }
    expect(changed / facts.connectionsThatCouldMove!).toBeGreaterThan(0.35);
    expect(changed / facts.connectionsThatCouldMove!).toBeLessThan(0.65);
  });
});

describe('a model that does not apply', () => {
  it.each<[string, NullModel, RegExp]>([
    ['ciona-larva-2016', 'role-blocks', /of no cell whether it is sensory, inter or motor/],
    ['ciona-larva-2016', 'class-blocks', /each of its cells is a class of its own/],
    ['ciona-larva-2016', 'signs', /the same sign, or none is known/],
    ['drosophila-mushroom-body-2017-left', 'mirror', /partners on the left and the right/],
  ])('is refused by name: %s, %s', (name, model, reason) => {
    const connectome = loadConnectome(name);
    expect(nullMisfit(connectome, model)).toMatch(reason);
    expect(() => nullModel(connectome, model, 1, 'x')).toThrow(
      `The null model "${model}" does not apply to the connectome "${name}"`,
    );
  });
});

describe('partners on the other side', () => {
  const partnerOf = (names: readonly string[], classes = names.map(() => 'C')) =>
    Array.from(
      otherSides({
        ...worm.cells,
        ids: [...names],
        classes: [...classes],
        kinds: names.map(() => 'n' as const),
      }),
    );
  it.each([
    [['ASHL', 'ASHR']],
    [['MDL07', 'MDR07']],
    [['sensor-left', 'sensor-right']],
    [['ORN_L_3', 'ORN_R_3']],
    [['Left eye', 'Right eye']],
  ])('are told by their names: %s', (names) => expect(partnerOf(names)).toEqual([1, 0]));
  it('are of one class, or of classes that say the side', () => {
    expect(partnerOf(['AL', 'AR'], ['X', 'Y'])).toEqual([-1, -1]);
    expect(partnerOf(['MDL01', 'MDR01'], ['MDL', 'MDR'])).toEqual([1, 0]);
    expect(partnerOf(['AVL', 'PVR'])).toEqual([-1, -1]);
  });
  it('are most cells of the worm', () => {
    const partner = otherSides(worm.cells);
    const paired = ids.filter((_, cell) => partner[cell]! >= 0);
    expect(paired).toContain('ASHL');
    expect(paired).not.toContain('AVM');
    expect(paired.length).toBeGreaterThan(280);
  });
});
