import cliProgress from 'cli-progress';
import type { Progress, StepUnderWay } from '../evolve/loop.js';
import { count, figure, notice } from './output.js';

/** Without a terminal a line is written at most this often. */
const lineEveryMs = 5000;

/** Of a step that lasts longer it is said how far it has come. */
const longStepMs = 2000;

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Shows how a run goes on stderr: a bar on a terminal, a line now and then elsewhere. */
export class ProgressReporter {
  private bar: cliProgress.SingleBar | undefined;
  private lastLine = 0;
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
    this.say(this.describe(progress, now), progress.share ?? 0, now);
  }

  /** A step goes on: said where it is long. */
  within({ step, lived, candidates }: StepUnderWay): void {
    const now = performance.now();
    this.stepEnded ??= now;
    if (now - this.stepEnded < longStepMs || lived === candidates) return;
    this.say(`step ${step}: ${count(lived)} of ${count(candidates)} candidates lived`, this.lastShare, now);
  }

  private say(text: string, share: number, now: number): void {
    this.lastShare = share;
    if (process.stderr.isTTY) {
      if (!this.bar) {
        this.bar = new cliProgress.SingleBar(
          { format: '{bar} {text}', hideCursor: true, barsize: 18, stream: process.stderr, fps: 5 },
          cliProgress.Presets.shades_classic,
        );
        this.bar.start(1000, 0, { text });
      }
      this.bar.update(Math.round(share * 1000), { text });
    } else if (now - this.lastLine >= lineEveryMs) {
      this.lastLine = now;
      notice(text);
    }
  }

  private describe({ point, spent, share, failures }: Progress, now: number): string {
    const done = (share ?? 0) - this.firstShare;
    const left =
      share !== undefined && done > 0 ? ((now - this.began!) / 1000 / done) * (1 - share) : Number.NaN;
    return [
      `${count(spent.evaluations)} evaluations`,
      `${count(Math.round(this.rate!))}/s`,
      `best ${figure(point.best)}`,
      `median ${figure(point.median)}`,
      `quartiles ${figure(point.q25)} to ${figure(point.q75)}`,
      ...(failures > 0 ? [`${failures} failed`] : []),
      ...(Number.isFinite(left) ? [`${duration(left)} left`] : []),
    ].join(' | ');
  }

  /** Clears the way for other output. */
  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}
