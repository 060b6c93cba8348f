import { type Habitat, openHabitat } from '../../evaluate/habitat.js';
import { LifetimeRunner } from '../../evaluate/lifetime.js';
import { liveLifetime } from '../../evaluate/lives.js';
import type { OpenedRun } from '../../evolve/opened-run.js';
import type { Simulator } from '../../kernel/simulator.js';
import { type Spread, spreadOf } from '../../math/statistics.js';
import { UsageError } from '../../spec/errors.js';
import { cellNames } from '../cell-names.js';
import { freshLosses, verdictsOf } from './losses.js';
import type { LifeSet, ScoreMeter } from './meter.js';
import { lifeSets } from './reversion.js';
import type { FreshLoss } from './types.js';

/** Fresh lives in which it is looked which cells fire. */
const mostWatched = 10;

/** What one cell is good for in the champion. */
export interface SilencedCell {
  name: string;
  cellClass: string;
  /** Spikes in the trained life. */
  spikes: number;
  /** Synapses of it that changed: those that it sends, and those that it receives. */
  changedOut: number;
  changedIn: number;
  /** How much the score falls without it: on the trained life, and on fresh lives. */
  trained: number;
  /** With 95 % the intervals of all cells hold at once. */
  fresh: FreshLoss;
}

export interface Silencing {
  /** Cells of the network; the others neither changed nor fire. */
  cells: number;
  trained: number;
  fresh: Spread & { about: string };
  /** Cells without which fresh lives lose clearly, gain clearly, and those that cannot be told from 0. */
  carriers: number;
  harmful: number;
  undecided: number;
  silenced: SilencedCell[];
}

/** Spikes of each cell over some lives of a genome. */
function spikesOf({ habitat, seeds, repeats }: LifeSet, genome: Readonly<Float64Array>): Float64Array {
  const controller = new LifetimeRunner(habitat).embody(genome);
  const simulator = controller.network as Simulator;
  const total = new Float64Array(simulator.network.populations.reduce((sum, { count }) => sum + count, 0));
  let begun = false;
  const note = () => {
    if (begun) for (const [cell, spikes] of simulator.spikeCounts().entries()) total[cell]! += spikes;
    begun = true;
  };
  // A life of the network begins with its reset, at which the one before is still there.
  const reset = controller.reset.bind(controller);
  controller.reset = (...life) => {
    note();
    reset(...life);
  };
  for (const seed of seeds) liveLifetime(habitat, controller, seed, { repeats });
  note();
  return total;
}

/** Synapses that changed, by the cell that sends them and by the one that receives them, as the connectome counts cells. */
function changedSynapses({ habitat, champion }: OpenedRun) {
  const { space, setup } = habitat;
  const { cells, chemical } = setup.connectome;
  const [start, evolved] = [space.decode(space.start), space.decode(champion)];
  const [out, into] = [new Int32Array(cells.count), new Int32Array(cells.count)];
  for (let synapse = 0; synapse < chemical.count; synapse++) {
    if (start[synapse] === evolved[synapse]) continue;
    out[chemical.pre[synapse]!]! += 1;
    into[chemical.post[synapse]!]! += 1;
  }
  return { out, into };
}

/** A cell of the network that is silenced. */
interface Candidate extends Pick<SilencedCell, 'name' | 'cellClass' | 'spikes' | 'changedOut' | 'changedIn'> {
  cell: number;
}

/** Cells that have changed synapses, that fire, or that the body drives or reads. */
function candidates(opened: OpenedRun, trained: LifeSet, fresh: LifeSet): Candidate[] {
  const { habitat, champion } = opened;
  const { network } = habitat.embodied;
  const { ids, classes } = habitat.setup.connectome.cells;
  const inConnectome = new Map(ids.map((id, cell) => [id, cell]));
  const { out, into } = changedSynapses(opened);
  const spikes = spikesOf(trained, champion);
  const others = spikesOf({ ...fresh, seeds: fresh.seeds.slice(0, mostWatched) }, champion);
  const ported = new Set([...network.inputs, ...network.outputs].flatMap(({ cells }) => [...cells]));
  return cellNames(network, opened.habitat)
    .flat()
    .map((name, cell): Candidate => {
      const at = inConnectome.get(name)!;
      const changed = { changedOut: out[at]!, changedIn: into[at]! };
      return { cell, name, cellClass: classes[at]!, spikes: spikes[cell]!, ...changed };
    })
    .filter(
      ({ cell, changedOut, changedIn }) =>
        changedOut + changedIn + spikes[cell]! + others[cell]! > 0 || ported.has(cell),
    );
}

/** @throws UsageError where the network has no cells with names, or genes are of single synapses */
function refuse({ habitat, spec }: OpenedRun): void {
  if (spec.network === null) {
    throw new UsageError(
      `--silence: cells of a connectome are silenced, and the task "${spec.task.name}" brings a network without names of cells. ` +
        'Leave it out.',
    );
  }
  const { genes } = habitat.setup.genome;
  if (!genes.some(({ quantity }) => quantity === 'synapse-parameter')) return;
  throw new UsageError(
    '--silence: genes set parameters of single synapses, and a silent cell has none. Leave it out.',
  );
}

/**
 * Silences each cell of the champion's network alone that changed, fires, or meets the body: what the score loses without
 * it, on the trained life and on fresh ones.
 * @throws UsageError where cells cannot be silenced
 */
export async function silenceCells(opened: OpenedRun, lives: number, meter: ScoreMeter): Promise<Silencing> {
  refuse(opened);
  const { champion } = opened;
  const { trained, fresh, about } = await lifeSets(opened, lives);
  const scored = async (set: LifeSet, habitat: Habitat, what: string) =>
    (await meter.scores({ ...set, habitat }, 1, () => champion, what))[0]!;
  const whole = {
    trained: await scored(trained, trained.habitat, 'champion'),
    fresh: await scored(fresh, fresh.habitat, 'champion'),
  };
  const found = candidates(opened, trained, fresh);
  const without: { trained: number; fresh: Float64Array }[] = [];
  for (const [i, { cell, name }] of found.entries()) {
    const what = `${name} silent, cell ${i + 1} of ${found.length}`;
    const silent = async (set: LifeSet) => {
      const habitat = await openHabitat({ ...set.habitat.setup, ablation: { what: 'cell', cell } });
      const scores = await scored(set, habitat, what);
      await meter.leave(habitat);
      return scores;
    };
    without.push({ trained: (await silent(trained))[0]!, fresh: await silent(fresh) });
  }
  const losses = freshLosses(
    whole.fresh,
    without.map(({ fresh: scores }) => scores),
    'cells silenced',
  );
  return {
    cells: opened.habitat.embodied.network.populations.reduce((sum, { count }) => sum + count, 0),
    trained: whole.trained[0]!,
    fresh: { ...spreadOf([...whole.fresh].filter(Number.isFinite)), about },
    ...verdictsOf(losses),
    silenced: found.map(({ cell: _cell, ...of }, i) => ({
      ...of,
      trained: whole.trained[0]! - without[i]!.trained,
      fresh: losses[i]!,
    })),
  };
}
