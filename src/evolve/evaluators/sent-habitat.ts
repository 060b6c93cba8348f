import type { Habitat } from '../../evaluate/habitat.js';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import { encodeHabitat } from '../../evaluate/wire.js';
import type { SentBytes } from '../../evaluate/worker.js';
import { sha256 } from '../../spec/sha256.js';

/** Bytes in memory that threads share, by their hash. */
export function shared(bytes: Uint8Array): SentBytes {
  const memory = new SharedArrayBuffer(bytes.length);
  new Uint8Array(memory).set(bytes);
  return { hash: sha256(bytes), bytes: memory };
}

/** A habitat as others need it in order to live there, its network compiled once for all of them. */
export const habitatBytes = (habitat: Habitat): Uint8Array =>
  encodeHabitat({
    setup: habitat.setup,
    prepared: { modules: new LifetimeRunner(habitat).modules() },
  });
