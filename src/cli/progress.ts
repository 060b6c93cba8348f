import type { Progress, StepUnderWay } from '../evolve/loop.js';
import { count, figure } from './output.js';
import { duration, ProgressLine } from './progress-line.js';

/** Of a step that lasts longer it is said how far it has come. */
const longStepMs = 2000;

/** Shows how a run goes on stderr: a bar on a terminal, a line now and then elsewhere. */
export class ProgressReporter {
  private readonly line = new ProgressLine();
  private lastShare = 0;
  /** When the latest step ended, or the first life of all. */
  private stepEnded: number | undefined;
  private began: number | undefined;
  private firstShare = 0;
  private rate: number | undefined;

  /** The run begins, or goes on. */
  update(progress: Progress): void {
    const now = performance.now();
    this.rate = this.rate === undefined ? progress.rate : 0.9 * this.rate + 0.1 * progress.rate;
    if (this.began === undefined) {
      this.began = now;
      this.firstShare = progress.share ?? 0;
    }
    this.stepEnded = now;
    this.say(this.describe(progress, now), progress.share ?? 0);
  }

  /** A step goes on: said where it is long. */
  within({ step, lived, candidates }: StepUnderWay): void {
    const now = performance.now();
    this.stepEnded ??= now;
    if (now - this.stepEnded < longStepMs || lived === candidates) return;
    this.say(`step ${step}: ${count(lived)} of ${count(candidates)} candidates lived`, this.lastShare);
  }

  private say(text: string, share: number): void {
    this.lastShare = share;
    this.line.say(text, share);
  }

  private describe({ point, spent, share, failures, archive }: Progress, now: number): string {
    const done = (share ?? 0) - this.firstShare;
    const left =
      share !== undefined && done > 0 ? ((now - this.began!) / 1000 / done) * (1 - share) : Number.NaN;
    return [
      `${count(spent.evaluations)} evaluations`,
      `${count(Math.round(this.rate!))}/s`,
      `best ${figure(point.best)}`,
      `median ${figure(point.median)}`,
      `quartiles ${figure(point.q25)} to ${figure(point.q75)}`,
      ...(archive
        ? [`coverage ${(100 * archive.coverage).toFixed(1)} %`, `QD score ${figure(archive.qdScore)}`]
        : []),
      ...(failures > 0 ? [`${failures} failed`] : []),
      ...(Number.isFinite(left) ? [`${duration(left)} left`] : []),
    ].join(' | ');
  }

  /** Clears the way for other output. */
  stop(): void {
    this.line.stop();
  }
}
