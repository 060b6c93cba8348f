import { readFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { readTextFile } from '../../spec/json-file.js';
import { sha256 } from '../../spec/sha256.js';
import type { SourceText } from './graph.js';

const pieceBytes = 0x10_0000;

/** A file's bytes, made into text piece by piece where its reader can take it so: text costs more than its bytes. */
export class SourceFile implements SourceText {
  private readonly bytes: Buffer;

  /** @param what says in messages what was to be read */
  constructor(
    readonly source: string,
    what: string,
  ) {
    this.bytes = bytesOf(source, what);
  }

  get text(): string {
    return this.bytes.toString();
  }

  get pieces(): Iterable<string> {
    return piecesOf(this.bytes);
  }

  /** What tells the file's format. */
  get beginning(): string {
    return this.bytes.toString('utf8', 0, 10_000);
  }

  get sha256(): string {
    return sha256(this.bytes);
  }
}

function bytesOf(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    // Fails in the same way, in words.
    readTextFile(path, what);
    throw error;
  }
}

function* piecesOf(bytes: Buffer): Generator<string> {
  const decoder = new StringDecoder('utf8');
  for (let start = 0; start < bytes.length; start += pieceBytes) {
    yield decoder.write(bytes.subarray(start, start + pieceBytes));
  }
  yield decoder.end();
}
