import type { Point } from './point-cache.js';

export type Success = 'full' | 'partial' | 'none';

/** Differences smaller than this, relative to the values, are ties. */
const tolerance = 1e-13;

const less = (a: number, b: number) => a < b - tolerance * Math.max(1e-300, Math.abs(b));

/**
 * The progressive barrier of Audet and Dennis 2009, SIAM J. Optim. 20(1):445-472: keeps the best feasible point and an
 * infeasible incumbent, and lets the violation that is tolerated shrink as the search goes on.
 */
export class Barrier {
  feasible: Point | undefined;
  infeasible: Point | undefined;
  /** Points with a larger violation are rejected. */
  private most = Number.POSITIVE_INFINITY;
  /** Undominated infeasible points. */
  private front: Point[] = [];

  /** The point to poll around: the best feasible one where there is one. */
  get centre(): Point | undefined {
    return this.feasible ?? this.infeasible;
  }

  /** Takes note of a point and says how good it is beside what was known. */
  offer(point: Point): Success {
    if (!Number.isFinite(point.f) || !(point.h <= this.most)) return 'none';
    if (point.h === 0) {
      if (this.feasible && !less(point.f, this.feasible.f)) return 'none';
      this.feasible = point;
      return 'full';
    }
    if (this.front.some(({ f, h }) => f <= point.f && h <= point.h)) return 'none';
    this.front = [...this.front.filter(({ f, h }) => f < point.f || h < point.h), point];
    const incumbent = this.infeasible;
    if (!incumbent) {
      this.infeasible = point;
      return this.feasible ? 'partial' : 'full';
    }
    const dominates = point.f <= incumbent.f && point.h <= incumbent.h;
    if (dominates) this.infeasible = point;
    return dominates ? 'full' : point.h < incumbent.h ? 'partial' : 'none';
  }

  /** At the end of an iteration: tightens the barrier and chooses the infeasible incumbent anew. */
  settle(success: Success): void {
    if (!this.infeasible) return;
    const current = this.infeasible.h;
    if (success === 'partial') {
      const below = this.front.map(({ h }) => h).filter((h) => h < current);
      this.most = below.length > 0 ? Math.max(...below) : current;
    } else this.most = current;
    this.front = this.front.filter(({ h }) => h <= this.most);
    // Of the undominated points still tolerated, the one with the largest violation has the smallest value.
    this.infeasible = this.front.reduce<Point | undefined>(
      (chosen, point) => (!chosen || point.h > chosen.h ? point : chosen),
      undefined,
    );
  }
}
