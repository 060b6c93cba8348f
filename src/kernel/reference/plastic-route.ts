import { flush } from '../flush.js';
import type { Route } from '../routes.js';
import type { Side, TraceStepper } from './rule-steppers.js';

/** The synapses of a projection that share a delay. */
export class RouteLearning {
  /** `[variables][synapses]` */
  readonly values: Float64Array[];
  /** `[traces][cells of their side]` */
  readonly traces: Float64Array[];
  /** `[cells of the postsynaptic population]` synapses onto each, in row order. */
  readonly columns: { synapse: number; pre: number }[][];

  constructor(
    readonly route: Route,
    sides: { pre: Side; post: Side },
    private readonly steppers: readonly TraceStepper[],
    variables: number,
  ) {
    const { first, count } = sides.post;
    this.values = Array.from({ length: variables }, () => new Float64Array(route.post.length));
    this.traces = steppers.map(({ of, start }) => new Float64Array(sides[of].count).fill(start));
    this.columns = Array.from({ length: count }, () => []);
    for (let pre = 0; pre + 1 < route.rowStart.length; pre++) {
      for (let s = route.rowStart[pre]!; s < route.rowStart[pre + 1]!; s++) {
        this.columns[route.post[s]! - first]!.push({ synapse: s, pre });
      }
    }
  }

  private enter(side: 'pre' | 'post', cell: number, env: Float64Array): void {
    this.steppers.forEach(({ of, slot }, k) => {
      if (of === side) env[slot] = this.traces[k]![cell]!;
    });
  }

  /** A spike of one cell; each trace sees the others of its side as they were before it. */
  rise(side: 'pre' | 'post', cell: number, coincident: boolean, env: Float64Array): void {
    this.enter(side, cell, env);
    this.steppers.forEach(({ of, each, slot, coincident: early }, k) => {
      if (of !== side || each === undefined || early !== coincident) return;
      this.traces[k]![cell] = each === 'add' ? env[slot]! + 1 : each === 'set' ? 1 : each(env);
    });
  }

  decay(side: 'pre' | 'post', { count, states }: Side, env: Float64Array, values: Float64Array): void {
    for (let cell = 0; cell < count; cell++) {
      this.enter(side, cell, env);
      for (const { slot, at } of states) env[slot] = values[at + cell]!;
      this.steppers.forEach(({ of, slot, decay, follows }, k) => {
        if (of !== side || decay === 1) return;
        const now = env[slot]!;
        this.traces[k]![cell] = flush(follows ? now + (follows(env) - now) * (1 - decay) : now * decay);
      });
    }
  }
}
