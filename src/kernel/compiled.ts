import type { Network } from '../network/network.js';
import { wasmBase64 } from './accumulate-and-fire.wat.js';
import { checkWeights, layOut, thresholdsOf } from './rows.js';
import type { Simulator } from './simulator.js';

/** The part of the WebAssembly interface used here; Node's types leave it out. */
const { Module, Instance } = (
  globalThis as unknown as {
    WebAssembly: {
      Module: new (bytes: Uint8Array) => object;
      Instance: new (module: object) => { exports: unknown };
    };
  }
).WebAssembly;

/** What accumulate-and-fire.wat exports; addresses are bytes. */
interface Exports {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  fire(cells: number, threshold: number, fired: number): number;
  deliver(
    list: number,
    end: number,
    rows: number,
    from: number,
    to: number,
    post: number,
    weight: number,
  ): void;
  reset(list: number, end: number): void;
  read(list: number, end: number): number;
}

/** The fields of a row, and its size, as the module has them. */
const row = { start: 0, middle: 4, end: 8, bytes: 12 } as const;

interface List {
  at: number;
  end: number;
}

let compiled: object | undefined;

/** Runs a network in WebAssembly, with the steps and to the bit the results of the reference simulator. */
export class CompiledSimulator implements Simulator {
  readonly network: Network;
  private readonly wasm: Exports;
  private readonly charge: Float64Array;
  private readonly weight: Float64Array;
  private readonly source: Int32Array;
  private readonly address: { threshold: number; fired: number; rows: number; post: number; weight: number };
  private readonly inputs: readonly List[];
  private readonly outputs: readonly List[];
  private spikes = 0;

  constructor(network: Network) {
    this.network = network;
    const { start, middle, end, post, source } = layOut(network);
    const cells = start.length;
    // Thresholds of the padding stay at infinity, so that it never fires.
    const padded = Math.ceil(cells / 4) * 4;
    this.source = source;
    compiled ??= new Module(Buffer.from(wasmBase64, 'base64'));
    this.wasm = new Instance(compiled).exports as Exports;

    let used = 0;
    const take = (bytes: number) => {
      const at = used;
      used += Math.ceil(bytes / 8) * 8;
      return at;
    };
    const list = (ids: Int32Array): List => {
      const at = take(4 * ids.length);
      return { at, end: at + 4 * ids.length };
    };
    // Charges come first: the module takes a target for the address of its charge.
    take(8 * padded);
    this.address = {
      threshold: take(8 * padded),
      weight: take(8 * source.length),
      rows: take(row.bytes * cells),
      post: take(4 * source.length),
      // The module writes one entry beyond those it keeps.
      fired: take(4 * (cells + 1)),
    };
    this.inputs = network.inputs.map((port) => list(port.cells));
    this.outputs = network.outputs.map((port) => list(port.cells));
    const { memory } = this.wasm;
    memory.grow(Math.max(0, Math.ceil(used / 65536) - memory.buffer.byteLength / 65536));

    const integers = (at: number, values: ArrayLike<number>) =>
      new Int32Array(memory.buffer, at, values.length).set(values);
    this.charge = new Float64Array(memory.buffer, 0, cells);
    this.weight = new Float64Array(memory.buffer, this.address.weight, source.length);
    const threshold = new Float64Array(memory.buffer, this.address.threshold, padded);
    threshold.fill(Number.POSITIVE_INFINITY);
    threshold.set(thresholdsOf(network));
    integers(
      this.address.post,
      post.map((cell) => 8 * cell),
    );
    for (let cell = 0; cell < cells; cell++) {
      integers(this.address.rows + row.bytes * cell, [start[cell]!, middle[cell]!, end[cell]!]);
    }
    network.inputs.forEach((port, i) => {
      integers(
        this.inputs[i]!.at,
        port.cells.map((cell) => row.bytes * cell),
      );
    });
    network.outputs.forEach((port, i) => {
      integers(
        this.outputs[i]!.at,
        port.cells.map((cell) => 8 * cell),
      );
    });
    this.load(network.weights);
  }

  load(weights: Float64Array): void {
    checkWeights(this.network, weights);
    const { weight, source } = this;
    for (let s = 0; s < source.length; s++) weight[s] = weights[source[s]!]!;
    this.reset();
  }

  reset(): void {
    this.charge.fill(0);
    this.spikes = 0;
  }

  get spikeCount(): number {
    return this.spikes;
  }

  get charges(): Readonly<Float64Array> {
    return this.charge;
  }

  step(active: readonly number[], outputs: Float64Array): void {
    const { wasm, inputs } = this;
    const { threshold, fired, rows, post, weight } = this.address;
    const end = wasm.fire(this.charge.length, threshold, fired);
    this.spikes += (end - fired) / 4;
    for (let i = 0; i < active.length; i++) {
      const driven = inputs[active[i]!]!;
      wasm.deliver(driven.at, driven.end, rows, row.start, row.end, post, weight);
    }
    wasm.deliver(fired, end, rows, row.start, row.middle, post, weight);
    wasm.reset(fired, end);
    wasm.deliver(fired, end, rows, row.middle, row.end, post, weight);
    for (let o = 0; o < this.outputs.length; o++) {
      outputs[o] = wasm.read(this.outputs[o]!.at, this.outputs[o]!.end);
    }
  }
}
