import type { OpenedRun } from '../../evolve/opened-run.js';
import { loadAssembler } from '../../kernel/assemble.js';
import { UsageError } from '../../spec/errors.js';
import type { RunRules } from '../run-rules.js';
import { scoreDistance, sharedLives } from './behavioural.js';
import { formulaDistance, type RuleProbes, ruleDistance, ruleProbes, ruleProbesAbout } from './functional.js';
import { formulaTree, ruleTree, symbolicDistance } from './symbolic.js';

/** In what two rules may be near to each other: what they say, what they give, what lives by them score. */
export const distanceKinds = ['symbolic', 'functional', 'behavioural'] as const;
export type DistanceKind = (typeof distanceKinds)[number];

export interface Distances {
  kind: DistanceKind;
  /** What it is, and what was looked at, in words. */
  about: string;
  /** `[runs][runs]`, 0 to 1 */
  matrix: number[][];
}

/** `[runs][runs]` of a distance that is the same both ways. */
function matrixOf(runs: number, distance: (a: number, b: number) => number): number[][] {
  const matrix = Array.from({ length: runs }, () => Array<number>(runs).fill(0));
  for (let a = 0; a < runs; a++) {
    for (let b = a + 1; b < runs; b++) {
      matrix[a]![b] = distance(a, b);
      matrix[b]![a] = matrix[a]![b]!;
    }
  }
  return matrix;
}

/** The mean over parts that both have, such as holes; a part that one of them lacks counts as 1. */
function meanOverParts<Part>(
  a: ReadonlyMap<string, Part>,
  b: ReadonlyMap<string, Part>,
  distance: (a: Part, b: Part, name: string) => number,
): number {
  const names = [...new Set([...a.keys(), ...b.keys()])];
  const parts = names.map((name) => {
    const [x, y] = [a.get(name), b.get(name)];
    return x === undefined || y === undefined ? 1 : distance(x, y, name);
  });
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
}

/** Whether runs are compared by their formulas; by their rules with numbers otherwise. */
const sayFormulas = (runs: readonly RunRules[]) => runs.some(({ formulas }) => formulas.length > 0);

const symbolicAbout =
  'the least cost of making one tree the other (a node taken out or put in costs 1), over the nodes of both';

function symbolicDistances(runs: readonly RunRules[]): Distances {
  const trees = runs.map(({ formulas, rules }) =>
    sayFormulas(runs)
      ? new Map(formulas.map(({ name, canonical }) => [name, formulaTree(canonical)]))
      : new Map([...rules].map(([projection, rule]) => [projection, ruleTree(rule)])),
  );
  const of = sayFormulas(runs) ? 'canonical formulas' : 'rules with their numbers';
  return {
    kind: 'symbolic',
    about: `${symbolicAbout}, of ${of}`,
    matrix: matrixOf(runs.length, (a, b) => meanOverParts(trees[a]!, trees[b]!, symbolicDistance)),
  };
}

const functionalAbout = 'the norm of the difference of what they give over the sum of the norms';

const counts = (values: readonly number[]) => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? `${least}` : `${least} to ${most}`;
};

function formulaDistances(runs: readonly RunRules[]): Distances {
  const given = runs.map(
    ({ formulas, visited }) =>
      new Map(
        formulas.map((card) => [
          card.name,
          { card, visited: visited.find(({ name }) => name === card.name) },
        ]),
      ),
  );
  const inputs = new Map<string, number[]>();
  const matrix = matrixOf(runs.length, (a, b) =>
    meanOverParts(given[a]!, given[b]!, (x, y, hole) => {
      const found = formulaDistance(x, y);
      const what = found.drawn
        ? 'standard normal inputs, as nothing was recorded of this hole'
        : 'inputs that either was given in the life that made its champion';
      inputs.set(what, [...(inputs.get(what) ?? []), found.inputs]);
      if (found.distance !== undefined) return found.distance;
      throw new UsageError(
        `--distance functional: the formulas of ${runs[a]!.run} and ${runs[b]!.run} for ${hole} have no finite value in common. Use ` +
          '--distance symbolic.',
      );
    }),
  );
  const looked = [...inputs].map(([what, of]) => `over ${counts(of)} ${what}`);
  return { kind: 'functional', about: [functionalAbout, ...looked].join(', '), matrix };
}

async function probedDistances(runs: readonly RunRules[]): Promise<Distances> {
  await loadAssembler();
  const known = new Map<string, RuleProbes>();
  const probes = runs.map(
    ({ rules }) =>
      new Map(
        [...rules].map(([projection, rule]) => {
          const key = JSON.stringify(rule);
          const found = known.get(key) ?? ruleProbes(rule);
          known.set(key, found);
          return [projection, found];
        }),
      ),
  );
  const matrix = matrixOf(runs.length, (a, b) =>
    meanOverParts(probes[a]!, probes[b]!, (x, y, projection) => {
      const distance = ruleDistance(x, y);
      if (distance !== undefined) return distance;
      throw new UsageError(
        `--distance functional: the rules of ${projection} in ${runs[a]!.run} and ${runs[b]!.run} cannot be probed alike: they read states of ` +
          'cells, or other modulators and events. Use --distance symbolic or behavioural.',
      );
    }),
  );
  return { kind: 'functional', about: `${functionalAbout}: ${ruleProbesAbout}`, matrix };
}

async function behaviouralDistances(
  opened: readonly OpenedRun[],
  lives: number,
  onLife: () => void,
): Promise<Distances> {
  const { scores, range, about } = await sharedLives(opened, lives, onLife);
  const broken = scores.flat().filter((score) => !Number.isFinite(score)).length;
  return {
    kind: 'behavioural',
    about:
      'the root mean square difference of scores, life by life, over the way from chance to the ceiling; ' +
      `the same ${lives} lives for all champions (${about})${broken > 0 ? `, of which ${broken} broke down` : ''}`,
    matrix: matrixOf(opened.length, (a, b) => scoreDistance(scores[a]!, scores[b]!, range)),
  };
}

/** How the champions of runs are put beside each other. */
export interface DistanceRequest {
  kind: DistanceKind;
  /** Fresh lives of each champion, where these are compared. */
  lives: number;
  onLife?: () => void;
}

/**
 * How far the champions of runs are apart. Rules are compared by their formulas where any run says formulas, and by their
 * numbers otherwise.
 * @param opened the same runs, in the same order
 * @throws UsageError where they cannot be compared so
 */
export async function distancesOf(
  runs: readonly RunRules[],
  opened: readonly OpenedRun[],
  { kind, lives, onLife = () => {} }: DistanceRequest,
): Promise<Distances> {
  if (kind === 'behavioural') return behaviouralDistances(opened, lives, onLife);
  if (!sayFormulas(runs) && runs.every(({ rules }) => rules.size === 0))
    throw new UsageError(
      `--distance ${kind}: the rules of all runs are the same, or nothing learns, so that no rule is to be compared. Use ` +
        '--distance behavioural, which compares what champions do.',
    );
  if (kind === 'symbolic') return symbolicDistances(runs);
  return sayFormulas(runs) ? formulaDistances(runs) : probedDistances(runs);
}
