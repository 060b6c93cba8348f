import { decodeFrame, encodeFrame } from '../spec/binary.js';
import type { Snapshot } from '../strategies/strategy.js';

/** A strategy's state as a file: a sealed frame. */
export const encodeSnapshot = (value: Snapshot): Buffer =>
  Buffer.from(encodeFrame(value, { sealed: true }).buffer);

/** The value, or undefined where the bytes are damaged or cut short. */
export const decodeSnapshot = (data: Uint8Array): Snapshot | undefined =>
  decodeFrame(data, { sealed: true }) as Snapshot | undefined;
