import cliProgress from 'cli-progress';
import { notice } from './output.js';

/** Without a terminal a line is written at most this often. */
const lineEveryMs = 5000;

export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '-';
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** How far work has come, on stderr: a bar on a terminal, a line now and then elsewhere. */
export class ProgressLine {
  private bar: cliProgress.SingleBar | undefined;
  private lastLine = 0;

  /** @param share how much is done, in [0, 1] */
  say(text: string, share: number): void {
    const now = performance.now();
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

  /** Clears the way for other output. */
  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }
}
