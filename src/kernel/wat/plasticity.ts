import { parseExpression } from '../../expression/parse.js';
import { statementAssignment } from '../../network/dynamics.js';
import type { PlasticityRule } from '../../network/plasticity/rule.js';
import { leastMagnitude } from '../flush.js';
import { Graph, type Node } from '../graph.js';
import { type Layout, lanes, type Precision } from '../layout.js';
import { listFunction, type RoutePlaces } from './routes.js';
import { scalarDialect, wideOperation } from './values.js';

/** Steps between rebases at the most, and so entries in a table of powers. */
export const longestInterval = 1024;

/**
 * What is kept of a plastic route. Eligibilities and traces stand as they would be at the last rebase: worth their
 * value times e^(-r dt / tau), r steps later, so that nothing is to be done while no spike comes. With G the sum of
 * drive e^(-r dt / tau) dt since then, a weight is w + c G. Bounds are exact as long as the drive keeps its sign,
 * because a weight then moves one way between events; where it changes, all weights are brought within bounds.
 */
export interface PlasticPlaces {
  /** `[synapses]` */
  eligibility: number | undefined;
  /** i32 `[synapses]` byte offset of the postsynaptic cell in a trace */
  post: number;
  /**
   * i32 `[cells + 1]`, `[synapses]`, `[synapses]`: the synapses onto each cell, as byte offsets of their numbers and of
   * their presynaptic cells
   */
  columns: number;
  columnSynapse: number;
  columnPre: number;
  /** `[cells]` of each trace */
  traces: readonly {
    name: string;
    at: number;
    up: number;
    down: number;
    of: 'pre' | 'post';
    each: 'add' | 'set';
  }[];
  /** Powers of the eligibility's decay, and in float64 those by which the drive counts. */
  eligibilityUp: number;
  eligibilityDown: number;
  eligibilityDown64: number;
  low: number;
  high: number;
  /** Constants of the rule's expressions. */
  constants: Map<Node, number>;
  driveConstants: Map<Node, number>;
}

export function plasticPlaces(
  rule: PlasticityRule,
  cells: number,
  synapses: number,
  layout: Layout,
  precision: Precision,
): PlasticPlaces {
  const { bytes } = lanes[precision];
  const table = () => layout.take((longestInterval + 1) * bytes);
  return {
    eligibility: rule.eligibility ? layout.take(synapses * bytes) : undefined,
    post: layout.take(synapses * 4),
    columns: layout.take((cells + 1) * 4),
    columnSynapse: layout.take(synapses * 4),
    columnPre: layout.take(synapses * 4),
    traces: Object.entries(rule.traces).map(([name, { of, each }]) => ({
      name,
      of,
      each,
      at: layout.take(cells * bytes),
      up: table(),
      down: table(),
    })),
    eligibilityUp: table(),
    eligibilityDown: table(),
    eligibilityDown64: layout.take((longestInterval + 1) * 8),
    low: layout.take(bytes),
    high: layout.take(bytes),
    constants: new Map(),
    driveConstants: new Map(),
  };
}

const graphOf = (rule: PlasticityRule) =>
  new Graph({
    parameters: new Map(
      Object.keys(rule.parameters).map((name) => [name, { perCell: false, driven: false }]),
    ),
    states: new Set(['w', 'c', ...Object.keys(rule.traces)]),
  });

const dependsOn = (node: Node, on: Node): boolean => node === on || node.of.some((of) => dependsOn(of, on));

export function plasticityCode(
  index: number,
  rule: PlasticityRule,
  places: RoutePlaces,
  plastic: PlasticPlaces,
  layout: Layout,
  precision: Precision,
  cells: number,
  modulatorAt: ReadonlyMap<string, number>,
  dtMs: number,
): string {
  const { scalar: T, bytes, vector, splat } = lanes[precision];
  const { shift } = lanes[precision];
  const graph = graphOf(rule);
  const dialect = scalarDialect(precision);
  const constant = (map: Map<Node, number>, node: Node, size: number) => {
    const at = map.get(node) ?? layout.take(size);
    map.set(node, at);
    return at;
  };
  const text = (node: Node): string => {
    if (node.operation === 'literal') return dialect.number(node.value!);
    if (node.pace === 'constant')
      return `(${T}.load offset=${constant(plastic.constants, node, bytes)} (i32.const 0))`;
    if (node.operation === 'state') return `(local.get $${node.name})`;
    return dialect.operation(node.operation, node.of.map(text));
  };
  const demoted = (value: string) => (precision === 'f32' ? `(f32.demote_f64 ${value})` : value);
  const table = (at: number) => `(${T}.load offset=${at} (i32.shl (global.get $r) (i32.const ${shift})))`;
  const { eligibility } = plastic;
  // As vectors of which one lane counts: the scalar min and max of WebAssembly are branches for the sake of NaN and -0.
  const clip = (value: string) =>
    `(${vector}.extract_lane 0 (${vector}.pmin (${vector}.pmax (${vector}.splat ${value}) (local.get $low)) (local.get $high)))`;
  const c = graph.state('c');

  /** What a statement does to the local `$w` or `$c` (scaled to the rebase). */
  const act = (statement: string): string => {
    const { target, value } = statementAssignment(statement);
    const node = graph.lower(value, new Map());
    if (target === 'w') return `(local.set $w ${clip(text(node))})`;
    const [first, second] = node.of;
    const adds = (node.operation === '+' || node.operation === '-') && first === c && !dependsOn(second!, c);
    if (adds) {
      const operation = node.operation === '+' ? 'add' : 'sub';
      return `(local.set $e (${T}.${operation} (local.get $e) (${T}.mul ${text(second!)} (local.get $up))))`;
    }
    return `(local.set $c (${T}.mul (local.get $e) (local.get $down)))
      (local.set $e (${T}.mul ${text(node)} (local.get $up)))`;
  };

  const locals = `(local $cell i32) (local $s i32) (local $last i32) (local $at i32) (local $other i32)
    (local $w ${T}) (local $e ${T}) (local $c ${T}) (local $g ${T}) (local $up ${T}) (local $down ${T})
    (local $low v128) (local $high v128)
    ${plastic.traces.map(({ name }) => `(local $${name} ${T}) (local $${name}Down ${T})`).join(' ')}`;
  const before = `${
    eligibility === undefined
      ? ''
      : `(local.set $g ${demoted(`(global.get $g${index})`)})
    (local.set $up ${table(plastic.eligibilityUp)})
    (local.set $down ${table(plastic.eligibilityDown)})`
  }
    (local.set $low (${splat} offset=${plastic.low} (i32.const 0)))
    (local.set $high (${splat} offset=${plastic.high} (i32.const 0)))
    ${plastic.traces.map(({ name, down }) => `(local.set $${name}Down ${table(down)})`).join('\n')}`;
  /** Values of the traces of one side, at the byte offset `place`. */
  const traceOf = (side: 'pre' | 'post', place: string) =>
    plastic.traces
      .filter(({ of }) => of === side)
      .map(
        ({ name, at }) =>
          `(local.set $${name} (${T}.mul (${T}.load offset=${at} ${place}) (local.get $${name}Down)))`,
      )
      .join('\n');
  const own = `(i32.shl (local.get $cell) (i32.const ${shift}))`;
  const other = '(local.get $other)';
  const loadWeight =
    eligibility === undefined
      ? `(local.set $w (${T}.load offset=${places.weights} (local.get $at)))`
      : `(local.set $e (${T}.load offset=${eligibility} (local.get $at)))
      (local.set $w ${clip(
        `(${T}.add (${T}.load offset=${places.weights} (local.get $at)) (${T}.mul (local.get $e) (local.get $g)))`,
      )})`;
  const storeWeight =
    eligibility === undefined
      ? `(${T}.store offset=${places.weights} (local.get $at) (local.get $w))`
      : `(${T}.store offset=${eligibility} (local.get $at) (local.get $e))
      (${T}.store offset=${places.weights} (local.get $at)
        (${T}.sub (local.get $w) (${T}.mul (local.get $e) (local.get $g))))`;

  /** A loop over one row or column: `$s` is the byte offset of its i32 entries. */
  const range = (rows: number, body: string) => `
      (local.set $s (i32.shl (i32.load offset=${rows} (i32.shl (local.get $cell) (i32.const 2))) (i32.const 2)))
      (local.set $last (i32.shl (i32.load offset=${rows + 4} (i32.shl (local.get $cell) (i32.const 2))) (i32.const 2)))
      (block $rowDone
        (br_if $rowDone (i32.ge_u (local.get $s) (local.get $last)))
        (loop $synapses
          ${body}
          (local.set $s (i32.add (local.get $s) (i32.const 4)))
          (br_if $synapses (i32.lt_u (local.get $s) (local.get $last)))))`;
  const entry = (base: number) => `(i32.load offset=${base} (local.get $s))`;

  const arrive = listFunction(
    `$deliver${index}`,
    locals,
    before,
    `${traceOf('pre', own)}
    ${range(
      places.rows,
      `(local.set $at ${shift === 2 ? '(local.get $s)' : '(i32.shl (local.get $s) (i32.const 1))'})
      ${loadWeight}
      (local.set $other ${entry(places.targets)})
      (${T}.store ${other} (${T}.add (${T}.load ${other}) (local.get $w)))
      ${
        rule.onPre.length === 0
          ? ''
          : `(local.set $other ${entry(plastic.post)})
      ${traceOf('post', other)}
      ${rule.onPre.map(act).join('\n')}
      ${storeWeight}`
      }`,
    )}`,
  );

  const learn = listFunction(
    `$learn${index}`,
    locals,
    before,
    `${traceOf('post', own)}
    ${range(
      plastic.columns,
      `(local.set $at ${entry(plastic.columnSynapse)})
      ${loadWeight}
      (local.set $other ${entry(plastic.columnPre)})
      ${traceOf('pre', other)}
      ${rule.onPost.map(act).join('\n')}
      ${storeWeight}`,
    )}`,
  );

  const rise = (side: 'pre' | 'post') =>
    listFunction(
      `$rise${index}${side}`,
      '(local $cell i32)',
      '',
      plastic.traces
        .filter(({ of }) => of === side)
        .map(({ at, up, each }) => {
          const place = `(i32.shl (local.get $cell) (i32.const ${shift}))`;
          const value =
            each === 'set' ? table(up) : `(${T}.add (${T}.load offset=${at} ${place}) ${table(up)})`;
          return `(${T}.store offset=${at} ${place} ${value})`;
        })
        .join('\n'),
    );

  /** Weights within bounds, over whole vectors; with `rest` also rescaled to now. */
  const sweep = (name: string, rest: boolean) => {
    const load = (at: number) => `(v128.load offset=${at} (local.get $i))`;
    const flushed = (value: string) =>
      `(local.set $v ${value}) (local.set $v (v128.and (local.get $v)
        (${vector}.ge (${vector}.abs (local.get $v)) (${vector}.splat (${T}.const ${leastMagnitude})))))`;
    const factor = (at: number) => `(${splat} offset=${at} (i32.shl (global.get $r) (i32.const ${shift})))`;
    const loop = (label: string, bytesInAll: string, body: string) => `(local.set $i (i32.const 0))
      (block $${label}Done
        (br_if $${label}Done (i32.eqz ${bytesInAll}))
        (loop $${label} ${body}
          (local.set $i (i32.add (local.get $i) (i32.const 16)))
          (br_if $${label} (i32.lt_u (local.get $i) ${bytesInAll}))))`;
    const synapses = `(i32.shl (i32.load offset=${places.rows + 4 * cells} (i32.const 0)) (i32.const ${shift}))`;
    const bounded = (value: string) =>
      `(${vector}.min (${vector}.max ${value} (${splat} offset=${plastic.low} (i32.const 0)))
        (${splat} offset=${plastic.high} (i32.const 0)))`;
    const now =
      eligibility === undefined
        ? ''
        : `(local.set $g (${vector}.splat ${demoted(`(global.get $g${index})`)}))
      ${loop(
        'synapses',
        synapses,
        `(local.set $w ${bounded(
          `(${vector}.add ${load(places.weights)} (${vector}.mul ${load(eligibility)} (local.get $g)))`,
        )})
        ${
          rest
            ? `${flushed(`(${vector}.mul ${load(eligibility)} ${factor(plastic.eligibilityDown)})`)}
          (v128.store offset=${eligibility} (local.get $i) (local.get $v))`
            : `(local.set $w (${vector}.sub (local.get $w) (${vector}.mul ${load(eligibility)} (local.get $g))))`
        }
        (v128.store offset=${places.weights} (local.get $i) (local.get $w))`,
      )}
      ${rest ? `(global.set $g${index} (f64.const 0))` : ''}`;
    const traces = rest
      ? plastic.traces
          .map(({ name: trace, at, down }) =>
            loop(
              `trace${trace}`,
              `(i32.const ${Math.ceil((cells * bytes) / 16) * 16})`,
              `${flushed(`(${vector}.mul ${load(at)} ${factor(down)})`)}
              (v128.store offset=${at} (local.get $i) (local.get $v))`,
            ),
          )
          .join('\n')
      : '';
    return `(func ${name} (local $i i32) (local $w v128) (local $v v128) (local $g v128) ${now} ${traces})`;
  };

  let drift = '';
  if (rule.eligibility) {
    const drive64 = (node: Node): string => {
      if (node.operation === 'literal') return scalarDialect('f64').number(node.value!);
      if (node.operation === 'modulator')
        return `(f64.load offset=${modulatorAt.get(node.name!)} (i32.const 0))`;
      if (node.pace === 'constant') {
        return `(f64.load offset=${constant(plastic.driveConstants, node, 8)} (i32.const 0))`;
      }
      return wideOperation(node.operation, node.of.map(drive64), precision);
    };
    const drive = drive64(graph.lower(parseExpression(rule.eligibility.drive), new Map()));
    drift = `(local.set $drive ${drive})
      (if (f64.ne (local.get $drive) (f64.const 0)) (then
        (if (f64.lt (f64.mul (local.get $drive) (global.get $sign${index})) (f64.const 0)) (then (call $bound${index})))
        (global.set $sign${index} (f64.copysign (f64.const 1) (local.get $drive)))))
      (global.set $g${index} (f64.add (global.get $g${index})
        (f64.mul (f64.mul (local.get $drive) (f64.const ${dtMs}))
          (f64.load offset=${plastic.eligibilityDown64} (i32.shl (global.get $r) (i32.const 3))))))`;
  }
  return `(global $g${index} (mut f64) (f64.const 0))
    (global $sign${index} (mut f64) (f64.const 0))
    ${arrive} ${rule.onPost.length > 0 ? learn : ''} ${rise('pre')} ${rise('post')}
    ${sweep(`$rebase${index}`, true)} ${sweep(`$bound${index}`, false)}
    (func $drift${index} (local $drive f64) ${drift})
    (func (export "gain${index}") (result f64) (global.get $g${index}))
    (func (export "restart${index}")
      (global.set $g${index} (f64.const 0)) (global.set $sign${index} (f64.const 0)))`;
}
