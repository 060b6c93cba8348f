import { ReferenceSimulator } from '../kernel/reference.js';
import { deriveSeed } from '../math/seed.js';
import { suggestName } from '../network/check/text.js';
import { cellStatesUsedBy, senderStatesUsedBy } from '../network/model/cell-states.js';
import { type CellModel, defaultsOf, type PortModel } from '../network/model/model.js';
import type { Network } from '../network/model/network.js';
import { UsageError } from '../spec/errors.js';
import type { ResponseData, Trace } from './response.js';

export interface PortRequest {
  parameters?: Readonly<Record<string, number>> | undefined;
  dtMs?: number | undefined;
  durationMs?: number | undefined;
  seed?: number | undefined;
}

const spikeMs = 10;
/** When the cell itself fires, for ports that see its spikes. */
const ownSpikeMs = 30;
/** The potential that the cell is held at, and that of a partner while it is excited. */
const [heldMv, excitedMv] = [-65, -45];

const described = { summary: '', source: '', parameters: {} };
const start = (name: string) => ({ unit: '1', start: name === 'v' ? heldMv : 0 });

/** A cell whose states stay as they are, which keeps the current that it was given, and fires once where that is seen. */
const heldCell = (port: PortModel): CellModel => ({
  ...described,
  name: 'held',
  state: {
    ...Object.fromEntries(cellStatesUsedBy(port).map((name) => [name, start(name)])),
    injected: { unit: '1', start: 0 },
  },
  currentUnit: 'current',
  update: ['injected = I'],
  ...(port.onFire ? { threshold: `t + dt/2 > ${ownSpikeMs} and t < ${ownSpikeMs} + dt/2`, reset: [] } : {}),
});

/** A cell that fires once, or whose states are moved for a while where spikes are not what counts. */
function sender(port: PortModel): CellModel {
  const states = senderStatesUsedBy(port);
  const excited = `t >= ${spikeMs} and t < ${3 * spikeMs}`;
  return {
    ...described,
    name: 'sender',
    state: {
      ...Object.fromEntries(states.map((name) => [name, start(name)])),
      fired: { unit: '1', start: 0 },
    },
    update: [
      ...states.map((name) =>
        name === 'v' ? `v = if(${excited}, ${excitedMv}, ${heldMv})` : `${name} = if(${excited}, 1, 0)`,
      ),
      `late = t + dt/2 - ${spikeMs}`,
    ],
    threshold: 'late > 0 and fired == 0',
    reset: ['fired = 1'],
  };
}

const mV = (value: number) => `${String(value).replace('-', '−')} mV`;

/** Five times the longest time constant, so that everything is seen to decay. */
function defaultDuration({ parameters }: PortModel, values: Readonly<Record<string, number>>): number {
  const constants = Object.entries(parameters)
    .filter(([, { unit }]) => unit === 'ms')
    .map(([name]) => values[name]!)
    .filter(Number.isFinite);
  return Math.ceil(Math.min(2000, Math.max(50, spikeMs + 5 * Math.max(0, ...constants))));
}

/**
 * What a synapse does after one spike of weight 1 at 10 ms, or an input by itself, on a cell whose potential is held;
 * a synapse without spikes is shown a partner that is excited for 20 ms. A port that sees the cell's own spikes is shown
 * one, at 30 ms.
 */
export function portResponse(port: PortModel, request: PortRequest): ResponseData {
  for (const name of Object.keys(request.parameters ?? {})) {
    if (Object.hasOwn(port.parameters, name)) continue;
    throw new UsageError(
      `Unknown parameter "${name}" of ${port.name}. ${suggestName(name, Object.keys(port.parameters))}`,
    );
  }
  const parameters = { ...defaultsOf(port.parameters), ...request.parameters };
  const { dtMs = 0.1, durationMs = defaultDuration(port, parameters), seed = 1 } = request;
  const isSynapse = port.receives !== undefined;
  const cell = heldCell(port);
  const network: Network = {
    dtMs,
    populations: [
      { name: 'sender', count: 1, model: sender(port), parameters: {}, ports: {} },
      { name: 'cell', count: 1, model: cell, parameters: {}, ports: { port: { model: port, parameters } } },
    ],
    projections: isSynapse
      ? [
          {
            ...{ name: 'synapse', from: 'sender', to: 'cell', port: 'port', acts: 'afterReset', delayMs: 0 },
            ...{ rowStart: Int32Array.of(0, 1), post: Int32Array.of(0), weight: Int32Array.of(0) },
          },
        ]
      : [],
    modulators: {},
    inputs: [],
    outputs: [],
    weights: isSynapse ? Float64Array.of(1) : new Float64Array(0),
  };
  const simulator = new ReferenceSimulator(network);
  simulator.load({ seed: deriveSeed('experiment', seed) });
  const steps = Math.max(1, Math.round(durationMs / dtMs));
  const timesMs = Float64Array.from({ length: steps }, (_, step) => (step + 1) * dtMs);
  const receives =
    port.receives !== undefined && !Object.hasOwn(port.state, port.receives) ? [port.receives] : [];
  const recorded = [
    ...(port.current === undefined ? [] : [{ name: 'current', unit: '1', state: 'injected' }]),
    ...receives.map((name) => ({ name, unit: port.weightUnit ?? '1', state: name })),
    ...Object.entries(port.state).map(([name, { unit }]) => ({ name, unit, state: `port.${name}` })),
  ].map(({ state, ...trace }) => ({ trace: { ...trace, values: new Float64Array(steps) }, state }));
  /** The sender's spike where it arrives somewhere, and the cell's own. */
  const shown = isSynapse && port.sends === undefined ? [0, 1] : [1];
  const spikesMs: number[] = [];
  const none = new Float64Array(0);
  for (let step = 0; step < steps; step++) {
    simulator.run(1, none, none);
    if (simulator.fired().some((cell) => shown.includes(cell))) spikesMs.push((step + 1) * dtMs);
    for (const { trace, state } of recorded) trace.values[step] = simulator.state('cell', state)[0]!;
  }
  const alone = port.onFire === undefined ? ['by itself'] : [];
  const what = [
    ...(port.sends !== undefined
      ? [`the partner, of weight 1, is excited from ${mV(heldMv)} to ${mV(excitedMv)} for ${2 * spikeMs} ms`]
      : isSynapse
        ? [`one spike of weight 1 at ${spikeMs} ms`]
        : alone),
    ...(port.onFire === undefined ? [] : [`the cell fires at ${ownSpikeMs} ms`]),
  ].join('; ');
  const states: Trace[] = recorded.map(({ trace }) => trace);
  const usesPotential = Object.hasOwn(cell.state, 'v') && port.receives !== 'v';
  return {
    title: port.name,
    subtitle: usesPotential ? `${what}; the cell is held at ${mV(heldMv)}` : what,
    timesMs,
    states,
    spikesMs,
  };
}
