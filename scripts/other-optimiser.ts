import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Search, Searcher } from '../src/bench/search.js';
import { RandomStream } from '../src/math/random.js';
import { UsageError } from '../src/spec/errors.js';
import type { Outcome, Problem } from '../src/strategies/strategy.js';

/** An answer of an optimiser of another program: its next points, or why it has ended. */
interface Answer {
  /** float64 in base64, row-major `[count, genes]` */
  points?: string;
  count?: number;
  stopped?: string;
  /** Milliseconds of its ask and tell so far. */
  ms: number;
}

/** Seeds of other programs: whole numbers above 0 of 31 bits. */
const wholeSeed = (seed: string) => 1 + RandomStream.from(seed).integer(2 ** 31 - 2);

/**
 * A process that reads a message a line and answers each by one (scripts/bench-python.py describes them), spoken to by named
 * pipes, so that a search of it can be asked and told like one of ours, without waiting for an event.
 */
export class OtherOptimiser implements Searcher {
  private readonly child: ChildProcess;
  private readonly toChild: number;
  private readonly fromChild: number;
  private rest = Buffer.alloc(0);

  constructor(
    readonly name: string,
    command: string,
    args: readonly string[],
    readonly otherProgram: { like?: string | undefined } = {},
  ) {
    const folder = mkdtempSync(join(tmpdir(), 'baldwin-optimiser-'));
    const pipes = [join(folder, 'to'), join(folder, 'from')] as const;
    try {
      if (spawnSync('mkfifo', pipes).status !== 0) {
        throw new UsageError('other optimisers are spoken to by named pipes, and mkfifo makes none here.');
      }
      // Opened both ways nothing waits for the other side; the child gets these ends, and ours are opened beside them.
      const ends = pipes.map((path) => openSync(path, 'r+'));
      this.child = spawn(command, args, { stdio: [ends[0]!, ends[1]!, 'inherit'] });
      // A command that is not there is told of by its pipe that ends.
      this.child.on('error', () => undefined);
      this.toChild = openSync(pipes[0], 'w');
      this.fromChild = openSync(pipes[1], 'r');
      for (const end of ends) closeSync(end);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  create(problem: Problem, seed: string): Search {
    const { low, high, start, step, priorLow, priorHigh, genes } = problem;
    const arrays = { low, high, start, step, priorLow, priorHigh };
    const plain = Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, [...values]]));
    const say = (message: object) => this.say(message);
    let answer = say({ begin: { ...plain, seed: wholeSeed(seed) } });
    return {
      ask: () => pointsOf(answer, genes),
      tell: (outcomes: readonly Outcome[]) => {
        answer = say({ tell: outcomes.map(({ objectives }) => -objectives[0]!) });
      },
      get stopped() {
        return answer.stopped;
      },
      get milliseconds() {
        return answer.ms;
      },
    };
  }

  private say(message: object): Answer {
    try {
      const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
      for (let sent = 0; sent < bytes.length; ) sent += writeSync(this.toChild, bytes, sent);
    } catch {
      throw this.ended();
    }
    return JSON.parse(this.line()) as Answer;
  }

  private line(): string {
    const parts = [this.rest];
    for (let at = this.rest.indexOf(10); ; ) {
      const last = parts.at(-1)!;
      if (at >= 0) {
        parts[parts.length - 1] = last.subarray(0, at);
        this.rest = last.subarray(at + 1);
        return Buffer.concat(parts).toString();
      }
      const read = Buffer.alloc(65_536);
      const size = readSync(this.fromChild, read);
      if (size === 0) throw this.ended();
      parts.push(read.subarray(0, size));
      at = parts.at(-1)!.indexOf(10);
    }
  }

  private ended(): Error {
    return new UsageError(`${this.name}: its process ended before it answered; what it said stands above.`);
  }

  close(): void {
    closeSync(this.toChild);
    closeSync(this.fromChild);
    // A process that never began has no number, and a signal to none would reach this one.
    if (this.child.pid !== undefined) this.child.kill();
  }
}

function pointsOf({ points, count }: Answer, genes: number): { genome: Float64Array }[] {
  // Copied, as a decoded buffer need not begin where a float64 may.
  const bytes = new Uint8Array(Buffer.from(points!, 'base64'));
  const all = new Float64Array(bytes.buffer);
  return Array.from({ length: count! }, (_, i) => ({ genome: all.subarray(i * genes, (i + 1) * genes) }));
}
