import type { Assignment } from '../../network/model/terms.js';
import { leastMagnitude } from '../flush.js';
import type { Node } from '../graph.js';
import { type Layout, lanes, type Precision, padded } from '../layout.js';
import type { Learning } from '../learning.js';
import { listFunction, type RoutePlaces, type ShortTermPlaces, shareCode, shareLocals } from './routes.js';
import { type RuleSurroundings, RuleText } from './rule-text.js';

/** Steps between rebases at the most, and so entries in a table of powers. */
export const longestInterval = 1024;

export interface VariablePlaces {
  name: string;
  /** `[synapses]` */
  at: number;
  scaled: boolean;
  driven: boolean;
  /** Tables of the powers of its decay and, in float64, of those by which the drive counts. */
  up: number | undefined;
  down: number | undefined;
  down64: number | undefined;
  /** f64: the integral over a step of what decays from 1. */
  integral: number;
  /** f64, by `m.NAME`: the share of a modulator's excess that counts in a step. */
  levels: ReadonlyMap<string, number>;
}

export interface TracePlaces {
  name: string;
  of: 'pre' | 'post';
  /** `[padded cells of its side]` */
  at: number;
  /** Tables of powers, where the trace is scaled. */
  up: number | undefined;
  down: number | undefined;
  /** Of one that follows something: the share of the way that it goes in a step. */
  approach: number;
}

/**
 * What is kept of a plastic route. Variables and traces that only decay stand as they would be at the last rebase: worth
 * their value times e^(-r dt / tau), r steps later, so that nothing is to be done while no spike comes. With G the sum of
 * a variable's drive e^(-r dt / tau) over the steps since then, a weight is w plus the sum of each variable times its G.
 * Bounds are exact as long as one variable drives and its drive keeps its sign, because a weight then moves one way
 * between events; where that changes, and in every step in which several drive, all weights are brought within bounds.
 */
export interface PlasticPlaces {
  synapses: number;
  variables: readonly VariablePlaces[];
  traces: readonly TracePlaces[];
  /** i32 `[synapses]` byte offset of the postsynaptic cell in its population */
  post: number;
  /**
   * i32 `[cells of the postsynaptic population + 1]`, `[synapses]`, `[synapses]`: the synapses onto each cell, as byte
   * offsets of their numbers and of their presynaptic cells
   */
  columns: number;
  columnSynapse: number;
  columnPre: number;
  low: number;
  high: number;
  /** Constants of the rule's expressions: one, one for each synapse, and of drives in float64. */
  constants: Map<Node, number>;
  perSynapse: Map<Node, number>;
  driveConstants: Map<Node, number>;
  /** Of the projection: `[padded cells of the postsynaptic population]` sums and numbers of weights onto each cell. */
  incoming: { sums: number; counts: number } | undefined;
}

export function plasticPlaces(
  { plan, from, to }: Learning,
  synapses: number,
  incoming: PlasticPlaces['incoming'],
  modulators: readonly string[],
  layout: Layout,
  precision: Precision,
): PlasticPlaces {
  const { bytes } = lanes[precision];
  const table = (wanted: boolean, size: number = bytes) =>
    wanted ? layout.take((longestInterval + 1) * size) : undefined;
  const count = { pre: from.population.count, post: to.population.count };
  return {
    synapses,
    variables: plan.variables.map(({ name, tau, drive }) => {
      const scaled = tau !== undefined;
      const driven = drive !== undefined;
      return {
        name,
        at: layout.take(synapses * bytes),
        scaled,
        driven,
        up: table(scaled),
        down: table(scaled),
        down64: table(scaled && driven, 8),
        integral: layout.take(8),
        levels: new Map(driven ? modulators.map((modulator) => [modulator, layout.take(8)]) : []),
      };
    }),
    traces: plan.traces.map(({ name, of, tau, follows }) => {
      const scaled = tau !== undefined && follows === undefined;
      return {
        name,
        of,
        at: layout.take(padded(count[of]) * bytes),
        up: table(scaled),
        down: table(scaled),
        approach: layout.take(bytes),
      };
    }),
    post: layout.take(synapses * 4),
    columns: layout.take((count.post + 1) * 4),
    columnSynapse: layout.take(synapses * 4),
    columnPre: layout.take(synapses * 4),
    low: layout.take(bytes),
    high: layout.take(bytes),
    constants: new Map(),
    perSynapse: new Map(),
    driveConstants: new Map(),
    incoming,
  };
}

/** Names of the functions of a plastic route that exist, and their text. */
export interface PlasticCode {
  code: string;
  learns: boolean;
  /** Functions that raise traces, by when. */
  rises: { early: boolean; pre: boolean; post: boolean };
  drifts: boolean;
  relaxes: boolean;
}

export function plasticityCode(
  of: RuleSurroundings,
  places: RoutePlaces,
  short: ShortTermPlaces | undefined,
  dtMs: number,
): PlasticCode {
  const { index, learning, plastic, precision } = of;
  const { plan, projection } = learning;
  const { scalar: T, bytes, vector, splat, shift } = lanes[precision];
  const text = new RuleText(of);
  const { variables, traces } = plastic;
  const sides = { pre: learning.from, post: learning.to };
  const sign = projection.plasticity!.sign ?? 1;

  const entry = (base: number) => `(i32.load offset=${base} (local.get $s))`;
  /** The byte offset of a cell of the list in its population, into a local; other populations' cells are left out. */
  const within = (side: 'pre' | 'post', body: string) => `
      (block $other
        (local.set $${side} (i32.sub (local.get $cell) (i32.const ${sides[side].first})))
        (br_if $other (i32.ge_u (local.get $${side}) (i32.const ${sides[side].population.count})))
        ${body})`;
  /** A loop over one row or column: `$s` is the byte offset of its i32 entries. */
  const range = (rows: number, cell: string, body: string) => `
      (local.set $s (i32.shl (i32.load offset=${rows} (i32.shl ${cell} (i32.const 2))) (i32.const 2)))
      (local.set $last (i32.shl (i32.load offset=${rows + 4} (i32.shl ${cell} (i32.const 2))) (i32.const 2)))
      (block $rowDone
        (br_if $rowDone (i32.ge_u (local.get $s) (local.get $last)))
        (loop $synapses
          ${body}
          (local.set $s (i32.add (local.get $s) (i32.const 4)))
          (br_if $synapses (i32.lt_u (local.get $s) (local.get $last)))))`;
  const scaledOwn = (side: string) =>
    `(local.set $${side} (i32.shl (local.get $${side}) (i32.const ${shift})))`;
  const own = `(local.set $at ${shift === 2 ? '(local.get $s)' : '(i32.shl (local.get $s) (i32.const 1))'})`;
  const cell = '(local.get $cell)';

  const sent = short ? `(${T}.mul (local.get $w) (local.get $share))` : '(local.get $w)';
  const deliver = `(local.set $target ${entry(places.targets)})
      (${T}.store (local.get $target) (${T}.${sign > 0 ? 'add' : 'sub'} (${T}.load (local.get $target)) ${sent}))`;
  const ofPost = (statements: readonly Assignment[]) => `(local.set $post ${entry(plastic.post)})
      ${text.traces('post', statements)}`;
  const arrive = listFunction(
    `$deliver${index}`,
    `(local $cell i32) (local $target i32) ${text.locals} ${short ? shareLocals(precision) : ''}`,
    text.before,
    within(
      'pre',
      `${short ? shareCode(short, precision, dtMs) : ''}
      ${scaledOwn('pre')}
      ${text.traces('pre', plan.onPre)}
      ${range(
        places.rows,
        cell,
        `${own}
        ${plan.onPre.length > 0 ? ofPost(plan.onPre) : ''}
        ${text.synapse(plan.onPre, deliver)}`,
      )}`,
    ),
  );
  const learn = listFunction(
    `$learn${index}`,
    `(local $cell i32) ${text.locals}`,
    text.before,
    within(
      'post',
      `(local.set $cell (local.get $post))
      ${scaledOwn('post')}
      ${text.traces('post', plan.onPost)}
      ${range(
        plastic.columns,
        cell,
        `(local.set $at ${entry(plastic.columnSynapse)})
        (local.set $pre ${entry(plastic.columnPre)})
        ${text.traces('pre', plan.onPost)}
        ${text.synapse(plan.onPost)}`,
      )}`,
    ),
  );

  const placed = (trace: string) => traces.find(({ name }) => name === trace)!;
  const rising = (side: 'pre' | 'post', early: boolean) =>
    plan.traces.filter(
      (trace) => trace.of === side && trace.each !== undefined && trace.coincident === early,
    );
  const rise = (name: string, side: 'pre' | 'post', early: boolean) => {
    const raised = rising(side, early);
    const custom = raised.flatMap(({ name: trace, each }) =>
      typeof each === 'object' ? [{ target: trace, value: each }] : [],
    );
    const values = custom.map(({ target, value }) => `(local.set $n_${target} ${text.value(value)})`);
    const stores = raised.map(({ name: trace, each }) => {
      const { at, up } = placed(trace);
      const here = `(local.get $${side})`;
      const one = up === undefined ? `(${T}.const 1)` : text.entry(up);
      const value =
        each === 'set'
          ? one
          : each === 'add'
            ? `(${T}.add (${T}.load offset=${at} ${here}) ${one})`
            : up === undefined
              ? `(local.get $n_${trace})`
              : `(${T}.mul (local.get $n_${trace}) ${one})`;
      return `(${T}.store offset=${at} ${here} ${value})`;
    });
    return listFunction(
      `$rise${index}${name}`,
      `(local $cell i32) ${text.locals} ${custom.map(({ target }) => `(local $n_${target} ${T})`).join(' ')}`,
      custom.length > 0 ? text.before : '',
      within(
        side,
        `${scaledOwn(side)} ${text.traces(side, custom)} ${values.join('\n')} ${stores.join('\n')}`,
      ),
    );
  };
  const rises = {
    early: rising('pre', true).length > 0,
    pre: rising('pre', false).length > 0,
    post: rising('post', false).length > 0,
  };

  const flushed = (value: string) =>
    `(v128.and ${value} (${vector}.ge (${vector}.abs ${value}) (${vector}.splat (${T}.const ${leastMagnitude}))))`;
  const loop = (label: string, size: number, body: string) =>
    size === 0
      ? ''
      : `(local.set $i (i32.const 0))
      (loop $${label} ${body}
        (local.set $i (i32.add (local.get $i) (i32.const 16)))
        (br_if $${label} (i32.lt_u (local.get $i) (i32.const ${size}))))`;
  const cellBytes = (side: 'pre' | 'post') => padded(sides[side].population.count) * bytes;
  const synapseBytes = Math.ceil((plastic.synapses * bytes) / 16) * 16;

  const following = plan.traces.filter(({ follows }) => follows !== undefined);
  const relaxSide = (side: 'pre' | 'post') => {
    const relaxing = following.filter((trace) => trace.of === side);
    if (relaxing.length === 0) return '';
    return loop(
      `relax${side}`,
      cellBytes(side),
      `${relaxing
        .map(({ name, follows }) => {
          const { approach } = placed(name);
          const now = text.traceVector(name);
          return `(local.set $n_${name} (${vector}.add ${now} (${vector}.mul
            (${vector}.sub ${text.vector(follows!, side)} ${now}) (${splat} offset=${approach} (i32.const 0)))))`;
        })
        .join('\n')}
      ${relaxing
        .map(
          ({ name }) =>
            `(v128.store offset=${placed(name).at} (local.get $i) ${flushed(`(local.get $n_${name})`)})`,
        )
        .join('\n')}`,
    );
  };
  const relax = `(func $relax${index} (local $i i32) ${following.map(({ name }) => `(local $n_${name} v128)`).join(' ')}
    ${relaxSide('pre')} ${relaxSide('post')})`;

  const driven = variables.flatMap((variable, k) => (variable.driven ? [{ ...variable, k }] : []));
  const load = (at: number) => `(v128.load offset=${at} (local.get $i))`;
  /** What is scaled, brought to its worth now. */
  const decayed = ({ at, down }: { at: number; down: number | undefined }) =>
    `(local.set $v (${vector}.mul ${load(at)} ${text.entryVector(down!)}))
      (v128.store offset=${at} (local.get $i) ${flushed('(local.get $v)')})`;
  const bounded = (value: string) =>
    `(${vector}.min (${vector}.max ${value} (${splat} offset=${plastic.low} (i32.const 0)))
      (${splat} offset=${plastic.high} (i32.const 0)))`;
  const gains = driven
    .map(({ k }) => `(local.set $g${k} (${vector}.splat ${text.demoted(`(global.get $g${index}_${k})`)}))`)
    .join('\n');
  const drifted = (operation: 'add' | 'sub', weight: string) =>
    driven.reduce(
      (sum, { at, k }) => `(${vector}.${operation} ${sum} (${vector}.mul ${load(at)} (local.get $g${k})))`,
      weight,
    );
  const locals = `(local $i i32) (local $w v128) (local $v v128) ${driven.map(({ k }) => `(local $g${k} v128)`).join(' ')}`;
  const bound = `(func $bound${index} ${locals} ${gains}
    ${loop(
      'synapses',
      synapseBytes,
      `(local.set $w ${bounded(drifted('add', load(of.weights)))})
      (v128.store offset=${of.weights} (local.get $i) ${drifted('sub', '(local.get $w)')})`,
    )})`;
  const nothingDriven = driven.map(({ k }) => `(global.set $g${index}_${k} (f64.const 0))`).join(' ');
  const rescaled = variables.filter(({ scaled }) => scaled);
  const rebase = `(func $rebase${index} ${locals} ${gains}
    ${
      rescaled.length + driven.length === 0
        ? ''
        : loop(
            'synapses',
            synapseBytes,
            `${
              driven.length > 0
                ? `(local.set $w ${bounded(drifted('add', load(of.weights)))})
                  (v128.store offset=${of.weights} (local.get $i) (local.get $w))`
                : ''
            }
            ${rescaled.map(decayed).join('\n')}`,
          )
    }
    ${nothingDriven}
    ${traces
      .filter(({ down }) => down !== undefined)
      .map((trace) => loop(`trace${trace.name}`, cellBytes(trace.of), decayed(trace)))
      .join('\n')})`;

  /** Brings weights within bounds where what drives them is not what drove them before. */
  const guard =
    driven.length === 1
      ? `(if (f64.ne (local.get $drive${driven[0]!.k}) (f64.const 0)) (then
          (if (f64.lt (f64.mul (local.get $drive${driven[0]!.k}) (global.get $drove${index})) (f64.const 0))
            (then (call $bound${index})))
          (global.set $drove${index} (f64.copysign (f64.const 1) (local.get $drive${driven[0]!.k})))))`
      : `(local.set $now (f64.const 0))
        ${driven
          .map(
            ({ k }) => `(if (f64.ne (local.get $drive${k}) (f64.const 0)) (then
            (local.set $now (select (f64.copysign (f64.const ${k + 1}) (local.get $drive${k})) (f64.const ${variables.length + 1})
              (f64.eq (local.get $now) (f64.const 0))))))`,
          )
          .join('\n')}
        (if (f64.ne (local.get $now) (f64.const 0)) (then
          (if (i32.or (f64.eq (local.get $now) (f64.const ${variables.length + 1}))
              (i32.and (f64.ne (local.get $now) (global.get $drove${index})) (f64.ne (global.get $drove${index}) (f64.const 0))))
            (then (call $bound${index})))
          (global.set $drove${index} (local.get $now))))`;
  const drift = `(func $drift${index} (local $now f64) ${driven.map(({ k }) => `(local $drive${k} f64)`).join(' ')}
    ${driven
      .map(({ k, levels }) => `(local.set $drive${k} ${text.drive(plan.variables[k]!.drive!, levels)})`)
      .join('\n')}
    ${driven.length > 0 ? guard : ''}
    ${driven
      .map(({ k, integral, down64 }) => {
        const added = `(f64.mul (local.get $drive${k}) (f64.load offset=${integral} (i32.const 0)))`;
        const worth =
          down64 === undefined
            ? added
            : `(f64.mul ${added} (f64.load offset=${down64} (i32.shl (global.get $r) (i32.const 3))))`;
        return `(global.set $g${index}_${k} (f64.add (global.get $g${index}_${k}) ${worth}))`;
      })
      .join('\n')})`;

  /** Over every synapse of the route, in order. */
  const sweep = (
    name: string,
    statements: readonly Assignment[],
  ) => `(func ${name} (local $cell i32) ${text.locals}
    ${text.before}
    (local.set $cell (i32.const ${sides.pre.first}))
    (loop $cells
      (local.set $pre (i32.shl (i32.sub (local.get $cell) (i32.const ${sides.pre.first})) (i32.const ${shift})))
      ${text.traces('pre', statements)}
      ${range(places.rows, cell, `${own} ${ofPost(statements)} ${text.synapse(statements)}`)}
      (local.set $cell (i32.add (local.get $cell) (i32.const 1)))
      (br_if $cells (i32.lt_u (local.get $cell) (i32.const ${sides.pre.first + sides.pre.population.count})))))`;
  const add = plastic.incoming
    ? `(func $sum${index} ${text.locals}
      ${text.before}
      (block $none
        (br_if $none (i32.const ${plastic.synapses === 0 ? 1 : 0}))
        (loop $synapses
          ${own}
          (local.set $post ${entry(plastic.post)})
          ${text.synapse(
            [],
            `(${T}.store offset=${plastic.incoming.sums} (local.get $post)
              (${T}.add (${T}.load offset=${plastic.incoming.sums} (local.get $post)) (local.get $w)))`,
          )}
          (local.set $s (i32.add (local.get $s) (i32.const 4)))
          (br_if $synapses (i32.lt_u (local.get $s) (i32.const ${plastic.synapses * 4}))))))`
    : '';
  const hasCells = sides.pre.population.count > 0;
  const code = `${driven.map(({ k }) => `(global $g${index}_${k} (mut f64) (f64.const 0))`).join('\n')}
    (global $drove${index} (mut f64) (f64.const 0))
    ${arrive}
    ${plan.onPost.length > 0 ? learn : ''}
    ${rises.early ? rise('early', 'pre', true) : ''}
    ${rises.pre ? rise('pre', 'pre', false) : ''}
    ${rises.post ? rise('post', 'post', false) : ''}
    ${driven.length > 0 ? `${bound} ${drift}` : ''}
    ${rebase}
    ${following.length > 0 ? relax : ''}
    ${add}
    ${plan.onUpdate.length > 0 && hasCells ? sweep(`$sweep${index}`, plan.onUpdate) : ''}
    ${Object.entries(plan.onEvent)
      .map(([event, statements]) => (hasCells ? sweep(`$event${index}_${event}`, statements) : ''))
      .join('\n')}
    ${driven.map(({ k }) => `(func (export "gain${index}_${k}") (result f64) (global.get $g${index}_${k}))`).join('\n')}
    (func (export "restart${index}")
      ${nothingDriven}
      (global.set $drove${index} (f64.const 0)))`;
  return {
    code,
    learns: plan.onPost.length > 0,
    rises,
    drifts: driven.length > 0,
    relaxes: following.length > 0,
  };
}
