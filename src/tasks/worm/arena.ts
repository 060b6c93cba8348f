/** The ENOMAD arena and its constants (Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618). Lengths in units. */
export const arena = {
  width: 1600,
  height: 1200,
  /** Touch is felt nearer to a wall than this, but not on the wall itself. */
  touchDistance: 100,
  /** Food is sensed at this distance or nearer. */
  senseDistance: 150,
  /** Food is eaten nearer than this. */
  eatDistance: 20,
  foodItems: 36,
  /** Reward for each item eaten. */
  foodReward: 30,
} as const;

/** Everything that can be known of the world at one moment. */
export interface Pose {
  x: number;
  y: number;
  /** rad, in [-pi, pi); 0 points along +x, and y grows downwards in the pictures */
  heading: number;
}

/** Positions of the food items, in order. */
export interface Pattern {
  x: Float64Array;
  y: Float64Array;
}

/**
 * The food of one episode: what remains, in the order of the pattern. Positions are kept in float64, the worm's own
 * position in float32.
 */
export class Food {
  /** `[remaining]` valid up to `remaining` */
  readonly x: Float64Array;
  readonly y: Float64Array;
  remaining: number;

  constructor(x: Float64Array, y: Float64Array) {
    this.x = Float64Array.from(x);
    this.y = Float64Array.from(y);
    this.remaining = x.length;
  }

  /** Whether the last call of {@link graze} found food within sensing distance. */
  sensed = false;
  /** Items eaten in the last call of {@link graze}. */
  eaten = 0;

  /**
   * The worm is at (x, y): returns the reward of this moment. Every remaining item within 150 units adds
   * (150 - d) / 150 / 30, every item within 20 adds 30 and is gone; what is eaten still counts and is still sensed.
   */
  graze(x: number, y: number): number {
    const reach = arena.senseDistance;
    let reward = 0;
    let kept = 0;
    this.sensed = false;
    this.eaten = 0;
    for (let i = 0; i < this.remaining; i++) {
      const dx = this.x[i]! - x;
      const dy = this.y[i]! - y;
      const square = dx * dx + dy * dy;
      if (square <= reach * reach) {
        const distance = Math.sqrt(square);
        this.sensed = true;
        reward += (reach - distance) / reach / 30;
        if (distance < arena.eatDistance) {
          reward += arena.foodReward;
          this.eaten += 1;
          continue;
        }
      }
      if (kept !== i) {
        this.x[kept] = this.x[i]!;
        this.y[kept] = this.y[i]!;
      }
      kept += 1;
    }
    this.remaining = kept;
    return reward;
  }
}
