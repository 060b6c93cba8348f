import type { Habitat } from '../../evaluate/habitat.js';
import type { Evaluator, EvaluatorHost } from '../../evolve/evaluators/evaluator.js';

/** Lives on which genomes are compared: all of them live on the same seeds. */
export interface LifeSet {
  habitat: Habitat;
  seeds: readonly string[];
  /** How often each scenario is lived. */
  repeats: number;
}

/** Told after some lives how many of a piece of work are done; it may throw in order to stop. */
export type OnLived = (what: string, lived: number, of: number) => void;

/** Lives between two questions whether to stop last about this long. */
const askEveryMs = 300;

/** Scores many genomes on the same lives, wherever lives are lived. */
export class ScoreMeter {
  private readonly evaluators = new Map<Habitat, Evaluator>();
  /** Lives until the next question; it changes no result. */
  private atOnce: number;

  constructor(
    private readonly host: EvaluatorHost,
    private readonly onLived: OnLived = () => {},
  ) {
    this.atOnce = 2 * host.workers;
  }

  private evaluatorOf(habitat: Habitat): Evaluator {
    const known = this.evaluators.get(habitat);
    if (known) return known;
    const evaluator = this.host.evaluatorOf(habitat);
    this.evaluators.set(habitat, evaluator);
    return evaluator;
  }

  /**
   * `[genomes][seeds]` scores of some genomes, NaN of a life that failed. Genomes are made as they are needed.
   * @param what the piece of work, for progress
   */
  async scores(
    { habitat, seeds, repeats }: LifeSet,
    genomes: number,
    genomeOf: (index: number) => Readonly<Float64Array>,
    what: string,
  ): Promise<Float64Array[]> {
    const evaluator = this.evaluatorOf(habitat);
    const found = Array.from({ length: genomes }, () => new Float64Array(seeds.length));
    const total = genomes * seeds.length;
    let made: { index: number; genome: Readonly<Float64Array> } | undefined;
    for (let from = 0; from < total; ) {
      const to = Math.min(total, from + this.atOnce);
      const lives = Array.from({ length: to - from }, (_, i) => {
        const index = Math.floor((from + i) / seeds.length);
        if (made?.index !== index) made = { index, genome: genomeOf(index) };
        return { genome: made.genome, seed: seeds[(from + i) % seeds.length]!, repeats };
      });
      const began = performance.now();
      const results = await evaluator.evaluate(lives);
      results.forEach(({ score }, i) => {
        found[Math.floor((from + i) / seeds.length)]![(from + i) % seeds.length] = score;
      });
      this.pace(lives.length, performance.now() - began);
      from = to;
      this.onLived(what, to, total);
    }
    return found;
  }

  private pace(lives: number, ms: number): void {
    const lasting = Math.floor((lives * askEveryMs) / Math.max(ms, 1));
    this.atOnce = Math.max(this.host.workers, Math.min(2 * this.atOnce, lasting));
  }

  /** Forgets a habitat in which nothing more is lived. */
  async leave(habitat: Habitat): Promise<void> {
    await this.evaluators.get(habitat)?.close();
    this.evaluators.delete(habitat);
  }

  async close(): Promise<void> {
    await Promise.all([...this.evaluators.keys()].map((habitat) => this.leave(habitat)));
  }
}
