import type { Simulator } from '../kernel/simulator.js';
import type { RandomStream } from '../math/random.js';
import type { LivingNetwork, Teaching } from '../tasks/task.js';

/** A simulator of which some of what others call is done otherwise; all else is its own. */
function viewOf(simulator: Simulator, instead: Partial<LivingNetwork>): LivingNetwork {
  return new Proxy(simulator, {
    get(target, key) {
      if (Object.hasOwn(instead, key)) return instead[key as keyof LivingNetwork];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * A network in which a modulator is farther from its baseline, or nearer to it, than what the task releases would bring
 * about. The task reads the level as it would be without that, so that it releases what it would release.
 * @param baseline of the life under way
 */
export function dosed(
  simulator: Simulator,
  modulator: string,
  factor: number,
  baseline: () => number,
): LivingNetwork {
  return viewOf(simulator, {
    release: (name, amount) => simulator.release(name, name === modulator ? factor * amount : amount),
    concentration: (name) => {
      const level = simulator.concentration(name);
      if (name !== modulator || factor === 0) return level;
      return baseline() + (level - baseline()) / factor;
    },
  });
}

/** Something that a task released or signalled as teaching. */
export interface Lesson {
  /** Steps since the life began. */
  step: number;
  /** The level to which a release brought a modulator. */
  released?: { modulator: string; level: number };
  /** An event, in all projections or in one. */
  signalled?: { event: string; projection: string | undefined };
}

/** Keeps what a task teaches a network in one life, and gives it to the network in another in place of what that brings. */
export class Tutor {
  readonly network: LivingNetwork;
  private kept: Lesson[] = [];
  /** What is given in this life; undefined where the life's own teaching reaches the network. */
  private given: readonly Lesson[] | undefined;
  private next = 0;

  constructor(
    private readonly simulator: Simulator,
    { modulators, events = [] }: Teaching,
  ) {
    this.network = viewOf(simulator, {
      release: (modulator, amount) => {
        this.catchUp();
        const teaches = modulators.includes(modulator);
        if (teaches && this.given) return;
        simulator.release(modulator, amount);
        if (teaches) this.keep({ released: { modulator, level: simulator.concentration(modulator) } });
      },
      signal: (event, projection) => {
        this.catchUp();
        const teaches = events.includes(event);
        if (teaches && this.given) return;
        simulator.signal(event, projection);
        if (teaches) this.keep({ signalled: { event, projection } });
      },
      concentration: (modulator) => {
        this.catchUp();
        return simulator.concentration(modulator);
      },
    });
  }

  private keep(lesson: Omit<Lesson, 'step'>): void {
    this.kept.push({ step: this.simulator.step, ...lesson });
  }

  /** From the next life on, a life's own teaching reaches it and is kept. */
  record(): void {
    this.kept = [];
    this.given = undefined;
  }

  /** What was kept. */
  get lessons(): readonly Lesson[] {
    return this.kept;
  }

  /** In the next life these come at their times, and its own teaching does not. */
  play(lessons: readonly Lesson[]): void {
    this.given = lessons;
    this.next = 0;
  }

  /** Gives what is due before anything else happens. */
  catchUp(): void {
    const { given, simulator } = this;
    while (given && this.next < given.length && given[this.next]!.step <= simulator.step) {
      const { released, signalled } = given[this.next++]!;
      if (released) {
        const { modulator, level } = released;
        simulator.release(modulator, level - simulator.concentration(modulator));
      }
      if (signalled) simulator.signal(signalled.event, signalled.projection);
    }
  }
}

/** Lessons at the same times, each modulator's levels in another order. */
export function shuffled(lessons: readonly Lesson[], stream: RandomStream): Lesson[] {
  const places = new Map<string, number[]>();
  lessons.forEach(({ released }, place) => {
    if (released) places.set(released.modulator, [...(places.get(released.modulator) ?? []), place]);
  });
  const mixed = [...lessons];
  for (const [modulator, at] of places) {
    const order = stream.sample(at.length, at.length);
    at.forEach((place, i) => {
      const { level } = lessons[at[order[i]!]!]!.released!;
      mixed[place] = { ...lessons[place]!, released: { modulator, level } };
    });
  }
  return mixed;
}
