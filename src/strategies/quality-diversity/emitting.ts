import { NormalSource } from '../../math/loops/normals.js';
import { type RandomState, RandomStream } from '../../math/random.js';
import type { Candidate, Outcome, Problem, Snapshot, Strategy } from '../strategy.js';
import type { ArchiveOptions } from './archive-options.js';
import { Emitter, type EmitterOptions, EmitterSetting } from './emitter.js';
import { type Annealing, Keeper } from './keeper.js';

type Options = EmitterOptions & ArchiveOptions;

/** Emitters side by side that fill one archive: all of their candidates are added to it at once. */
class Emitting implements Strategy {
  private asked: Candidate[] | undefined;

  constructor(
    private readonly setting: EmitterSetting,
    private readonly stream: RandomStream,
    private readonly normals: NormalSource,
    readonly archive: Keeper,
    private readonly emitters: readonly Emitter[],
  ) {}

  get stopped(): string | undefined {
    return this.setting.coordinates.genes === 0 && this.archive.elites.size > 0
      ? 'nothing to search: every gene has one value only'
      : undefined;
  }

  ask(): readonly Candidate[] {
    this.asked ??= this.emitters.flatMap((emitter) =>
      emitter.sample(this.normals).map((genome) => ({ genome, fidelity: 1 })),
    );
    return this.asked;
  }

  tell(outcomes: readonly Outcome[]): void {
    const { setting, archive, stream } = this;
    const placed = archive.tell(this.asked!, outcomes);
    this.asked = undefined;
    if (setting.coordinates.genes === 0) return;
    const { population } = setting;
    this.emitters.forEach((emitter, i) => {
      emitter.tell(placed.slice(i * population, (i + 1) * population), archive, stream);
    });
  }

  snapshot(): Snapshot {
    return {
      random: { ...this.stream.state() },
      normals: this.normals.state(),
      archive: this.archive.snapshot(),
      emitters: this.emitters.map((emitter) => emitter.snapshot()),
    };
  }
}

/** @param annealing of the archive that emitters go by, where it is another than the one that is kept */
export function beginEmitting(
  problem: Problem,
  options: Options,
  seed: string,
  annealing?: Annealing,
): Strategy {
  const setting = new EmitterSetting(problem, options);
  const stream = RandomStream.from(seed);
  const archive = Keeper.begin(problem, options, seed, annealing);
  const emitters = Array.from({ length: options.emitters }, () => Emitter.begin(setting, archive, stream));
  return new Emitting(setting, stream, NormalSource.from(stream), archive, emitters);
}

export function resumeEmitting(
  problem: Problem,
  options: Options,
  { random, normals, archive, emitters }: Snapshot,
  annealing?: Annealing,
): Strategy {
  const setting = new EmitterSetting(problem, options);
  const stream = RandomStream.restore(random as unknown as RandomState);
  return new Emitting(
    setting,
    stream,
    NormalSource.restore(stream, normals as Int32Array),
    Keeper.restore(problem, options, archive as Snapshot, annealing),
    (emitters as readonly Snapshot[]).map((emitter) => Emitter.restore(setting, emitter)),
  );
}
