import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConnectome } from '../../src/connectome/load.js';
import { noConnectome } from '../../src/connectome/none.js';
import { nullModel } from '../../src/connectome/null-models/null-model.js';
import { type NullModel, nullModelNames } from '../../src/connectome/null-models/table.js';
import type { Claim, Verdict } from '../../src/study/claims.js';
import { controlNames, wiringStudy } from '../../src/study/controls.js';
import { type NullVerdict, wiringVerdict, wiringVerdicts } from '../../src/study/wiring-verdict.js';

const verdictsOf = (by: Partial<Record<NullModel, Verdict | null>>): NullVerdict[] =>
  Object.entries(by).map(([model, verdict]) => ({ model: model as NullModel, verdict: verdict! }));
const said = (by: Partial<Record<NullModel, Verdict | null>>) => wiringVerdict(verdictsOf(by));
const everywhere = (verdict: Verdict | null) =>
  Object.fromEntries(nullModelNames.map((name) => [name, verdict]));

describe('the null models of a connectome', () => {
  it('are all of the table where it says roles, classes and sides', () => {
    expect(controlNames(loadConnectome('c-elegans-openworm'))).toEqual({
      apply: nullModelNames,
      omitted: [],
    });
  });
  it('lack those for which its table says too little, by name and reason', () => {
    const { apply, omitted } = controlNames(loadConnectome('ciona-larva-2016'));
    expect(apply).toEqual(['weights', 'mirror', 'rewired', 'erdos-renyi']);
    expect(omitted.map(({ model }) => model)).toEqual(['signs', 'class-blocks', 'role-blocks']);
    expect(omitted[2]!.reason).toContain('sensory, inter or motor');
  });
});

describe('the study that tests a run', () => {
  const worm = loadConnectome('c-elegans-openworm');
  it('is named for a run on an animal', () => {
    expect(wiringStudy(worm, 'runs/mine')).toBe('baldwin study runs/mine --seeds 10 --controls');
    expect(wiringStudy(worm, "my runs/it's")).toBe("baldwin study 'my runs/it'\\''s' --seeds 10 --controls");
  });
  it('is not where there is no animal, or nothing to control', () => {
    expect(wiringStudy(noConnectome, 'runs/mine')).toBeUndefined();
    expect(wiringStudy(nullModel(worm, 'signs', 1, 'control'), 'runs/mine')).toBeUndefined();
    const { chemical, gap } = worm;
    const bare = {
      ...worm,
      chemical: { ...chemical, count: 0, pre: gap.a, post: gap.a, weight: gap.weight },
    };
    expect(wiringStudy(bare, 'runs/mine')).toBeUndefined();
  });
});

describe('the verdict on wiring', () => {
  it.each<[string, Partial<Record<NullModel, Verdict | null>>, string]>([
    ['nothing', {}, 'Wiring was not tested: no null model stands beside the animal.'],
    [
      'fewer than ten seeds',
      everywhere(null),
      'Whether wiring mattered is not tested: a verdict takes 10 seeds with scores, after like numbers of evaluations.',
    ],
    [
      'all undecided',
      everywhere('undecided'),
      "Whether wiring mattered is undecided: the animal's scores are neither shown to differ from those of all 7 null models " +
        '(signs, weights, mirror, class-blocks, role-blocks, rewired and erdos-renyi) nor to be equivalent.',
    ],
    [
      'a tie with all',
      { rewired: 'equivalent', 'role-blocks': 'equivalent' },
      "What was tested of the wiring did not matter: the animal's scores are equivalent to those of all 2 null models " +
        '(role-blocks and rewired), within the margin.',
    ],
    [
      'a tie with one that keeps next to nothing',
      { 'erdos-renyi': 'equivalent' },
      "Wiring did not matter: the animal's scores are equivalent to those of the null model erdos-renyi, within the margin.",
    ],
    [
      'a tie with some',
      { rewired: 'equivalent', 'role-blocks': 'undecided', signs: null },
      "Wiring is not shown to matter: the animal's scores are equivalent to those of 1 of 3 null models (rewired); " +
        'role-blocks is undecided; signs is not tested.',
    ],
    [
      'an animal that ties with what keeps roles',
      { ...everywhere('better'), 'role-blocks': 'equivalent', 'class-blocks': 'undecided' },
      "Wiring mattered: the animal's scores are better than those of 5 of 7 null models (signs, weights, mirror, rewired and " +
        'erdos-renyi); it ties with role-blocks, which keeps each degree, and how many connections lead from each role of cell ' +
        'to each other: what matters is in what it keeps; class-blocks is undecided.',
    ],
    [
      'an animal that beats the one null there is',
      { rewired: 'better' },
      "Wiring mattered: the animal's scores are better than those of the null model rewired; so what helps is in what " +
        'rewired takes away (which cell is connected to which, and which roles of cells reach which).',
    ],
    [
      'a null that is better',
      { signs: 'worse', rewired: 'undecided' },
      "Wiring mattered, to the disadvantage of the animal: the animal's scores are worse than those of 1 of 2 null models " +
        '(signs); so what hinders is in what signs takes away (which connections excite and which inhibit); rewired is undecided.',
    ],
    [
      'both ways',
      { signs: 'worse', rewired: 'better', weights: 'equivalent', mirror: 'equivalent' },
      "Wiring mattered, both for and against the animal: the animal's scores are better than those of 1 of 4 null models " +
        '(rewired); they are worse than those of 1 of 4 null models (signs); it ties with weights and mirror.',
    ],
  ])('of %s', (_name, by, expected) => expect(said(by)).toBe(expected));

  it('names what helps once where models are nested', () => {
    const text = said(everywhere('better'));
    expect(text).toMatch(
      /in what signs takes .* and in what weights takes .* and in what mirror takes away \([^)]*\)\.$/,
    );
    expect(text).not.toContain('in what rewired');
  });

  it('does not depend on the order', () => {
    const verdicts = verdictsOf({ ...everywhere('better'), mirror: 'equivalent', signs: 'worse' });
    expect(wiringVerdict([...verdicts].reverse())).toBe(wiringVerdict(verdicts));
  });

  it('claims no more than the verdicts, whatever they are', () => {
    const verdict = fc.constantFrom<(Verdict | null)[]>('better', 'worse', 'equivalent', 'undecided', null);
    const some = fc.uniqueArray(fc.constantFrom(...nullModelNames), { minLength: 1 });
    fc.assert(
      fc.property(some, fc.array(verdict, { minLength: 7, maxLength: 7 }), (names, drawn) => {
        const by = Object.fromEntries(names.map((name, i) => [name, drawn[i]!]));
        const text = said(by);
        const of = (wanted: Verdict | null) =>
          nullModelNames.filter((name) => by[name] === wanted && name in by);
        // One sentence.
        expect(text.match(/\.( |$)/g)).toEqual(['.']);
        /** Names in a clause: "…than those of 2 of 3 null models (a and b)". */
        const claimed = (start: string) => {
          const found = new RegExp(
            `${start}(?:the null model ([\\w-]+)|all \\d null models \\(([^)]*)\\)|\\d of \\d null models \\(([^)]*)\\))`,
          ).exec(text);
          return (found?.slice(1).find((group) => group !== undefined) ?? '')
            .split(/, | and /)
            .filter(Boolean);
        };
        const differs = of('better').length + of('worse').length > 0;
        expect(claimed('better than those of ')).toEqual(of('better'));
        expect(claimed('worse than those of ')).toEqual(of('worse'));
        if (!differs) expect(claimed('equivalent to those of ')).toEqual(of('equivalent'));
        expect(/^Wiring mattered/.test(text)).toBe(differs);
        expect(text.includes('did not matter')).toBe(of('equivalent').length === names.length);
        if (!names.includes('erdos-renyi')) expect(text).not.toMatch(/^Wiring did not matter/);
        expect(text.includes('helps')).toBe(
          of('better').length > 0 && of('worse').length === 0 && of('equivalent').length === 0,
        );
        expect(text.includes('hinders')).toBe(
          of('worse').length > 0 && of('better').length === 0 && of('equivalent').length === 0,
        );
        expect(text.includes('ties with')).toBe(differs && of('equivalent').length > 0);
        expect(text.includes('undecided')).toBe(of('undecided').length > 0);
        expect(text.includes('not tested')).toBe(of(null).length > 0);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the verdicts of a study', () => {
  const claim = (arm: string, other: string, verdict: Verdict | null): Claim => ({
    ...{ arm, with: other, verdict, test: 'signed-rank', n: { arm: 10, with: 10 } },
    ...{ lacking: { failed: 0, unfinished: 0 }, unequal: null, difference: null, a: null, notes: [] },
    ...{ p: null, pHolm: null, pEquivalence: null, pEquivalenceHolm: null },
  });
  const arm = (name: string, control: NullModel | null) =>
    ({ arm: name, control }) as Parameters<typeof wiringVerdicts>[0]['arms'][number];

  it('are of each animal with its null models, whichever way a claim is put', () => {
    const fresh = [
      claim('a', 'a_null-signs', 'better'),
      claim('a_null-rewired', 'a', 'better'),
      claim('b', 'b_null-signs', null),
      claim('b', 'a', 'better'),
      claim('a_null-signs', 'a_null-rewired', 'worse'),
    ];
    const arms = [
      ...[arm('a', null), arm('a_null-signs', 'signs'), arm('a_null-rewired', 'rewired')],
      ...[arm('b', null), arm('b_null-signs', 'signs')],
    ];
    expect(wiringVerdicts({ arms, claims: { fresh, trained: [] } })).toEqual([
      {
        animal: 'a',
        verdicts: verdictsOf({ signs: 'better', rewired: 'worse' }),
        text: said({ signs: 'better', rewired: 'worse' }),
      },
      { animal: 'b', verdicts: verdictsOf({ signs: null }), text: said({ signs: null }) },
    ]);
    expect(wiringVerdicts({ arms, claims: { fresh, trained: [] } }, 'trained')).toEqual([]);
  });

  it('counts no null model of another arm', () => {
    const of = (animal: string) => ({ ...arm(`${animal}_null-signs`, 'signs'), animal });
    const arms = [arm('a', null), arm('b', null), of('a'), of('b')];
    const fresh = [claim('a', 'a_null-signs', 'better'), claim('a', 'b_null-signs', 'worse')];
    const [found, ...more] = wiringVerdicts({ arms, claims: { fresh, trained: [] } });
    expect([found!.verdicts, more]).toEqual([verdictsOf({ signs: 'better' }), []]);
  });
});
