import type { Habitat } from '../evaluate/habitat.js';
import type { OpenedRun } from '../evolve/opened-run.js';
import { type Quantity, quantitiesOf, quantityNamed } from '../kernel/quantities.js';
import { isWholeSteps, nearWholeSteps } from '../math/steps.js';
import type { Network } from '../network/model/network.js';
import { suggest, UsageError } from '../spec/errors.js';
import { animalNames } from './cell-names.js';
import { chosenNumbers, labelsOf, membersOf, splitSelection } from './selection.js';
import { type Probe, probeSize } from './watch.js';
import { watchLives } from './watched-lives.js';

export interface LifeRecordingRequest {
  /** Quantities, each with what is chosen of it in brackets: `cells.v[AVAL,AVAR]`. */
  record: readonly string[];
  genome: Readonly<Float64Array>;
  /** Name of the scenario whose episode is recorded; the first where absent. */
  scenario?: string | undefined;
  /** Between two samples; each step of the network where absent. */
  everyMs?: number | undefined;
  window?: readonly [fromMs: number, toMs: number] | undefined;
}

/** A quantity over one episode. */
export interface RecordedQuantity extends Pick<Quantity, 'name' | 'unit' | 'about' | 'each' | 'of'> {
  /** `[columns]` names of its cells or synapses, no two the same; one that is empty where it is the network's. */
  labels: string[];
  /** `[samples, columns]` row-major */
  values: Float64Array;
  /** Where it is of one cell: when this fired, ms, within the times of samples. */
  spikesMs?: number[];
}

/** One episode of a genome's life, with what was asked for. */
export interface LifeRecording {
  scenario: string;
  heldOut: boolean;
  score: number;
  durationMs: number;
  /** Between the ends of the steps, or of the intervals of the task, after which samples could be taken. */
  resolutionMs: number;
  /** `[samples]` since the episode began. */
  timesMs: Float64Array;
  quantities: RecordedQuantity[];
}

/** Everything that can be recorded of a genome's lives in a habitat. */
export const recordable = (network: Network, { embodied }: Habitat): Quantity[] =>
  quantitiesOf(network, embodied.weightUnit);

const where = '--record';

/** What the texts of a request name, in the genome's own network. */
function probesFor(
  network: Network,
  habitat: Habitat,
  texts: readonly string[],
): (Probe & { labels: string[] })[] {
  const quantities = recordable(network, habitat);
  const animal = animalNames(network, habitat);
  const probes = texts.map((text) => {
    const { name, parts } = splitSelection(text);
    const quantity = quantityNamed(quantities, name, where);
    const members = membersOf(quantity, network, animal);
    const chosen =
      parts === undefined
        ? Int32Array.from({ length: quantity.count }, (_, i) => i)
        : chosenNumbers(quantity, members, parts, where);
    return { quantity, chosen, labels: labelsOf(members, chosen) };
  });
  const names = probes.map(({ quantity }) => quantity.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new UsageError(
      `${where}: "${twice}" is there twice: give all that you want of it as ${twice}[…,…].`,
    );
  }
  return probes;
}

function refuseEvery(everyMs: number | undefined, dtMs: number): void {
  if (everyMs === undefined || isWholeSteps(everyMs, dtMs)) return;
  throw new UsageError(
    `--every: expected a whole number of steps of ${dtMs} ms, found ${everyMs} ms. Give ${nearWholeSteps(everyMs, dtMs)}.`,
  );
}

/** The place of a scenario among the episodes of its set. */
function placeOf({ task }: Habitat, wanted: string | undefined) {
  const sets = { trained: task.scenarios, heldOut: task.heldOut };
  for (const set of ['trained', 'heldOut'] as const) {
    const names = sets[set].map(({ name }) => name);
    const at = wanted === undefined ? 0 : names.indexOf(wanted);
    if (at >= 0 && names.length > 0) return { set, at };
  }
  const names = [...sets.trained, ...sets.heldOut].map(({ name }) => name);
  throw new UsageError(`--scenario: there is no scenario "${wanted}". ${suggest(wanted!, names)}`);
}

/**
 * One episode of the champion's life, lived by a genome, with quantities of its network recorded: at each step of the
 * network, or where that would change the life at the end of each interval of the task.
 * @throws UsageError for a name, a cell, a synapse, a scenario or a time that there is not
 */
export function recordLife(opened: OpenedRun, request: LifeRecordingRequest): LifeRecording {
  const { habitat } = opened;
  const { dtMs } = habitat.embodied.network;
  const { record, genome, scenario, everyMs, window } = request;
  refuseEvery(everyMs, dtMs);
  const { set, at } = placeOf(habitat, scenario);
  let probes: (Probe & { labels: string[] })[] = [];
  const { episodes, networks, resolutionMs } = watchLives(opened, [genome], {
    ...{ everyMs: everyMs ?? dtMs, window, sets: [set] },
    episode: at,
    probes: (network) => {
      probes = probesFor(network, habitat, record);
      return probes;
    },
  });
  const episode = episodes[0]![at]!;
  const timesMs = Float64Array.from(episode.sampleMs);
  if (timesMs.length === 0) {
    throw new UsageError(
      `--window: the episode lasts ${episode.durationMs} ms, so nothing was recorded in it.`,
    );
  }
  const quantities = probes.map(({ labels, ...probe }): RecordedQuantity => {
    const { name, unit, about, each, of } = probe.quantity;
    const isOneCell = each === 'cell' && probeSize(probe) === 1;
    return {
      ...{ name, unit, about, each, of, labels, values: episode.taken[name]! },
      ...(isOneCell ? { spikesMs: spikesOf(networks[0]!, of, probe.chosen![0]!, episode) } : {}),
    };
  });
  const { heldOut, score, durationMs } = episode;
  return { scenario: episode.scenario, heldOut, score, durationMs, resolutionMs, timesMs, quantities };
}

/** When a cell of a population fired between the first and the last sample. */
function spikesOf(
  { populations }: Network,
  population: string,
  cell: number,
  { spikes, sampleMs }: { spikes: { timeMs: number[]; cell: number[] }; sampleMs: number[] },
): number[] {
  const at = populations.findIndex(({ name }) => name === population);
  const first = populations.slice(0, at).reduce((sum, { count }) => sum + count, 0);
  return spikes.timeMs.filter(
    (ms, i) => spikes.cell[i] === first + cell && ms >= sampleMs[0]! && ms <= sampleMs.at(-1)!,
  );
}
