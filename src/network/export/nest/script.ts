import { drawsIn } from '../../../expression/analysis.js';
import { evaluate } from '../../../expression/evaluate.js';
import { pythonNumber } from '../../../expression/python.js';
import { wholeSteps } from '../../../math/steps.js';
import { UsageError } from '../../../spec/errors.js';
import { type Dynamics, dynamicsOf } from '../../model/dynamics.js';
import type { Network, Population, Projection, Values } from '../../model/network.js';
import { Names } from '../names.js';
import { rowsOf } from '../rows.js';
import { Remarks, type Script, ScriptArrays, type ScriptRequest } from '../script.js';
import { type NestCells, nestCells } from './cells.js';
import { givenCurrent } from './currents.js';
import { type NestSynapse, nestSynapse } from './rules.js';

/** Steps before the life begins: currents of NEST take two to reach a cell. */
const before = 2;

interface Placed {
  id: string;
  population: Population;
  dynamics: Dynamics;
  first: number;
  site: number;
  /** Absent for cells that fire at listed times. */
  cells?: NestCells;
}

/** Identifiers of the script. */
const words = [
  'nest',
  'np',
  'data',
  'step',
  'spikes',
  'weights',
  'recorder',
  'name',
  'Path',
  'start',
  'of',
  'len',
  'sum',
];

/** Writes a network for NEST: the cells and synapses that it has with the same equations, and no others. */
class NestWriter {
  private readonly names = new Names(words);
  private readonly arrays = new ScriptArrays();
  private readonly remarks = new Remarks();
  private readonly placed = new Map<string, Placed>();
  private readonly reasons: string[] = [];

  constructor(
    private readonly network: Network,
    private readonly request: ScriptRequest,
  ) {
    this.place();
  }

  private place(): void {
    let first = 0;
    let site = 0;
    for (const population of this.network.populations) {
      const dynamics = dynamicsOf(population);
      const said = population.train ? undefined : nestCells(population, this.network.dtMs);
      if (typeof said === 'string') {
        this.remarks.note(said, population.count, 'cells');
        this.reasons.push(said);
      } else {
        const id = this.names.of(population.name);
        this.placed.set(population.name, {
          id,
          population,
          dynamics,
          first,
          site,
          ...(said ? { cells: said } : {}),
        });
        if (said?.differs) this.remarks.note(said.differs, population.count, 'cells');
      }
      first += population.count;
      site += dynamics.update.reduce((sum, { value }) => sum + drawsIn(value), 0);
      site += dynamics.fires ? drawsIn(dynamics.fires) : 0;
    }
    if ([...this.placed.values()].some(({ cells }) => cells)) return;
    throw new UsageError(
      `Nothing of the network can be said in NEST: ${[...new Set(this.reasons)].join('; ') || 'it has no cells with equations'}. ` +
        'Write it for Brian 2 (brian2).',
    );
  }

  private listed(name: string, values: Values): string {
    return typeof values === 'number' ? pythonNumber(values) : this.arrays.take(name, values);
  }

  private value(name: string, value: Values | boolean | readonly number[]): string {
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (Array.isArray(value)) return `[${value.map(pythonNumber).join(', ')}]`;
    return this.listed(name, value as Values);
  }

  private train({ id, population }: Placed): string[] {
    const { count, train } = population;
    const order = Array.from(train!.cells.keys()).sort(
      (a, b) => train!.cells[a]! - train!.cells[b]! || a - b,
    );
    const steps = Int32Array.from(order, (i) => train!.steps[i]!);
    const ends = new Int32Array(count + 1);
    for (const cell of train!.cells) ends[cell + 1]! += 1;
    for (let cell = 0; cell < count; cell++) ends[cell + 1]! += ends[cell]!;
    return [
      `# ${count} cells "${population.name}" that fire at given times: parrots repeat a step later what generators send`,
      `${id} = nest.Create('parrot_neuron', ${count})`,
      `${id}_steps = ${this.arrays.take(`${id}_steps`, steps)}`,
      `${id}_ends = ${this.arrays.take(`${id}_ends`, ends)}`,
      `${id}_generators = nest.Create('spike_generator', ${count}, params=[`,
      `    {'spike_times': np.round((${id}_steps[a:b] + start)*step, 6)} for a, b in zip(${id}_ends[:-1], ${id}_ends[1:])`,
      '])',
      `nest.Connect(${id}_generators, ${id}, 'one_to_one', {'delay': step})`,
      '',
    ];
  }

  /** States at the start of the life, for those that the cell of NEST has. */
  private states({ id, population, dynamics, cells }: Placed): string[] {
    const values = (name: string): Values | undefined => {
      const start = dynamics.states.find((of) => of.name === name)?.start;
      if (start === undefined || typeof start === 'number' || start instanceof Float64Array) return start;
      const all = [...dynamics.parameters];
      const each = all.some(([, value]) => typeof value !== 'number');
      const of = (cell: number) =>
        evaluate(
          start,
          new Map(all.map(([own, value]) => [own, typeof value === 'number' ? value : value[cell]!])),
        );
      return each ? Float64Array.from({ length: population.count }, (_, cell) => of(cell)) : of(0);
    };
    return Object.entries(cells!.states).flatMap(([state, { name, factor }]) => {
      const start = values(state);
      if (start === undefined) return [];
      const scaled = typeof start === 'number' ? start * factor : start.map((value) => value * factor);
      return [`${id}.${name} = ${this.listed(`${id}_${name}`, scaled)}`];
    });
  }

  private currents({ id, population, cells, first, site }: Placed): string[] {
    const { count } = population;
    const given = givenCurrent(this.network, population, this.request, { first, site });
    for (const name of given.left) {
      this.remarks.note(`the input "${name}", which is not a current over time alone`, count, 'cells');
    }
    const factor = cells!.currentFactor;
    const lines: string[] = [];
    if (given.constant.some((value) => value !== 0)) {
      lines.push(
        `${id}.I_e = ${this.listed(
          `${id}_I_e`,
          given.constant.map((value) => value * factor),
        )}`,
      );
    }
    if (given.changing) {
      const steps = given.changing.length / count;
      const data = this.arrays.file(
        `${id}_currents`,
        given.changing.map((value) => value * factor),
        [steps, count],
      );
      lines.push(
        `${id}_currents = ${data}`,
        `${id}_generators = nest.Create('step_current_generator', ${count}, params=[`,
        `    {'amplitude_times': np.round((np.arange(${steps}) + start - 1)*step, 6), 'amplitude_values': of} for of in ${id}_currents.T`,
        '])',
        `nest.Connect(${id}_generators, ${id}, 'one_to_one', {'delay': step})`,
      );
    }
    return lines;
  }

  private population(placed: Placed): string[] {
    const { id, population, cells } = placed;
    if (!cells) return this.train(placed);
    const parameters = Object.entries(cells.parameters).map(
      ([name, value]) => [name, this.value(`${id}_${name}`, value)] as const,
    );
    const perCell = Object.entries(cells.parameters).filter(([, value]) => value instanceof Float64Array);
    const shared = parameters.filter(([name]) => !perCell.some(([own]) => own === name));
    return [
      `# ${population.count} cells "${population.name}" of ${population.model.name}: ${population.model.summary}`,
      `${id} = nest.Create('${cells.model}', ${population.count}, params={${shared.map(([name, value]) => `'${name}': ${value}`).join(', ')}})`,
      ...parameters
        .filter(([name]) => perCell.some(([own]) => own === name))
        .map(([name, value]) => `${id}.${name} = ${value}`),
      '',
    ];
  }

  private delays({ name, delayMs, post }: Projection, earlier: number): string {
    let short = 0;
    const stepsOf = (ms: number) => {
      const steps = Math.max(0, wholeSteps(ms, this.network.dtMs)) + earlier;
      if (steps < 1) short += 1;
      return Math.max(1, steps);
    };
    const steps =
      typeof delayMs === 'number'
        ? new Int32Array(post.length).fill(stepsOf(delayMs))
        : Int32Array.from(delayMs, stepsOf);
    if (short > 0) {
      const count = typeof delayMs === 'number' ? post.length : short;
      this.remarks.note('delays of 0, which NEST has not: one step stands for them', count, 'synapses');
    }
    return `${this.arrays.take(`${this.names.of(name)}_delays`, steps)}*step`;
  }

  private projection(projection: Projection): string[] {
    const { name, from, to, port, post: onto } = projection;
    const [pre, post] = [this.placed.get(from), this.placed.get(to)];
    if (onto.length === 0) return [];
    const receptor = post?.cells?.receptors.get(port);
    if (!pre || !post || (post.cells && !receptor)) {
      const why = pre && post ? 'synapses without spikes' : 'synapses of cells that are left out';
      this.remarks.note(why, onto.length, 'synapses');
      return [];
    }
    const factor = receptor?.factor ?? 1;
    const factorOf = (cell: number) => (typeof factor === 'number' ? factor : factor[cell]!);
    const said =
      projection.plasticity && typeof factor !== 'number'
        ? 'synapses that learn onto cells with time constants of their own'
        : nestSynapse(projection, typeof factor === 'number' ? factor : 1);
    const isString = typeof said === 'string';
    if (isString) this.remarks.note(`${said}: they keep the weights that they have`, onto.length, 'synapses');
    else if (said.differs) this.remarks.note(said.differs, onto.length, 'synapses');
    const synapse: NestSynapse = isString ? { model: 'static_synapse', parameters: {} } : said;
    const id = this.names.of(name);
    const own = Object.keys(synapse.parameters).length > 0;
    const weights = Float64Array.from(
      projection.weight,
      (index, s) => this.network.weights[index]! * factorOf(onto[s]!),
    );
    const parameters = Object.entries(synapse.parameters).map(
      ([of, value]) => `'${of}': ${pythonNumber(value)}`,
    );
    return [
      `# ${onto.length} synapses "${name}" from "${from}" to "${to}" by "${port}"`,
      ...(own ? [`nest.CopyModel('${synapse.model}', '${id}', {${parameters.join(', ')}})`] : []),
      ...Object.entries(synapse.ofCells ?? {}).map(
        ([of, value]) => `${post.id}.${of} = ${pythonNumber(value)}`,
      ),
      'nest.Connect(',
      `    np.array(${pre.id}.tolist())[${this.arrays.take(`${id}_pre`, rowsOf(projection))}],`,
      `    np.array(${post.id}.tolist())[${this.arrays.take(`${id}_post`, onto)}],`,
      "    'one_to_one',",
      '    {',
      `        'synapse_model': '${own ? id : synapse.model}',`,
      `        'weight': ${this.arrays.take(`${id}_weights`, weights)},`,
      `        'delay': ${this.delays(projection, receptor?.earlier ?? 0)},`,
      ...(receptor?.receptor === undefined
        ? []
        : [`        'receptor_type': np.full(${onto.length}, ${receptor.receptor}),`]),
      '    },',
      ')',
      '',
    ];
  }

  /** The projections whose weights NEST changes. */
  private get learned(): readonly Projection[] {
    return this.network.projections.filter((projection) => {
      const [pre, post] = [this.placed.get(projection.from), this.placed.get(projection.to)];
      return (
        projection.plasticity &&
        pre &&
        post?.cells &&
        projection.post.length > 0 &&
        typeof nestSynapse(projection, 1) !== 'string'
      );
    });
  }

  private ending(): string[] {
    const { ms } = this.request;
    const all = [...this.placed.values()];
    const recorder = ({ id }: Placed) => `${id}_spikes`;
    return [
      ...all.flatMap((of) => [
        `${recorder(of)} = nest.Create('spike_recorder')`,
        `nest.Connect(${of.id}, ${recorder(of)})`,
      ]),
      '',
      '# Currents take two steps to reach a cell: the life begins after these',
      'nest.Simulate(start*step)',
      ...all.flatMap((of) => (of.cells ? this.states(of) : [])),
      `nest.Simulate(${ms})`,
      '',
      '# What came of it, for whoever runs this script from another one: cells counted from 0, times at which steps end',
      'spikes = {',
      ...all.map(
        (of) =>
          `    '${of.population.name}': (np.array(${recorder(of)}.events['senders']) - ${of.id}.tolist()[0], ${recorder(of)}.events['times'] - start*step),`,
      ),
      '}',
      'weights = {',
      ...this.learned.map(
        ({ name }) => `    '${name}': nest.GetConnections(synapse_model='${this.names.of(name)}'),`,
      ),
      '}',
      'for name, (cells, times) in spikes.items():',
      "    print(f'{name}: {len(times)} spikes')",
    ];
  }

  write(): Script {
    const { network, request } = this;
    if (request.course?.acts.length) {
      this.remarks.note(
        'what the task releases, signals and sets, since no modulators and events are left',
        request.course.acts.length,
        'times',
      );
    }
    const modulators = Object.keys(network.modulators).length;
    if (modulators > 0) this.remarks.note('modulators', modulators, 'of them');
    const body = [
      ...[...this.placed.values()].flatMap((placed) => this.population(placed)),
      ...[...this.placed.values()].flatMap((placed) => {
        const lines = placed.cells ? this.currents(placed) : [];
        return lines.length > 0 ? [`# What drives "${placed.population.name}"`, ...lines, ''] : [];
      }),
      ...network.projections.flatMap((projection) => this.projection(projection)),
      ...this.ending(),
    ];
    return {
      text: `${[...this.head(), ...body].join('\n')}\n`,
      arrays: this.arrays.all,
      remarks: this.remarks.texts,
    };
  }

  private head(): string[] {
    const { title, arraysFile } = this.request;
    const remarks = this.remarks.texts;
    const { length } = this.arrays.all;
    return [
      `"""${title}, for NEST (3.10), as written by Baldwin.`,
      '',
      'Units are those of NEST: mV, ms, pA, pF.',
      ...(remarks.length > 0
        ? ['', 'What is missing here, or is otherwise:', ...remarks.map((text) => `- ${text}`)]
        : []),
      '"""',
      '',
      ...(length > 0 ? ['from pathlib import Path', ''] : []),
      'import nest',
      'import numpy as np',
      '',
      'nest.ResetKernel()',
      `step = ${this.network.dtMs}  # ms`,
      `start = ${before}  # steps`,
      'nest.resolution = step',
      ...(length > 0 ? [`data = np.load(Path(__file__).with_name('${arraysFile}'))`] : []),
      '',
    ];
  }
}

/** A network as a script of NEST. @throws UsageError where nothing of it can be said there */
export const nestScript = (network: Network, request: ScriptRequest): Script =>
  new NestWriter(network, request).write();
