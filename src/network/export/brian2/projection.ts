import { divideUnits, type Unit } from '../../../expression/unit.js';
import { wholeSteps } from '../../../math/steps.js';
import { UsageError } from '../../../spec/errors.js';
import { receivingState } from '../../model/dynamics.js';
import { type Projection, ruleParameter } from '../../model/network.js';
import { Names } from '../names.js';
import { rowsOf } from '../rows.js';
import { statedExpression } from '../stated.js';
import type { Brian2Context } from './context.js';
import { brian2Text, brian2Words, helpersIn } from './dialect.js';
import { type LearningParts, LearningWriter, type Pathway } from './learning.js';
import type { Brian2Population } from './population.js';
import { type Block, dictionary, type Entry, multiline } from './text.js';
import { dimensionsText, inUnit } from './units.js';

/** Synapses as they stand in the script. */
export interface Brian2Projection {
  id: string;
  projection: Projection;
  lines: string[];
  /** The variable of its weights, where they learn. */
  learned?: { variable: string; unit: Unit; events: readonly string[] };
}

interface Made {
  model: readonly string[];
  pathways: readonly Pathway[];
  namespace: readonly Entry[];
  after: readonly string[];
  blocks?: readonly Block[];
}

/** Writes the synapses of one projection. */
export class ProjectionWriter {
  private readonly id: string;
  private readonly names: Names;

  constructor(
    private readonly script: Brian2Context,
    private readonly projection: Projection,
    private readonly pre: Brian2Population,
    private readonly post: Brian2Population,
  ) {
    this.id = script.names.of(`synapses ${projection.name}`.replace(/^synapses (?=[A-Za-z])/, ''));
    // What synapses call their own must not be what their cells do.
    this.names = new Names([...brian2Words, ...pre.names.all, ...post.names.all]);
  }

  private get port() {
    return this.post.population.ports[this.projection.port]!.model;
  }

  private synapses({ model, pathways, namespace, after, blocks = [] }: Made): string[] {
    const { id, script, projection, pre, post } = this;
    const { arrays } = script;
    const { from, to, port, post: onto } = projection;
    const sideOf = (side: 'pre' | 'post') => pathways.filter((of) => of.side === side);
    const helpers = helpersIn([
      ...model,
      ...pathways.flatMap(({ lines }) => lines),
      ...blocks.flatMap(({ lines }) => lines),
      ...after,
    ]).map((helper): Entry => [helper, helper]);
    const argument = (side: 'pre' | 'post') => {
      const own = sideOf(side);
      if (own.length === 0) return [];
      const entries = own.map(({ name, lines }) => `'${name}': ${multiline(lines)}`);
      return [`    on_${side}={${entries.join(', ')}},`];
    };
    return [
      `# ${onto.length} synapses "${projection.name}" from "${from}" to "${to}" by "${port}", ${this.port.name}: ${this.port.summary}`,
      `${id} = Synapses(`,
      `    ${pre.id},`,
      `    ${post.id},`,
      `    ${multiline(model)},`,
      ...argument('pre'),
      ...argument('post'),
      ...(namespace.length + helpers.length > 0
        ? [`    namespace=${dictionary([...namespace, ...helpers])},`]
        : []),
      `    name='${id}',`,
      ')',
      `${id}.connect(i=${arrays.take(`${id}_pre`, rowsOf(projection))}, j=${arrays.take(`${id}_post`, onto)})`,
      ...after,
      ...pathways.flatMap((pathway) => this.pathwayLines(pathway)),
    ];
  }

  private pathwayLines({ name, side, when, order }: Pathway): string[] {
    const own = `${this.id}.${name}`;
    const delay = side === 'pre' ? this.delay() : undefined;
    return [
      ...(when === 'synapses' && order === 0 ? [] : [`${own}.when, ${own}.order = '${when}', ${order}`]),
      ...(delay === undefined ? [] : [`${own}.delay = ${delay}`]),
    ];
  }

  private delay(): string | undefined {
    const { delayMs } = this.projection;
    const { dtMs, arrays } = this.script;
    const steps = (ms: number) => Math.max(0, wholeSteps(ms, dtMs));
    if (typeof delayMs === 'number') {
      const whole = steps(delayMs);
      return whole === 0 ? undefined : `${whole}*defaultclock.dt`;
    }
    const all = Int32Array.from(delayMs, steps);
    return all.every((own) => own === 0)
      ? undefined
      : `${arrays.take(`${this.id}_delays`, all)}*defaultclock.dt`;
  }

  private weights(): Float64Array {
    return Float64Array.from(this.projection.weight, (index) => this.script.network.weights[index]!);
  }

  /** What an arriving spike does to the cell. */
  private transmission(transmitted: string): {
    lines: string[];
    model: string[];
    after: string[];
    namespace: Entry[];
  } {
    const { post, projection, names, id } = this;
    const { shortTerm } = projection;
    const target = `${post.names.of(receivingState(projection.port, this.port))}_post`;
    if (!shortTerm) return { lines: [`${target} += ${transmitted}`], model: [], after: [], namespace: [] };
    const own = (name: string) => names.of(`short.${name}`);
    const [x, u, use, recovery, facilitation] = ['x', 'u', 'use', 'tauRecovery', 'tauFacilitation'].map(own);
    const facilitates = shortTerm.tauFacilitationMs > 0;
    return {
      lines: [
        `${target} += ${transmitted}*${x}*${u}`,
        `${x} = ${x} - ${x}*${u}`,
        ...(facilitates ? [`${u} = ${u} + ${use}*(1 - ${u})`] : []),
      ],
      model: [
        `d${x}/dt = (1 - ${x})/${recovery} : 1 (event-driven)`,
        facilitates ? `d${u}/dt = (${use} - ${u})/${facilitation} : 1 (event-driven)` : `${u} : 1`,
      ],
      after: [`${id}.${x} = 1`, `${id}.${u} = ${shortTerm.use}`],
      namespace: [
        [use!, String(shortTerm.use)],
        [recovery!, `${shortTerm.tauRecoveryMs}*ms`],
        ...(facilitates ? [[facilitation!, `${shortTerm.tauFacilitationMs}*ms`] as const] : []),
      ],
    };
  }

  private fixed(unit: Unit): LearningParts {
    return {
      model: [`${this.names.of('w')} : ${dimensionsText(unit)} (constant)`],
      ...{ onPre: [], pathways: [], blocks: [], namespace: [], after: [] },
      transmitted: this.names.of('w'),
      weightUnit: unit,
      hasUnits: true,
    };
  }

  /** Weights within their bounds, as the rule sees them. */
  private startWeights(): Float64Array {
    const { plasticity } = this.projection;
    if (!plasticity) return this.weights();
    const { low, high } = plasticity.rule.bounds;
    const [least, most] = [low, high].map((name) => ruleParameter(plasticity, name) as number);
    return this.weights().map((weight) => Math.min(Math.max((plasticity.sign ?? 1) * weight, least!), most!));
  }

  private spiking(): Brian2Projection {
    const { script, projection, id, names, post } = this;
    const { plasticity, acts } = projection;
    const learning = plasticity && new LearningWriter(script, projection, { pre: this.pre, post }, id, names);
    const own = post.isTrain ? undefined : post.stated.unitOf(receivingState(projection.port, this.port));
    const parts = learning?.write() ?? this.fixed(own!);
    const sent = post.isTrain
      ? { lines: [], model: [], after: [], namespace: [] }
      : this.transmission(parts.transmitted);
    const arriving = [...sent.lines, ...parts.onPre];
    const when = acts === 'beforeReset' ? 'synapses' : 'after_resets';
    const first: Pathway[] =
      arriving.length > 0 ? [{ name: 'pre', side: 'pre', when, order: 0, lines: arriving }] : [];
    const weights = script.arrays.take(`${id}_weights`, this.startWeights());
    const lines = this.synapses({
      model: [...parts.model, ...sent.model],
      pathways: [...first, ...parts.pathways],
      namespace: [...parts.namespace, ...sent.namespace],
      after: [`${id}.${names.of('w')} = ${inUnit(weights, parts.weightUnit)}`, ...parts.after, ...sent.after],
      blocks: parts.blocks,
    });
    return {
      id,
      projection,
      lines: [
        ...(parts.hasUnits
          ? []
          : ['# Units of this rule do not fit its cells: all are plain numbers, times in ms.']),
        ...lines,
        ...parts.blocks.flatMap((block) => script.regular(id, block)),
      ],
      ...(learning
        ? { learned: { variable: names.of('w'), unit: parts.weightUnit, events: learning.eventNames } }
        : {}),
    };
  }

  /** Synapses without spikes: what the cells of one side send at every step is summed up on the other. */
  private continuous(): Brian2Projection {
    const { script, projection, id, names, pre, post } = this;
    const { port } = projection;
    const { sends, parameters } = this.port;
    const own = (name: string) => Object.hasOwn(parameters, name);
    const unitOf = (name: string): Unit =>
      own(name) ? post.stated.unitOf(`${port}.${name}`) : pre.stated.unitOf(name);
    const units = pre.stated.hasUnits && post.stated.hasUnits;
    const stated = statedExpression(sends!, unitOf);
    const namespace = new Map<string, string>();
    const idOf = (name: string): string => {
      const [of, full] = own(name) ? [post, `${port}.${name}`] : [pre, name];
      if (of.variables.has(full)) return `${of.names.of(full)}_${own(name) ? 'post' : 'pre'}`;
      const identifier = names.of(`sent.${name}`);
      const value = of.scalars.get(full);
      if (value === undefined) {
        throw new UsageError(
          `projection "${projection.name}" sends ${name}, which cells of ${pre.population.model.name} do not have. ` +
            `Choose cells that have it, or another synapse.`,
        );
      }
      namespace.set(identifier, value);
      return identifier;
    };
    const text = brian2Text(stated.e, { id: idOf, quantities: stated.quantities, hasUnits: units });
    const received = `${port}.${this.port.receives}`;
    const parts = script.received(projection.to).get(received)!;
    const target = parts.length === 1 ? received : script.receivedName(projection);
    const weightUnit = divideUnits(post.stated.unitOf(received), stated.unit);
    const w = names.of('w');
    const dimension = dimensionsText(post.stated.unitOf(received));
    return {
      id,
      projection,
      lines: this.synapses({
        model: [
          `${w} : ${dimensionsText(weightUnit)} (constant)`,
          `${post.names.of(target)}_post = ${w}*${/[ +-]/.test(text) ? `(${text})` : text} : ${dimension} (summed)`,
        ],
        pathways: [],
        namespace: [...namespace],
        after: [`${id}.${w} = ${inUnit(script.arrays.take(`${id}_weights`, this.weights()), weightUnit)}`],
      }),
    };
  }

  write(): Brian2Projection | undefined {
    const { projection, pre, post, script } = this;
    if (projection.post.length === 0) return undefined;
    const sends = this.port.sends !== undefined;
    if (post.isTrain && !projection.plasticity) {
      script.remarks.note(
        'synapses onto cells that fire at listed times change nothing and are left out',
        projection.post.length,
        'synapses',
      );
      return undefined;
    }
    if (!sends) return this.spiking();
    if (pre.isTrain) {
      script.remarks.note(
        'synapses that are sent to by listed spikes at every step',
        projection.post.length,
        'synapses',
      );
      return undefined;
    }
    return this.continuous();
  }
}
