import type { DrawKind } from '../../expression/functions.js';
import { pythonNumber } from '../../expression/python.js';
import type { LifeCourse } from './life.js';

/** Numbers that stand in a file beside the script, by name. */
export interface ScriptArray {
  name: string;
  /** `[rows * columns]` row-major where there is a shape */
  values: Float64Array | Int32Array;
  shape?: readonly [rows: number, columns: number];
}

/** A program for another simulator. */
export interface Script {
  text: string;
  arrays: readonly ScriptArray[];
  /** What it does not say of the network, or says otherwise: each once, with a count. */
  remarks: readonly string[];
}

/** What a script is made for. */
export interface ScriptRequest {
  /** What it is, in its first line. */
  title: string;
  /** How long it runs, ms. */
  ms: number;
  /** Name of the file of arrays, beside the script. */
  arraysFile: string;
  /** Random numbers that the script reads in place of drawing its own: what Baldwin draws in one life. */
  noise?: RecordedNoise;
  /** What happens to the network meanwhile; nothing where absent. It lasts `ms`. */
  course?: LifeCourse;
}

/** The random number of a place in the equations, in a step, for a cell counted through the network. */
export type RecordedNoise = (kind: DrawKind, site: number, step: number, cell: number) => number;

/** Longer lists stand in a file. */
const longest = 24;

/** The lists of a script: short ones are written out, others go into the file of arrays. */
export class ScriptArrays {
  readonly all: ScriptArray[] = [];

  /** What the script writes for the values. */
  take(name: string, values: Float64Array | Int32Array): string {
    const [first] = values;
    if (values.length > 1 && values.every((value) => value === first))
      return `np.full(${values.length}, ${pythonNumber(first!)})`;
    if (values.length <= longest) return `np.array([${Array.from(values, pythonNumber).join(', ')}])`;
    return this.file(name, values);
  }

  /** The same for what is always in the file. */
  file(name: string, values: Float64Array | Int32Array, shape?: readonly [number, number]): string {
    let own = name;
    for (let n = 2; this.all.some((array) => array.name === own); n++) own = `${name}_${n}`;
    this.all.push({ name: own, values, ...(shape ? { shape } : {}) });
    return `data['${own}']`;
  }
}

/** What is to be said of a script, each once, with how often it holds. */
export class Remarks {
  private readonly counts = new Map<string, { count: number; of: string }>();

  /** @param of what is counted, such as `synapses` */
  note(text: string, count = 1, of = ''): void {
    const before = this.counts.get(text)?.count ?? 0;
    this.counts.set(text, { count: before + count, of });
  }

  get texts(): string[] {
    return [...this.counts].map(([text, { count, of }]) =>
      of === '' ? text : `${text} (${count.toLocaleString('en')} ${of})`,
    );
  }
}
