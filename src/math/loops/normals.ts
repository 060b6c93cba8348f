import { layers, type RandomStream } from '../random.js';
import { arrays, BYTES, loops } from './instance.js';

const TWO_TO_32 = 0x100000000;
/** Four generators of four words each: word by word, the generators side by side. */
const WORDS = 16;
/** What is drawn at once stays close to the processor. */
const AT_ONCE = 2048;

/** Of each layer of the ziggurat its width and what lies wholly inside, one after the other. */
const pairs = Float64Array.from({ length: 2 * layers.width.length }, (_, i) =>
  i % 2 === 0 ? layers.width[i / 2]! : layers.inside[(i - 1) / 2]!,
);

/**
 * Many standard normal deviates at a time: the ziggurat of `RandomStream`, at a third of the time, because its bits come
 * from four xoshiro128++ generators side by side (Blackman & Vigna 2021, doi:10.1145/3460772). Of 1.2 % the bits do not
 * decide; these go on in the stream from which the generators were seeded.
 */
export class NormalSource {
  private constructor(
    private readonly stream: RandomStream,
    private readonly words: Int32Array,
  ) {}

  /** Consumes 16 integers of the stream. */
  static from(stream: RandomStream): NormalSource {
    return new NormalSource(
      stream,
      Int32Array.from({ length: WORDS }, () => stream.integer(TWO_TO_32) | 0),
    );
  }

  static restore(stream: RandomStream, words: Readonly<Int32Array>): NormalSource {
    return new NormalSource(stream, Int32Array.from(words));
  }

  /** What `restore` goes on from, together with the stream. */
  state(): Int32Array {
    return this.words.slice();
  }

  /** Fills an array. Consumes an output of one generator an entry, and what is left of the last four. */
  fill(into: Float64Array): void {
    for (let from = 0; from < into.length; from += AT_ONCE)
      this.fillPart(into.subarray(from, from + AT_ONCE));
  }

  private fillPart(into: Float64Array): void {
    const { memory, normals } = loops();
    const count = Math.ceil(into.length / 4) * 4;
    const [state, table, target, open] = arrays(memory, [
      (WORDS * 4) / BYTES,
      pairs.length,
      count,
      count + 1,
    ]) as [Float64Array, Float64Array, Float64Array, Float64Array];
    const words = new Int32Array(memory.buffer, state.byteOffset, WORDS);
    words.set(this.words);
    table.set(pairs);
    const end = normals(0, table.byteOffset, target.byteOffset, count, open.byteOffset);
    this.words.set(words);
    into.set(target.subarray(0, into.length));
    const undecided = new Int32Array(memory.buffer, open.byteOffset, (end - open.byteOffset) / 4);
    for (let i = 0; i < undecided.length; i += 2) {
      const at = undecided[i]!;
      if (at < into.length) into[at] = this.stream.normalOf(undecided[i + 1]!);
    }
  }
}
