import { readBytes } from '../../spec/json-file.js';
import { sha256 } from '../../spec/sha256.js';
import { decodedPieces, type Encoding, encodingOf } from '../../spec/text.js';
import type { SourceText } from './graph.js';

/** A file's bytes, made into text piece by piece where its reader can take it so: text costs more than its bytes. */
export class SourceFile implements SourceText {
  private readonly bytes: Buffer;
  private readonly encoding: Encoding;

  /**
   * @param what says in messages what was to be read
   * @param encoding how it is encoded, where the file itself does not tell
   */
  constructor(
    readonly source: string,
    what: string,
    encoding?: string,
  ) {
    this.bytes = readBytes(source, what);
    this.encoding = encodingOf(this.bytes, source, encoding);
  }

  get text(): string {
    return [...this.pieces].join('');
  }

  get pieces(): Iterable<string> {
    return decodedPieces(this.bytes, this.encoding.label);
  }

  /** What tells the file's format. */
  get beginning(): string {
    return new TextDecoder(this.encoding.label).decode(this.bytes.subarray(0, 10_000));
  }

  get sha256(): string {
    return sha256(this.bytes);
  }

  /** What a user should know of how the bytes were read. */
  get notices(): string[] {
    return this.encoding.notice === undefined ? [] : [this.encoding.notice];
  }
}
