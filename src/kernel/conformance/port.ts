import { deriveSeed } from '../../math/seed.js';
import { portModelProblems } from '../../network/check/port-model.js';
import { formatModelFile, readPortModel } from '../../network/files/model-file.js';
import { cellStatesUsedBy, senderStatesUsedBy } from '../../network/model/cell-states.js';
import type { PortModel } from '../../network/model/model.js';
import type { Network, Values } from '../../network/model/network.js';
import { type Check, expectSame, expectThat } from '../../spec/conformance.js';
import { alone, nothing, scripted, simulatorOf } from './both-engines.js';

const steps = 600;
const dtMs = 0.1;
/** Spikes upon spikes, and one long after them. */
const arriveMs = [1, 1.5, 1.6, 4, 20];
const ownSpikesMs = [10, 11, 40];

/** States of a cell that a port may read, each about where it is found: potentials in mV, all else between 0 and 1. */
const courses = (names: readonly string[], potential: number): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => [name, /^v/i.test(name) ? `${potential} + 5*sin(t / 7)` : '0.3 + 0.2*sin(t / 5)']),
  );

/** Defaults, and values a quarter above them where the range has these. */
function settings({ parameters }: PortModel): Record<string, number>[] {
  const shifted = Object.entries(parameters).map(([name, { default: value, low, high }]) => {
    const other = value * 1.25 - (value === 0 ? 70 : 0);
    return [name, other >= low && other <= high ? other : value] as const;
  });
  return [{}, Object.fromEntries(shifted)];
}

/** One cell with the port, and, where it is a synapse, one that sends to it. */
function networkOf(port: PortModel, kind: 'synapse' | 'input', parameters: Record<string, Values>): Network {
  const isSynapse = kind === 'synapse';
  // What spikes act on is left to them.
  const read = cellStatesUsedBy(port).filter((name) => name !== port.receives);
  const cell = scripted('cell', courses(read, -47), port.onFire ? ownSpikesMs : []);
  const acted = port.receives !== undefined && !Object.hasOwn(port.state, port.receives);
  const model = acted
    ? { ...cell, state: { ...cell.state, [port.receives!]: { unit: '1', start: -60 } } }
    : cell;
  return {
    dtMs,
    populations: [
      {
        name: 'sender',
        count: 1,
        model: scripted('sender', courses(senderStatesUsedBy(port), -20), arriveMs),
        parameters: {},
        ports: {},
      },
      { name: 'cell', count: 1, model, parameters: {}, ports: { port: { model: port, parameters } } },
    ],
    projections: isSynapse
      ? [
          {
            ...{ name: 'synapse', from: 'sender', to: 'cell', port: 'port', acts: 'afterReset', delayMs: 0 },
            ...{ rowStart: Int32Array.of(0, 1), post: Int32Array.of(0), weight: Int32Array.of(0) },
          },
        ]
      : [],
    weights: isSynapse ? Float64Array.of(-0.37) : nothing,
    ...alone,
  };
}

/** What the cell receives and what the port keeps, after every step. */
async function recorded(network: Network, port: PortModel, engine: 'reference' | 'f64' | 'f32') {
  const simulator = await simulatorOf(network, engine);
  simulator.load({ seed: deriveSeed('ports') });
  const acted = port.receives !== undefined && !Object.hasOwn(port.state, port.receives);
  const names = [
    'received',
    ...(acted ? [port.receives!] : []),
    ...Object.keys(port.state).map((name) => `port.${name}`),
  ];
  return Array.from({ length: steps }, () => {
    simulator.run(1, [], nothing);
    return names.map((name) => simulator.state('cell', name)[0]!);
  });
}

/**
 * What is asked of every synapse and input: a description without fault, and a course that is the same to the bit in both
 * engines, with its defaults and with other values.
 */
export function portChecks(port: PortModel, { kind }: { kind: 'synapse' | 'input' }): Check[] {
  const networks = () => settings(port).map((parameters) => networkOf(port, kind, parameters));
  return [
    {
      name: 'has no fault, its units included',
      run: () => expectSame(portModelProblems(port), [], 'the faults of the model'),
    },
    {
      name: 'is the same when it is written to a file and read again',
      run() {
        const text = formatModelFile(port, kind);
        const again = readPortModel(kind, JSON.parse(text), 'written');
        expectSame(JSON.parse(formatModelFile(again, kind)), JSON.parse(text), 'the file written again');
      },
    },
    {
      name: 'has parameters in their ranges',
      run() {
        for (const [name, { default: value, low, high }] of Object.entries(port.parameters)) {
          expectThat(value >= low && value <= high, `parameters.${name} in [${low}, ${high}]`, value);
        }
      },
    },
    {
      name: 'stays finite and is the same to the bit in both engines, spikes upon spikes, with other parameters',
      async run() {
        for (const network of networks()) {
          const reference = await recorded(network, port, 'reference');
          expectThat(reference.flat().every(Number.isFinite), 'a finite course');
          const compiled = await recorded(network, port, 'f64');
          expectSame(compiled, reference, 'the course in the compiled engine');
        }
      },
    },
    {
      name: 'is nearly so in float32',
      async run() {
        for (const network of networks()) {
          const wide = await recorded(network, port, 'f64');
          const single = await recorded(network, port, 'f32');
          const scale = Math.max(1, ...wide.flat().map(Math.abs));
          wide.forEach((values, step) => {
            values.forEach((value, i) => {
              const near = Math.abs(single[step]![i]! - value) <= 1e-4 * scale;
              expectThat(near, `after step ${step} about ${value}`, single[step]![i]);
            });
          });
        }
      },
    },
  ];
}
