import type { DrawKind } from '../../../expression/functions.js';
import { UsageError } from '../../../spec/errors.js';
import type { Network, Population, Projection } from '../../model/network.js';
import { Names } from '../names.js';
import { Remarks, ScriptArrays, type ScriptRequest } from '../script.js';
import { scriptWords } from './dialect.js';
import { type Block, multiline } from './text.js';

/** What ports without spikes receive, by state: one variable for each projection. */
export type Received = ReadonlyMap<string, readonly string[]>;

/** More random numbers than these make files that nobody wants. */
const mostDraws = 50_000_000;

/** What the parts of a script share while it is written. */
export class Brian2Context {
  readonly names = new Names(scriptWords);
  readonly arrays = new ScriptArrays();
  readonly remarks = new Remarks();
  private readonly modulatorNames = new Names(scriptWords);
  private readonly sums: ReadonlyMap<string, Received>;

  constructor(
    readonly network: Network,
    private readonly request: ScriptRequest,
  ) {
    this.sums = new Map(
      network.populations.map((population) => [population.name, receivedBy(network, population)]),
    );
  }

  get dtMs(): number {
    return this.network.dtMs;
  }

  /** The variable of a modulator, of which the name is `m.NAME`. */
  modulator(name: string): string {
    return this.modulatorNames.of(name.replace(/^m\./, ''));
  }

  /** What the ports without spikes of a population receive. */
  received(population: string): Received {
    return this.sums.get(population)!;
  }

  /** What a place in a population's equations draws, where that is recorded. */
  recordedDraws({ name, count }: Population, kind: DrawKind, site: number): string | undefined {
    const { noise, ms } = this.request;
    if (!noise) return undefined;
    const { populations } = this.network;
    const before = populations.slice(
      0,
      populations.findIndex((of) => of.name === name),
    );
    const first = before.reduce((sum, of) => sum + of.count, 0);
    const steps = Math.round(ms / this.dtMs);
    if (steps * count > mostDraws) {
      throw new UsageError(
        `The random numbers of ${count} cells in ${steps} steps are too many to be recorded: let the script run for less time (--ms).`,
      );
    }
    const values = new Float64Array(steps * count);
    for (let step = 0; step < steps; step++) {
      for (let cell = 0; cell < count; cell++)
        values[step * count + cell] = noise(kind, site, step, first + cell);
    }
    const data = this.arrays.file(`${this.names.of(name)}_draws_${site}`, values, [steps, count]);
    return `TimedArray(${data}, dt=defaultclock.dt)`;
  }

  /** `[cells]` the summed weights of the synapses without spikes that reach a port. */
  weightSum(population: string, port: string): Float64Array {
    const { populations, projections, weights } = this.network;
    const sums = new Float64Array(populations.find(({ name }) => name === population)!.count);
    for (const { to, port: own, post, weight } of projections) {
      if (to !== population || own !== port) continue;
      for (const [s, cell] of post.entries()) sums[cell]! += weights[weight[s]!]!;
    }
    return sums;
  }

  /** The variable of its own that a projection sums into, where several reach one port. */
  receivedName = ({ port, name }: Projection) => `${port}.from.${name}`;

  /** Statements that are carried out at one place of every step. */
  regular(id: string, { when, order, lines }: Block): string[] {
    if (lines.length === 0) return [];
    return [`${id}.run_regularly(${multiline(lines)}, when='${when}', order=${order})`];
  }
}

/** Which projections reach each port without spikes of a population. */
function receivedBy({ projections }: Network, { name, ports }: Population): Received {
  const found = new Map<string, string[]>();
  for (const projection of projections) {
    if (projection.to !== name || projection.post.length === 0) continue;
    const { sends, receives } = ports[projection.port]!.model;
    if (sends === undefined) continue;
    const state = `${projection.port}.${receives}`;
    found.set(state, [...(found.get(state) ?? []), `${projection.port}.from.${projection.name}`]);
  }
  return found;
}
