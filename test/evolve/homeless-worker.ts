import { encodeRefusal } from '../../src/evaluate/wire.js';

/** A worker that finds no habitat. */
export default async function work(): Promise<Uint8Array> {
  return encodeRefusal('A worker could not open the habitat: no home here');
}
