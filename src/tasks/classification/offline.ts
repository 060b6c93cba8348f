import type { RandomStream } from '../../math/random.js';
import { worldLoop } from '../protocol/world-loop.js';
import { activeHz, restHz } from './cells.js';
import type { StreamSettings } from './options.js';
import { intervalMs, rest, type Shown } from './presentation.js';
import { conclude, type Instruction, instruct } from './teach.js';

/** A presentation that is remembered, with the pool that it belongs to. */
export interface Memory {
  shown: Shown;
  pool: number;
}

/** A fair sample of all that was met (Vitter 1985): each is kept with the same probability. */
export class Reservoir {
  private readonly kept: Memory[] = [];
  private met = 0;

  constructor(
    private readonly size: number,
    private readonly random: RandomStream,
  ) {}

  meet(memory: Memory): void {
    this.met += 1;
    const place = this.kept.length < this.size ? this.kept.length : this.random.integer(this.met);
    if (place < this.size) this.kept[place] = memory;
  }

  draw(): Memory {
    return this.kept[this.random.integer(this.kept.length)]!;
  }
}

/** Teaches remembered presentations again. */
export function replay(instruction: Instruction, memories: Reservoir, times: number): void {
  for (let again = 0; again < times; again++) {
    const { shown, pool } = memories.draw();
    instruct(instruction, shown, pool);
    rest(instruction.presenting);
  }
}

/** Time in which all inputs fire at random, and pairs of spikes count by themselves. */
export function sleep(
  { presenting }: Instruction,
  { sleepMs, sleepHz, sleepDopamine, presentationMs, gapMs }: StreamSettings,
): void {
  const { coupling, inputs } = presenting;
  const { network } = coupling.controller;
  const stretchMs = presentationMs + gapMs;
  coupling.observation.fill((sleepHz - restHz) / (activeHz - restHz), 0, inputs);
  for (let left = sleepMs; left > 0; left -= stretchMs) {
    worldLoop(coupling, {}, Math.min(stretchMs, left) / intervalMs);
    if (network) conclude(network, sleepDopamine);
  }
  coupling.observation.fill(0);
}
