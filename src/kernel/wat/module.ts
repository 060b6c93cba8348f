import { evenRows, type Rows } from '../even-rows.js';
import { leastMagnitude } from '../flush.js';
import { Layout, lanes, type Precision, padded, vectorBytes } from '../layout.js';
import { releasedAmounts } from '../parameters.js';
import { learningOfRoute, type PopulationProgram, type Program, type Route } from '../program.js';
import { type Slices, slicesByPort } from '../slices.js';
import { stepCode } from './code.js';
import { float32Functions, float64Functions, float64Imports } from './elementary.js';
import { type PlasticCode, type PlasticPlaces, plasticityCode, plasticPlaces } from './plasticity.js';
import { type Constancy, placesOf, populationCode, sendingCode } from './population.js';
import {
  deliverCode,
  denseDeliverCode,
  type RoutePlaces,
  type ShortTermPlaces,
  type SlicePlaces,
  shortTermCode,
  spreadCode,
} from './routes.js';
import { mixFunctions, Places } from './values.js';

/** What a route has beside its rows. */
interface Special {
  code: string;
  plastic?: PlasticPlaces;
  shortTerm?: ShortTermPlaces;
  learns?: PlasticCode;
}

/** The text of a program's module, and where everything stands in its memory. */
export interface ModuleText {
  wat: string;
  bytes: number;
  precision: Precision;
  populations: readonly Places[];
  routes: readonly (RoutePlaces & { of: Rows; plastic?: PlasticPlaces; shortTerm?: ShortTermPlaces })[];
  /** By population: i32 steps of the spikes of a train, with one that never comes at the end, and global cells. */
  trains: readonly ({ steps: number; cells: number } | undefined)[];
  /** Of each projection without spikes: the places of what it sends. */
  continuous: readonly { places: Places; sentAt: number }[];
  /** The synapses without spikes, port by port. */
  ports: readonly (SlicePlaces & { slices: number; of: Slices })[];
  /** Bytes that are always 0, and some that nobody reads: ends of synapses that are not there. */
  nothing: number;
  nowhere: number;
  /** f64: concentration, baseline, decay of a step; in the order of the network's modulators */
  modulators: readonly number[];
  /** f64 `[cells]` what a spike of each cell releases, of modulators that cells release */
  released: readonly { name: string; amounts: number }[];
  /** Of each plastic projection: i32 steps between updates, and what `incoming.w` is made of. */
  projections: readonly { every: number; incoming: PlasticPlaces['incoming'] }[];
  /** Rows by input. */
  forced: RoutePlaces & { of: Rows; inputs: number };
  /** Lists of addresses of outputs, and f64 results. */
  outputs: readonly { list: number; count: number; result: number }[];
  /** i32 `[slots]` end of each step's list of fired cells */
  ringEnds: number;
  /** i32 lists of the cells that fired, one of `ringBytes` for each slot */
  ring: number;
  ringBytes: number;
  /** i32 steps of the delay of routes whose delay lives may change */
  delayAt: readonly (number | undefined)[];
  /** i32 `[cells]` */
  counts: number;
  /** Where the module was made to keep them. */
  intervals: IntervalPlaces | undefined;
}

const get = (name: string) => `(global.get $${name})`;

/** List of cells that fired `delay` steps ago, or as many as stand at `delayAt`, as two arguments. */
function arrivals(
  text: Pick<ModuleText, 'ringEnds' | 'ring' | 'ringBytes'>,
  delay: number,
  delayAt: number | undefined,
): string {
  if (delay === 0 && delayAt === undefined) return '(local.get $slot) (local.get $fired)';
  const steps = delayAt === undefined ? `(i32.const ${delay})` : `(i32.load offset=${delayAt} (i32.const 0))`;
  const back = `(call $slotBefore ${steps})`;
  return `(i32.add (i32.const ${text.ring}) (i32.mul ${back} (i32.const ${text.ringBytes})))
    (i32.load offset=${text.ringEnds} (i32.shl ${back} (i32.const 2)))`;
}

/** Lists the cells of a train that fire in this step. */
const trainCode = (index: number, { steps, cells }: { steps: number; cells: number }) => `
(global $next${index} (mut i32) (i32.const 0))
(func $train${index} (param $fired i32) (result i32)
  (block $done
    (loop $more
      (br_if $done (i32.ne (i32.load offset=${steps} (global.get $next${index})) (global.get $step)))
      (i32.store (local.get $fired) (i32.load offset=${cells} (global.get $next${index})))
      (local.set $fired (i32.add (local.get $fired) (i32.const 4)))
      (global.set $next${index} (i32.add (global.get $next${index}) (i32.const 4)))
      (br $more)))
  (local.get $fired))`;

/** What a lifetime may change of a network's parameters, by `POPULATION.NAME`; everything where absent. */
export type Varies = readonly string[];

/** A population's parameters that no lifetime changes; the step never does. */
function constancyOf(
  { network }: Program,
  { population, dynamics }: PopulationProgram,
  precision: Precision,
  varies: Varies | undefined,
): Constancy {
  const fixed = new Map([['dt', network.dtMs]]);
  for (const [name, value] of varies ? dynamics.parameters : []) {
    if (typeof value === 'number' && !varies!.includes(`${population.name}.${name}`)) fixed.set(name, value);
  }
  return { fixed, looseZero: precision === 'f32' };
}

/** What is sent reads the receiving port's parameters, whatever the sending population has under that name. */
function sendingConstancy(
  program: Program,
  { from, to, port }: Program['continuous'][number],
  precision: Precision,
  varies: Varies | undefined,
): Constancy {
  const own = (name: string) => name.startsWith(`${port}.`);
  const [sender, receiver] = [from, to].map((of) => constancyOf(program, of, precision, varies));
  const fixed = new Map([
    ...[...sender!.fixed!].filter(([name]) => !own(name)),
    ...[...receiver!.fixed!].filter(([name]) => own(name)),
  ]);
  return { ...sender!, fixed };
}

/** Of each cell's intervals between spikes: i32 step of the last, f64 sums and sums of squares. */
export interface IntervalPlaces {
  last: number;
  sums: number;
  squares: number;
}

/** @param watched whether intervals between spikes are kept */
export function moduleText(
  program: Program,
  precision: Precision,
  varies?: Varies,
  watched = false,
): ModuleText {
  const { network, cells, routes, slots } = program;
  const { bytes, scalar: T } = lanes[precision];
  const layout = new Layout();
  // Address 0 is kept free, so that no list begins there.
  layout.take(16);
  const modulatorNames = Object.keys(network.modulators);
  const modulators = modulatorNames.map(() => layout.take(3 * 8));
  const modulatorAt = new Map(modulatorNames.map((name, i) => [`m.${name}`, modulators[i]!]));
  const populations = program.populations.map((population) =>
    placesOf(population, layout, precision, modulatorAt),
  );
  const codes = program.populations.map((population, i) =>
    populationCode(
      population,
      i,
      populations[i]!,
      precision,
      constancyOf(program, population, precision, varies),
    ),
  );

  const trains = program.populations.map(({ population: { train } }) =>
    train
      ? { steps: layout.take((train.steps.length + 1) * 4), cells: layout.take(train.steps.length * 4) }
      : undefined,
  );

  const routePlaces = (count: number, synapses: number): RoutePlaces => ({
    rows: layout.take((count + 1) * 4),
    targets: layout.take(synapses * 4),
    weights: layout.take(synapses * bytes),
  });
  const continuous = program.continuous.map((of, i) => {
    const fromPlaces = populations[program.populations.indexOf(of.from)]!;
    const count = padded(of.from.population.count);
    const places = new Places(layout, precision, count, fromPlaces.stateAt, fromPlaces.drivenAt, modulatorAt);
    const sentAt = layout.take(count * bytes);
    return {
      places,
      sentAt,
      count: of.from.population.count,
      code: sendingCode(of, i, places, sentAt, precision, sendingConstancy(program, of, precision, varies)),
    };
  });
  const nothing = layout.take(vectorBytes);
  const nowhere = layout.take(vectorBytes);
  const ports = slicesByPort(program, lanes[precision].count).map((of) => ({
    of,
    slices: of.start.length - 1,
    start: layout.take(of.start.length * 4),
    sent: layout.take(of.pre.length * 4),
    weights: layout.take(of.pre.length * bytes),
    targets: layout.take(of.post.length * 4),
  }));
  const pairedPlaces = (rows: Rows & { even: boolean }) => ({
    ...routePlaces(rows.rowStart.length - 1, rows.target.length),
    even: rows.even,
    of: rows,
  });
  const projections = program.learning.map((learning) => {
    const size = padded(learning.to.population.count) * bytes;
    return {
      every: layout.take(4),
      incoming: learning.plan.usesIncoming
        ? { sums: layout.take(size), counts: layout.take(size) }
        : undefined,
    };
  });
  const laid = routes.map((route, i) => {
    const whole = route.dense || route.special?.plasticity !== undefined;
    const at = whole
      ? { ...routePlaces(cells, route.post.length), of: route as Rows }
      : pairedPlaces(evenRows(route));
    return { ...at, ...special(route, i, at) };
  });

  function special(route: Route, index: number, at: RoutePlaces): Special {
    const { plasticity, shortTerm } = route.special ?? {};
    const short: ShortTermPlaces | undefined = shortTerm && {
      x: layout.take(cells * bytes),
      u: layout.take(cells * bytes),
      last: layout.take(cells * 4),
      constants: layout.take(3 * bytes),
    };
    if (plasticity) {
      const learning = learningOfRoute(program, index);
      const plastic = plasticPlaces(
        learning,
        route.post.length,
        projections[program.learning.indexOf(learning)]!.incoming,
        [...modulatorAt.keys()],
        layout,
        precision,
      );
      const of = {
        index,
        learning,
        plastic,
        weights: at.weights,
        layout,
        precision,
        modulatorAt,
        cells: {
          pre: populations[program.populations.indexOf(learning.from)]!,
          post: populations[program.populations.indexOf(learning.to)]!,
        },
      };
      const learns = plasticityCode(of, at, short, network.dtMs);
      return { plastic, ...(short ? { shortTerm: short } : {}), learns, code: learns.code };
    }
    if (short) return { shortTerm: short, code: shortTermCode(index, at, short, precision, network.dtMs) };
    return { code: (route.dense ? denseDeliverCode : deliverCode)(index, at, precision) };
  }

  const inputs = layout.take(network.inputs.length * 4);
  const forced = { ...pairedPlaces(evenRows(program.forced)), inputs };
  const outputs = network.outputs.map(({ cells: read }) => ({
    list: layout.take(read.length * 4),
    count: read.length,
    result: layout.take(8),
  }));
  const ringEnds = layout.take(slots * 4);
  // A vector's worth beyond, since one entry more is written than kept.
  const ringBytes = (cells + 4) * 4;
  const ring = layout.take(slots * ringBytes);
  const counts = layout.take(cells * 4);
  const intervals: IntervalPlaces | undefined = watched
    ? { last: layout.take(cells * 4), sums: layout.take(cells * 8), squares: layout.take(cells * 8) }
    : undefined;
  const watch = intervals
    ? `(local.set $last (i32.load offset=${intervals.last} (local.get $count)))
          (if (i32.ge_s (local.get $last) (i32.const 0)) (then
            (local.set $interval (f64.convert_i32_s (i32.sub (global.get $step) (local.get $last))))
            (local.set $wide (i32.shl (local.get $cell) (i32.const 3)))
            (f64.store offset=${intervals.sums} (local.get $wide)
              (f64.add (f64.load offset=${intervals.sums} (local.get $wide)) (local.get $interval)))
            (f64.store offset=${intervals.squares} (local.get $wide)
              (f64.add (f64.load offset=${intervals.squares} (local.get $wide))
                (f64.mul (local.get $interval) (local.get $interval))))))
          (i32.store offset=${intervals.last} (local.get $count) (global.get $step))`
    : '';
  const text = { ringEnds, ring, ringBytes };
  const delayAt = routes.map(({ flexible }) => (flexible ? layout.take(4) : undefined));

  const phase = (acts: Route['acts']) =>
    routes
      .map((route, i) =>
        route.acts === acts ? `(call $deliver${i} ${arrivals(text, route.delaySteps, delayAt[i])})` : '',
      )
      .join('\n');
  const force = network.inputs
    .map(({ kind }, input) =>
      kind === 'fire' && program.forced.target.length > 0
        ? `(if (i32.and (local.get $active) (i32.const ${1 << input})) (then
            (call $deliverForced (i32.const ${inputs + 4 * input}) (i32.const ${inputs + 4 * input + 4}))))`
        : '',
    )
    .join('\n');
  const learning = routes
    .map((route, i) => {
      const learns = laid[i]!.learns;
      if (!learns) return '';
      const now = '(local.get $slot) (local.get $fired)';
      const arrived = arrivals(text, route.delaySteps, delayAt[i]);
      return `${learns.rises.early ? `(call $rise${i}early ${arrived})` : ''}
        ${learns.learns ? `(call $learn${i} ${now})` : ''}
        ${learns.rises.pre ? `(call $rise${i}pre ${arrived})` : ''}
        ${learns.rises.post ? `(call $rise${i}post ${now})` : ''}
        ${learns.drifts ? `(call $drift${i})` : ''}
        ${learns.relaxes ? `(call $relax${i})` : ''}`;
    })
    .join('\n');
  const plasticRoutes = routes.flatMap((route, i) => (route.special?.plasticity ? [i] : []));
  /** Every synapse of a projection, route by route, after the sums over the cells where they are used. */
  const sweep = (p: number, name: (route: number) => string) => {
    const { routes: own, to, from } = program.learning[p]!;
    if (from.population.count === 0) return '';
    const { incoming } = projections[p]!;
    const size = padded(to.population.count) * bytes;
    const sums = incoming
      ? `(memory.fill (i32.const ${incoming.sums}) (i32.const 0) (i32.const ${size}))
        ${own.map((route) => `(call $sum${route})`).join(' ')}`
      : '';
    return `${sums} ${own.map((route) => `(call ${name(route)})`).join(' ')}`;
  };
  const updates = program.learning
    .map(({ plan }, p) =>
      plan.onUpdate.length === 0
        ? ''
        : `(if (i32.eqz (i32.rem_u (i32.add ${get('step')} (i32.const 1)) (i32.load offset=${projections[p]!.every} (i32.const 0))))
          (then ${sweep(p, (route) => `$sweep${route}`)}))`,
    )
    .join('\n');
  const events = program.learning.flatMap(({ plan }, p) =>
    Object.keys(plan.onEvent).map(
      (event) => `(func (export "event${p}_${event}") ${sweep(p, (route) => `$event${route}_${event}`)})`,
    ),
  );
  const rebase =
    plasticRoutes.length === 0
      ? ''
      : `(global.set $r (i32.add ${get('r')} (i32.const 1)))
      (if (i32.ge_u ${get('r')} ${get('interval')}) (then
        ${plasticRoutes.map((i) => `(call $rebase${i})`).join(' ')}
        (global.set $r (i32.const 0))))`;
  const decay = modulators
    .map((at) => {
      const above = `(f64.mul (f64.sub (f64.load offset=${at} (i32.const 0)) (f64.load offset=${at + 8} (i32.const 0)))
        (f64.load offset=${at + 16} (i32.const 0)))`;
      return `(local.set $above ${above})
        (f64.store offset=${at} (i32.const 0) (f64.add (f64.load offset=${at + 8} (i32.const 0))
          (select (local.get $above) (f64.const 0) (f64.ge (f64.abs (local.get $above)) (f64.const ${leastMagnitude})))))`;
    })
    .join('\n');

  const released = [...releasedAmounts(program).keys()].map((name) => ({
    name,
    amounts: layout.take(cells * 8),
  }));
  const releases = released.map(
    ({ name, amounts }) => `(local.set $at (local.get $slot))
      (block $none (br_if $none (i32.ge_u (local.get $at) (local.get $fired)))
        (loop $cells
          (f64.store offset=${modulatorAt.get(`m.${name}`)} (i32.const 0)
            (f64.add (f64.load offset=${modulatorAt.get(`m.${name}`)} (i32.const 0))
              (f64.load offset=${amounts} (i32.shl (i32.load (local.get $at)) (i32.const 3)))))
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $cells (i32.lt_u (local.get $at) (local.get $fired)))))`,
  );

  // The list is in the order of the populations, so each loops over its own part of it.
  const resets = program.populations.map((population, i) => {
    const end = population.first + population.population.count;
    const { reset } = codes[i]!;
    return `(func $reset${i} (param $list i32) (param $end i32) (result i32)
      (local $cell i32) (local $count i32) (local $i i32) (local $last i32) (local $wide i32) (local $interval f64)
      ${reset?.locals.join(' ') ?? ''}
      (block $done
        (br_if $done (i32.ge_u (local.get $list) (local.get $end)))
        ${reset?.before.join('\n') ?? ''}
        (loop $next
          (local.set $cell (i32.load (local.get $list)))
          (br_if $done (i32.ge_u (local.get $cell) (i32.const ${end})))
          (local.set $count (i32.shl (local.get $cell) (i32.const 2)))
          (i32.store offset=${counts} (local.get $count)
            (i32.add (i32.load offset=${counts} (local.get $count)) (i32.const 1)))
          ${watch}
          (local.set $i (i32.shl (i32.sub (local.get $cell) (i32.const ${population.first}))
            (i32.const ${lanes[precision].shift})))
          ${reset?.each ?? ''}
          (local.set $list (i32.add (local.get $list) (i32.const 4)))
          (br_if $next (i32.lt_u (local.get $list) (local.get $end)))))
      (local.get $list))`;
  });
  const read = outputs
    .map(
      ({ list, count, result }, i) => `(local.set $sum (f64.const 0))
      (local.set $at (i32.const ${list}))
      (block $done${i}
        (br_if $done${i} (i32.const ${count === 0 ? 1 : 0}))
        (loop $next${i}
          (local.set $place (i32.load (local.get $at)))
          (local.set $sum (f64.add (local.get $sum)
            ${precision === 'f32' ? '(f64.promote_f32 (f32.load (local.get $place)))' : '(f64.load (local.get $place))'}))
          ${network.outputs[i]!.empties ? `(${T}.store (local.get $place) (${T}.const 0))` : ''}
          (local.set $at (i32.add (local.get $at) (i32.const 4)))
          (br_if $next${i} (i32.lt_u (local.get $at) (i32.const ${list + count * 4})))))
      (f64.store offset=${result} (i32.const 0) (local.get $sum))`,
    )
    .join('\n');
  const usesRing = slots > 1;
  const stepValues = [...populations, ...continuous.map(({ places }) => places)].flatMap((places) =>
    stepCode(places, precision),
  );

  // Step values may take further places; nothing is laid out after this.
  const wat = `(module
${precision === 'f64' ? float64Imports : ''}
(memory (export "memory") ${Math.max(1, Math.ceil(layout.bytes / 65536))})
(global $step (mut i32) (i32.const 0))
(global $t (mut f64) (f64.const 0))
(global $hash (mut i32) (i32.const 0))
(global $low (mut i32) (i32.const 0))
(global $high (mut i32) (i32.const 0))
(global $slotIndex (mut i32) (i32.const 0))
(global $r (mut i32) (i32.const 0))
(global $interval (mut i32) (i32.const ${0x7fffffff}))
(global $spikes (mut f64) (f64.const 0))
${precision === 'f64' ? float64Functions : float32Functions}
${mixFunctions}
${codes.flatMap(({ functions }) => functions).join('\n')}
${continuous.map(({ code }) => code).join('\n')}
${ports.map((places, i) => spreadCode(i, places, precision)).join('\n')}
${laid.map(({ code }) => code).join('\n')}
${program.forced.target.length > 0 ? deliverCode('Forced', forced, precision) : ''}
(func $slotBefore (param $delay i32) (result i32) (local $slot i32)
  (local.set $slot (i32.sub ${get('slotIndex')} (local.get $delay)))
  (select (i32.add (local.get $slot) (i32.const ${slots})) (local.get $slot)
    (i32.lt_s (local.get $slot) (i32.const 0))))
${resets.join('\n')}
${trains.map((of, i) => (of ? trainCode(i, of) : '')).join('\n')}
(func (export "begin") (param $low i32) (param $high i32) (param $interval i32)
  (global.set $low (local.get $low)) (global.set $high (local.get $high))
  (global.set $interval (local.get $interval))
  (global.set $step (i32.const 0)) (global.set $r (i32.const 0)) (global.set $spikes (f64.const 0))
  (global.set $slotIndex (i32.const 0))
  ${trains.map((of, i) => (of ? `(global.set $next${i} (i32.const 0))` : '')).join(' ')})
(func (export "spikes") (result f64) ${get('spikes')})
(func (export "step") (result i32) ${get('step')})
(func (export "scaledFor") (result i32) ${get('r')})
(func (export "run") (param $steps i32) (param $active i32)
  (local $slot i32) (local $fired i32) (local $above f64) (local $at i32)
  (block $none
  (br_if $none (i32.le_s (local.get $steps) (i32.const 0)))
  (loop $steps
    (global.set $t (f64.mul (f64.convert_i32_s ${get('step')}) (f64.const ${network.dtMs})))
    (global.set $hash (call $mixWord (i32.add
      (call $mixWord (i32.xor ${get('low')} ${get('step')})) ${get('high')})))
    (local.set $slot (i32.add (i32.const ${ring}) (i32.mul ${get('slotIndex')} (i32.const ${ringBytes}))))
    (local.set $fired (local.get $slot))
    ${stepValues.join('\n')}
    ${continuous.map(({ count }, i) => (count > 0 ? `(call $send${i})` : '')).join('\n')}
    ${ports.map((_, i) => `(call $spread${i})`).join('\n')}
    ${codes
      .map(({ functions }, i) => {
        const list = (name: string) => `(local.set $fired (call $${name}${i} (local.get $fired)))`;
        const updates = functions.some((code) => code.startsWith(`(func $update${i} `));
        return `${updates ? list('update') : ''} ${trains[i] ? list('train') : ''}`;
      })
      .join('\n')}
    (i32.store offset=${ringEnds} (i32.shl ${get('slotIndex')} (i32.const 2)) (local.get $fired))
    (global.set $spikes (f64.add ${get('spikes')} (f64.convert_i32_s
      (i32.shr_u (i32.sub (local.get $fired) (local.get $slot)) (i32.const 2)))))
    ${force}
    ${phase('beforeReset')}
    (local.set $at (local.get $slot))
    ${resets.map((_, i) => `(local.set $at (call $reset${i} (local.get $at) (local.get $fired)))`).join('\n')}
    ${phase('afterReset')}
    ${learning}
    ${rebase}
    ${updates}
    ${decay}
    ${releases.join('\n')}
    (global.set $step (i32.add ${get('step')} (i32.const 1)))
    ${
      usesRing
        ? `(global.set $slotIndex (i32.add ${get('slotIndex')} (i32.const 1)))
    (if (i32.eq ${get('slotIndex')} (i32.const ${slots})) (then (global.set $slotIndex (i32.const 0))))`
        : ''
    }
    (local.set $steps (i32.sub (local.get $steps) (i32.const 1)))
    (br_if $steps (local.get $steps)))))
${events.join('\n')}
(func (export "read") (local $sum f64) (local $at i32) (local $place i32)
  ${read}))`;
  return {
    wat,
    bytes: layout.bytes,
    precision,
    populations,
    routes: laid,
    trains,
    continuous,
    ports,
    nothing,
    nowhere,
    modulators,
    released,
    projections,
    forced,
    outputs,
    ...text,
    delayAt,
    counts,
    intervals,
  };
}
