import type { StudyProgress } from '../study/carry-out.js';
import { count } from './output.js';
import { duration, ProgressLine } from './progress-line.js';

/** Shows how a study goes on stderr. */
export class StudyProgressReporter {
  private readonly line = new ProgressLine();
  private began: { at: number; share: number } | undefined;

  update({ runs, ended, underWay, evaluations, share }: StudyProgress): void {
    const now = performance.now();
    // Runs that had ended before are no measure of how long the others take.
    if (this.began === undefined || evaluations === 0) this.began = { at: now, share };
    const seconds = (now - this.began.at) / 1000;
    const done = share - this.began.share;
    const left = done > 0 && seconds > 1 ? (seconds / done) * (1 - share) : Number.NaN;
    this.line.say(
      [
        `${count(ended)} of ${count(runs)} runs ended, ${count(underWay)} under way`,
        `${count(evaluations)} evaluations`,
        ...(seconds > 1 ? [`${count(Math.round(evaluations / seconds))}/s`] : []),
        ...(Number.isFinite(left) ? [`${duration(left)} left`] : []),
      ].join(' | '),
      share,
    );
  }

  stop(): void {
    this.line.stop();
  }
}
