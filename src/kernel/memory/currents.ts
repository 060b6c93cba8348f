import type { Values } from '../../network/model/network.js';
import { padded } from '../layout.js';
import { driveCurrents } from '../parameters.js';
import type { PopulationProgram } from '../population-program.js';
import type { Memory } from './memory.js';

/** `external.I`, one value a cell: the parameter, and what inputs add while they are on. */
export class Currents {
  /** What `external.I` is without what inputs add. */
  private readonly externals = new Map<PopulationProgram, Float64Array>();
  private readonly lastDrive: Float64Array;

  constructor(private readonly memory: Memory) {
    this.lastDrive = new Float64Array(memory.program.network.inputs.length).fill(Number.NaN);
  }

  /** Whatever comes first in a life counts as a change. */
  forgetDrive(): void {
    this.lastDrive.fill(Number.NaN);
  }

  /** @param parameters of each population in this life */
  write(parameters: readonly ReadonlyMap<string, Values>[]): void {
    this.memory.program.populations.forEach((population, i) => {
      const external = parameters[i]!.get('external.I');
      if (external instanceof Float64Array) this.externals.set(population, external);
    });
    for (const [population, values] of this.externals) {
      const at = this.placeOf(population);
      const all = padded(population.population.count);
      for (let cell = 0; cell < all; cell++) {
        this.memory.numbers[at + cell] = values[Math.min(cell, values.length - 1)]!;
      }
    }
  }

  /** Brings `external.I` to what the inputs drive now. */
  drive(drive: Readonly<ArrayLike<number>>): void {
    const { lastDrive } = this;
    let same = true;
    for (let i = 0; i < lastDrive.length; i++) {
      const now = drive[i] ?? 0;
      if (lastDrive[i] !== now) same = false;
      lastDrive[i] = now;
    }
    if (same) return;
    const driven = new Map([...this.externals].map(([population, values]) => [population, values.slice()]));
    driveCurrents(this.memory.program, drive, (population) => driven.get(population));
    for (const [population, values] of driven) this.memory.numbers.set(values, this.placeOf(population));
  }

  private placeOf(population: PopulationProgram): number {
    const { program, places, size } = this.memory;
    return places.cells[program.populations.indexOf(population)]!.drivenAt.get('external.I')! / size;
  }
}
