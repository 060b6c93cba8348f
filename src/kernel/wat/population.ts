import type { Values } from '../../network/model/network.js';
import { Graph, type Node } from '../graph.js';
import { type Layout, lanes, mostVectors, type Precision, padded, vectorBytes } from '../layout.js';
import type { PopulationProgram } from '../population-program.js';
import { Code } from './code.js';
import type { Constancy } from './constancy.js';
import { weylStride } from './draws.js';
import { Places } from './values.js';

/** What a spike does to its own cell, at the byte offset `$i`. */
export interface ResetCode {
  locals: readonly string[];
  before: readonly string[];
  code: string;
}

/** The code that runs a population. */
export interface PopulationCode {
  /** `(func $updateK …)`: lists the cells that fire; absent where nothing changes in a step. */
  update?: string;
  /** `(func $settleK …)`: what is held is brought back after spikes have arrived; absent where nothing is. */
  settle?: string;
  reset?: ResetCode;
}

/** What the names of a population's equations stand for. */
export function graphOf(
  { dynamics, firstSite }: PopulationProgram,
  constancy: Constancy,
  more: readonly [string, Values][] = [],
): Graph {
  const parameters = new Map(
    [...dynamics.parameters, ...more].map(([name, value]) => [
      name,
      { perCell: typeof value !== 'number', driven: name === 'external.I' && typeof value !== 'number' },
    ]),
  );
  const states = new Set(dynamics.states.map(({ name }) => name));
  return new Graph({ parameters, states, ...constancy }, firstSite);
}

export function placesOf(
  program: PopulationProgram,
  layout: Layout,
  precision: Precision,
  modulatorAt: ReadonlyMap<string, number>,
): Places {
  const { dynamics, population } = program;
  const cells = padded(population.count);
  const bytes = cells * lanes[precision].bytes;
  const stateAt = new Map(dynamics.states.map(({ name }) => [name, layout.take(bytes)]));
  const driven = [...dynamics.parameters].flatMap(([name, value]) =>
    name === 'external.I' && typeof value !== 'number' ? [[name, layout.take(bytes)] as const] : [],
  );
  return new Places(layout, precision, cells, stateAt, new Map(driven), modulatorAt);
}

/** The code that lists the cells of a turn which fire: `$m` has a bit for each, from the masks of its vectors. */
function listFired(program: PopulationProgram, masks: readonly string[], precision: Precision): string {
  const { count, shift, mask } = lanes[precision];
  const cells = program.population.count;
  const turn = count * masks.length;
  const rest = cells % turn;
  const last = (cells - rest) << shift;
  // The last turn may have lanes without a cell.
  const cut =
    rest === 0
      ? ''
      : `(if (i32.eq (local.get $i) (i32.const ${last})) (then
          (local.set $m (i32.and (local.get $m) (i32.const ${(1 << rest) - 1})))))`;
  const bits = masks
    .map((text, i) =>
      i === 0 ? `(${mask}.bitmask ${text})` : `(i32.shl (${mask}.bitmask ${text}) (i32.const ${i * count}))`,
    )
    .reduce((all, one) => `(i32.or ${all} ${one})`);
  return `(local.set $m ${bits})
    (if (local.get $m) (then
      ${cut}
      (local.set $cell (i32.add (i32.shr_u (local.get $i) (i32.const ${shift})) (i32.const ${program.first})))
      (loop $bit
        (i32.store (local.get $fired) (local.get $cell))
        (local.set $fired (i32.add (local.get $fired) (i32.shl (i32.and (local.get $m) (i32.const 1)) (i32.const 2))))
        (local.set $cell (i32.add (local.get $cell) (i32.const 1)))
        (local.set $m (i32.shr_u (local.get $m) (i32.const 1)))
        (br_if $bit (local.get $m)))))`;
}

/** Operations on a cell up to which two vectors are taken at once; beyond that, registers run out. */
const mostWork = 40;

/** The population whose code is written, and all that it is written from. */
interface Writing {
  program: PopulationProgram;
  index: number;
  places: Places;
  precision: Precision;
  graph: Graph;
}

/** A state's value after the update. */
interface Changed {
  name: string;
  node: Node;
}

/** A loop over the cells, some vectors at a turn: values are computed, stored, and cells that fire are listed. */
function loopCode(
  name: 'update' | 'settle',
  writing: Writing,
  changed: readonly Changed[],
  fires?: Node,
): string {
  const { program, index, places, precision } = writing;
  const { population, first } = program;
  const { bytes, count } = lanes[precision];
  const roots = [...changed.map(({ node }) => node), ...(fires ? [fires] : [])];
  const code = new Code('vector', precision, places, first, roots);
  const filled = Math.ceil(population.count / count);
  const vectors = Math.min(filled, code.work <= 6 ? mostVectors : code.work <= mostWork ? 2 : 1);
  const stores: string[] = [];
  const masks: string[] = [];
  for (let vector = 0; vector < vectors; vector++) {
    if (vector > 0) code.nextVector();
    const stored = code.settle(changed.map(({ node }) => node));
    if (fires) masks.push(code.settle([fires])[0]!);
    changed.forEach(({ name }, i) => {
      const at = places.stateAt.get(name)! + vector * vectorBytes;
      stores.push(`(v128.store offset=${at} (local.get $i) ${stored[i]})`);
    });
  }
  const stride = Math.imul(weylStride(precision), vectors);
  const moves = code.sequences.map(
    (name) => `(local.set ${name} (i32x4.add (local.get ${name})
        (v128.const i32x4 ${Array(4).fill(stride).join(' ')})))`,
  );
  const turnBytes = vectors * vectorBytes;
  const end = Math.ceil((population.count * bytes) / turnBytes) * turnBytes;
  return `(func $${name}${index} (param $fired i32) (result i32)
      (local $i i32) (local $m i32) (local $cell i32) ${code.locals.join(' ')}
      ${code.before.join('\n')}
      (loop $cells
        ${[...code.body, ...stores, ...moves].join('\n')}
        ${fires ? listFired(program, masks, precision) : ''}
        (local.set $i (i32.add (local.get $i) (i32.const ${turnBytes})))
        (br_if $cells (i32.lt_u (local.get $i) (i32.const ${end}))))
      (local.get $fired))`;
}

function resetCode({ program, places, precision, graph }: Writing): ResetCode {
  const after = graph.carryOut(program.dynamics.reset);
  const targets = [...after].filter(([name]) => places.stateAt.has(name));
  const nodes = targets.map(([, node]) => node);
  const code = new Code('scalar', precision, places, program.first, nodes);
  const stored = code.settle(nodes);
  const { scalar } = lanes[precision];
  const stores = targets.map(
    ([name], i) => `(${scalar}.store offset=${places.stateAt.get(name)} (local.get $i) ${stored[i]})`,
  );
  return {
    locals: code.locals,
    before: code.before,
    code: `${code.body.join('\n')}
      ${stores.join('\n')}`,
  };
}

export function populationCode(
  program: PopulationProgram,
  index: number,
  places: Places,
  precision: Precision,
  constancy: Constancy,
): PopulationCode {
  const { dynamics, population } = program;
  const graph = graphOf(program, constancy);
  const writing: Writing = { program, index, places, precision, graph };
  const changedBy = (names: ReadonlyMap<string, Node>) =>
    dynamics.states.flatMap(({ name }): Changed[] => {
      const node = names.get(name);
      return node && node !== graph.state(name) ? [{ name, node }] : [];
    });
  const names = graph.carryOut(dynamics.update);
  const changed = changedBy(names);
  const fires = dynamics.fires && graph.lower(dynamics.fires, names);
  // A loop over cells runs at least once.
  const updates = population.count > 0 && (changed.length > 0 || fires !== undefined);
  return {
    ...(updates ? { update: loopCode('update', writing, changed, fires) } : {}),
    ...(updates && dynamics.settle.length > 0
      ? { settle: loopCode('settle', writing, changedBy(graph.carryOut(dynamics.settle))) }
      : {}),
    ...(dynamics.reset.length > 0 ? { reset: resetCode(writing) } : {}),
  };
}

/** Parameters of a port that belongs to another population, by the names that its equations use. */
export function portParameters({ dynamics }: PopulationProgram, port: string): [string, Values][] {
  return [...dynamics.parameters].filter(([name]) => name.startsWith(`${port}.`));
}
