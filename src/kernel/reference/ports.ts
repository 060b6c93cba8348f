import { compileToFunction } from '../../expression/evaluate.js';
import type { Continuous, Program } from '../program.js';
import type { ReferenceCells } from './cells.js';

/** The ports without spikes: at every step each receives the weighted sum of what its presynaptic cells send. */
export class ReferencePorts {
  private readonly senders: readonly { from: ReferenceCells; send: () => number; into: number }[];

  /** @param cells of each population */
  constructor(
    private readonly program: Program,
    cells: readonly ReferenceCells[],
  ) {
    this.senders = program.continuous.map((continuous) => {
      const from = cells[program.populations.indexOf(continuous.from)]!;
      const to = cells[program.populations.indexOf(continuous.to)]!;
      const { receives } = continuous.to.population.ports[continuous.port]!.model;
      const into = continuous.to.stateAt.get(`${continuous.port}.${receives}`)!;
      return { from, send: senderOf(continuous, from, to), into };
    });
  }

  /** Puts the sums into the space of states. */
  receive(values: Float64Array, weights: Readonly<Float64Array>): void {
    const { continuous } = this.program;
    continuous.forEach(({ to }, i) => {
      const { into } = this.senders[i]!;
      values.fill(0, into, into + to.population.count);
    });
    continuous.forEach(({ from: { population }, rowStart, post, source }, i) => {
      const { from, send, into } = this.senders[i]!;
      for (let pre = 0; pre < population.count; pre++) {
        from.enter(pre);
        const sent = send();
        for (let s = rowStart[pre]!; s < rowStart[pre + 1]!; s++) {
          values[into + post[s]!]! += weights[source[s]!]! * sent;
        }
      }
    });
  }
}

/** What the cell that its population has entered sends. */
function senderOf({ sends, port }: Continuous, from: ReferenceCells, to: ReferenceCells): () => number {
  const { env, slots } = from;
  const received = new Map<string, number>();
  // The port's parameters belong to the receiving population; they are read where they stand.
  const act = compileToFunction(sends, (name) => {
    const known = slots.find(name);
    if (known !== undefined && !name.startsWith(`${port}.`)) return known;
    received.set(name, to.slots.find(name)!);
    return env.length + [...received.keys()].indexOf(name);
  });
  return () => {
    const all = new Float64Array(env.length + received.size);
    all.set(env);
    [...received.values()].forEach((slot, i) => {
      all[env.length + i] = to.env[slot]!;
    });
    return act(all);
  };
}
