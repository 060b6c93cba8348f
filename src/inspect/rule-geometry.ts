import type { Habitat } from '../evaluate/habitat.js';
import { loadAssembler } from '../kernel/assemble.js';
import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { windowLevels } from './circumstances.js';
import { type FixedPoints, fixedPointsOf, withoutFixedPoints } from './fixed-points.js';
import { type RateSurface, rateSurfaceOf } from './rate-surface.js';
import { type RuleWindow, windowOf } from './rule-window.js';
import { type RuleAtWork, rulesAtWork } from './rules-at-work.js';

/** What a rule makes of pairs of spikes, of rates, and of weights. */
export interface RuleGeometry {
  /** Null where two spikes do not settle the change, or make none. */
  window: RuleWindow | null;
  /** Null where the rule reads states of cells. */
  surface: RateSurface | null;
  /** Null where `withoutFixedPoints` says why. */
  fixedPoints: FixedPoints | null;
  withoutFixedPoints: string | null;
}

/** A rule at work, with its geometry. */
export type MeasuredRule = RuleAtWork & { geometry: RuleGeometry };

/**
 * The geometry of a rule with its own parameters, with all modulators that it reads at one level, or one by one where it
 * reads several.
 */
export async function geometryOf(rule: PlasticityRule): Promise<RuleGeometry> {
  await loadAssembler();
  return {
    window: windowOf(rule, windowLevels, true) ?? null,
    surface: rateSurfaceOf(rule, windowLevels, true) ?? null,
    fixedPoints: fixedPointsOf(rule, windowLevels, true) ?? null,
    withoutFixedPoints: withoutFixedPoints(rule) ?? null,
  };
}

/** The rules at work in a genome's network, each with its geometry. */
export async function measuredRules(
  { networkOf, space }: Habitat,
  genome: Readonly<Float64Array>,
): Promise<MeasuredRule[]> {
  const measured: MeasuredRule[] = [];
  for (const atWork of rulesAtWork(networkOf(genome), space.parametersOf(genome))) {
    measured.push({ ...atWork, geometry: await geometryOf(atWork.rule) });
  }
  return measured;
}
