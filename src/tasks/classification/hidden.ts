import type { RandomStream } from '../../math/random.js';
import { allToAll, type Connection, drawDelays, fixedProbability } from '../../network/build/random-graph.js';
import { escapeRate } from '../../network/cells/escape-rate.js';
import type { Population } from '../../network/model/network.js';
import { exponentialHeld } from '../../network/synapses/exponential.js';
import { activeHz, psp, tauPspMs } from './cells.js';

/** A layer between inputs and pools. */
export type HiddenLayer = (
  random: RandomStream,
  channels: number,
  channelsOn: number,
) => {
  /** Of the population `hidden`, from which weights that learn lead to the pools. */
  cells: number;
  populations: readonly Population[];
  /** Weights that evolution may start from, in place of those that learn; empty where it starts from these. */
  evolving: Readonly<Record<string, Connection>>;
  fixed: Readonly<Record<string, Connection>>;
  /** Sum of filtered spikes of the layer while a pattern is on. */
  drive: number;
};

/** Drive at which a cell fires at 20 Hz: its threshold as its model has it. */
const atThreshold = escapeRate.parameters.theta!.default;
/** Probability that a channel reaches a cell of the layer. */
const density = 0.25;
/** How slowly thresholds move. */
const tauThresholdsMs = 200;
/** Standard deviation of the first weights onto thresholds. */
const firstShift = 0.05;

const between = (from: string, to: string, port: string) => ({
  from,
  to,
  port,
  acts: 'afterReset' as const,
  delayMs: 0,
});

/**
 * Fixed random features of which few win, by inhibition of all by all: the spiking counterpart of a layer that keeps its k
 * most driven units.
 *
 * Where there are threshold cells, they fire as the inputs drive them and shift the thresholds of the layer through slow
 * currents. Their weights are what evolution may start from. After Hammouamri, Masquelier and Wilson 2022, Transactions on Machine Learning Research,
 * whose modulator is a network of its own with tanh outputs; here the rates of the cells saturate.
 */
export const sparseLayer =
  ({
    cells,
    inhibition,
    thresholdCells,
    longestDelayMs,
  }: {
    cells: number;
    inhibition: number;
    thresholdCells: number;
    /** Delays of the features are uniform up to this, where given: cells then fire as spikes come in an order. */
    longestDelayMs?: number | undefined;
  }): HiddenLayer =>
  (random, channels, channelsOn) => {
    const perChannel = (activeHz * tauPspMs) / 1000;
    const edges = fixedProbability(random, { from: channels, to: cells }, density);
    const feature = atThreshold / (density * channelsOn * perChannel);
    const modulating = atThreshold / (channelsOn * perChannel);
    const soft = { model: escapeRate, parameters: {} };
    const layer: Population = {
      name: 'hidden',
      count: cells,
      ...soft,
      ports: {
        features: psp,
        rivals: psp,
        thresholds: { model: exponentialHeld, parameters: { tau: tauThresholdsMs } },
      },
    };
    return {
      cells,
      populations: [
        ...(thresholdCells > 0
          ? [{ name: 'thresholds', count: thresholdCells, ...soft, ports: { inputs: psp } }]
          : []),
        layer,
      ],
      evolving:
        thresholdCells > 0
          ? {
              toThresholds: {
                ...between('inputs', 'thresholds', 'inputs'),
                edges: allToAll({ from: channels, to: thresholdCells }),
                weight: () => modulating * (1 + random.normal()),
              },
              shifts: {
                ...between('thresholds', 'hidden', 'thresholds'),
                edges: allToAll({ from: thresholdCells, to: cells }),
                weight: () => firstShift * random.normal(),
              },
            }
          : {},
      fixed: {
        features: {
          ...between('inputs', 'hidden', 'features'),
          ...(longestDelayMs === undefined ? {} : { delayMs: drawDelays(random, edges, 0, longestDelayMs) }),
          edges,
          weight: () => feature * random.uniformIn(0.5, 1.5),
        },
        winners: {
          ...between('hidden', 'hidden', 'rivals'),
          edges: allToAll({ from: cells, to: cells, self: false }),
          weight: -inhibition,
        },
      },
      // What all fire together settles where it takes away what the inputs bring.
      drive: atThreshold / inhibition,
    };
  };
