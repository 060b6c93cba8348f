import { drawsIn, namesIn } from '../../../expression/analysis.js';
import type { Expression } from '../../../expression/ast.js';
import { evaluate } from '../../../expression/evaluate.js';
import type { DrawKind } from '../../../expression/functions.js';
import { parseExpression } from '../../../expression/parse.js';
import { wholeSteps } from '../../../math/steps.js';
import { type Dynamics, dynamicsOf } from '../../model/dynamics.js';
import type { Population, Values } from '../../model/network.js';
import { type Assignment, wholeStepsText } from '../../model/terms.js';
import { Names } from '../names.js';
import { type Stated, statedPopulation } from '../stated.js';
import type { Brian2Context, Received } from './context.js';
import { type Brian2Scope, brian2Text, brian2Words, copied, drawStatements, helpersIn } from './dialect.js';
import { type NativeEquations, nativeEquations } from './equations.js';
import { type Block, dictionary, type Entry, indented, multiline } from './text.js';
import { dimensionsText, inUnit } from './units.js';

/** A population as it stands in the script, for what refers to it. */
export interface Brian2Population {
  id: string;
  population: Population;
  stated: Stated<Population>;
  dynamics: Dynamics;
  /** Whether it is a list of spikes, without states. */
  isTrain: boolean;
  /** Names that have a value for each cell, which synapses see with `_pre` and `_post`. */
  variables: ReadonlySet<string>;
  /** The others: their values, as they stand in namespaces. */
  scalars: ReadonlyMap<string, string>;
  names: Names;
  /** Whether its cells know the modulators. */
  lines: string[];
}

const isModulator = (name: string) => name.startsWith('m.');
const modulatorsIn = (texts: readonly Expression[]) =>
  [...new Set(texts.flatMap((e) => [...namesIn(e)]))].filter(isModulator);

/** States that Brian 2 keeps by itself where it knows of refractoriness and crossings. */
const isKeptByBrian2 = (name: string) =>
  name === 'refractory' || name === 'below' || name.startsWith('kept.');

/** Writes one population. */
export class PopulationWriter {
  private readonly stated: Stated<Population>;
  private readonly dynamics: Dynamics;
  private readonly native: NativeEquations | undefined;
  private readonly names: Names;
  private readonly scope: Brian2Scope;
  private readonly scalars = new Map<string, string>();
  private readonly variables = new Map<string, Values>();
  private readonly id: string;
  private site: number;

  constructor(
    private readonly script: Brian2Context,
    private readonly population: Population,
    /** Cells, and places of random draws, of the populations before. */
    before: { site: number },
    private readonly received: Received,
  ) {
    this.stated = statedPopulation(population);
    this.dynamics = dynamicsOf(this.stated.of);
    this.native = this.stated.hasUnits ? nativeEquations(this.stated.of, this.dynamics) : undefined;
    this.names = new Names(brian2Words);
    this.id = script.names.of(population.name);
    this.site = before.site;
    this.scope = {
      id: (name) => this.names.of(name),
      quantities: this.stated.quantities,
      hasUnits: this.stated.hasUnits,
      draw: (kind) => this.draw(kind),
    };
    for (const [name, values] of this.dynamics.parameters) {
      const port = /^(.+)\.weightSum$/.exec(name)?.[1];
      this.place(name, port === undefined ? values : script.weightSum(population.name, port));
    }
  }

  /** Places of random draws, until after this population. */
  get sites(): number {
    const { update, fires } = this.dynamics;
    return [...update.map(({ value }) => value), ...(fires ? [fires] : [])].reduce(
      (sum, e) => sum + drawsIn(e),
      0,
    );
  }

  private text(e: Expression): string {
    return brian2Text(e, this.scope);
  }

  private value(values: Values, name: string): string {
    const unit = this.stated.unitOf(name);
    if (typeof values === 'number') return inUnit(values, unit);
    return inUnit(this.script.arrays.take(`${this.id}_${this.names.of(name)}`, values), unit);
  }

  private place(name: string, values: Values): void {
    if (typeof values === 'number' && name !== 'external.I') this.scalars.set(name, this.value(values, name));
    else this.variables.set(name, values);
  }

  /** Statements that draw, before the one under way. */
  private drawing: string[] = [];

  /** What stands for a random draw: a recorded one, or one of Brian 2's own that a statement before draws. */
  private draw(kind: DrawKind): string {
    const name = `draw.${this.site}`;
    this.site += 1;
    const recorded = this.script.recordedDraws(this.population, kind, this.site - 1);
    if (recorded !== undefined) {
      this.scalars.set(`${name}.recorded`, recorded);
      return `${this.names.of(`${name}.recorded`)}(t, i)`;
    }
    this.drawing.push(...drawStatements(kind, this.names.of(name)));
    return this.names.of(name);
  }

  private declare(name: string, flags = ''): string {
    const unit = this.stated.unitOf(name);
    return `${this.names.of(name)} : ${dimensionsText(unit)}${flags}`;
  }

  /** An assignment as statements: what it draws, then itself. */
  private statements = ({ target, value }: Assignment): string[] => {
    const isState = this.dynamics.states.some(({ name }) => name === target);
    const text = this.text(value);
    const drawn = this.drawing.splice(0);
    return [...drawn, `${this.names.of(target)} = ${isState ? text : copied(value, text)}`];
  };

  /** Whether an assignment is of a port's own states. */
  private isOfPort = ({ target }: Assignment): boolean => {
    const port = /^\$?([^.]+)\./.exec(target)?.[1];
    return port !== undefined && port !== 'I' && Object.hasOwn(this.population.ports, port);
  };

  /** Blocks of statements of a population in Brian 2's own equations. */
  private nativeBlocks(native: NativeEquations): Block[] {
    const { update } = this.dynamics;
    const drawn = update.filter(({ target }) => target.startsWith('$I.'));
    const own = new Set(native.portEquations.map(({ name }) => name));
    const ports = update.filter((a) => this.isOfPort(a) && !own.has(a.target) && !a.target.startsWith('$I.'));
    return [
      { when: 'before_groups', order: 0, lines: drawn.flatMap(this.statements) },
      { when: 'groups', order: 1, lines: ports.flatMap(this.statements) },
    ];
  }

  private nativeModel({ current, equations, portEquations, held }: NativeEquations): string[] {
    const derived = (name: string, value: Expression) => {
      const flags = held.has(name) ? ' (unless refractory)' : '';
      return `d${this.names.of(name)}/dt = ${this.text(value)} : ${dimensionsText(this.stated.unitOf(name))}${flags}`;
    };
    const stepped = new Set([
      ...equations.filter(({ derivative }) => derivative).map(({ name }) => name),
      ...portEquations.map(({ name }) => name),
    ]);
    const drawn = this.dynamics.update.filter(({ target }) => target.startsWith('$I.'));
    return [
      ...(current
        ? [`${this.names.of('I')} = ${this.text(current)} : ${dimensionsText(this.stated.unitOf('I'))}`]
        : []),
      ...equations.map(({ name, derivative, value }) =>
        derivative
          ? derived(name, value)
          : `${this.names.of(name)} = ${this.text(value)} : ${dimensionsText(this.stated.unitOf(name))}`,
      ),
      ...portEquations.map(({ name, value }) => derived(name, value)),
      ...drawn.map(({ target }) => `${this.names.of(target)} : ${dimensionsText(this.stated.unitOf('I'))}`),
      ...this.plainStates((name) => stepped.has(name) || isKeptByBrian2(name)),
    ];
  }

  /** States without an equation of Brian 2. */
  private plainStates(isElsewhere: (name: string) => boolean): string[] {
    return this.dynamics.states
      .filter(({ name }) => !isElsewhere(name))
      .map(({ name }) => {
        const parts = this.received.get(name) ?? [];
        if (parts.length < 2) return this.declare(name);
        return `${this.names.of(name)} = ${parts.map((part) => this.names.of(part)).join(' + ')} : ${dimensionsText(this.stated.unitOf(name))}`;
      });
  }

  /** Blocks of statements of a population that Brian 2 does not integrate. */
  private plainBlocks(): Block[] {
    const { update, fires, settle } = this.dynamics;
    return [
      {
        when: 'groups',
        order: 0,
        lines: [
          ...update.flatMap(this.statements),
          ...(fires ? this.statements({ target: '$firing', value: fires }) : []),
        ],
      },
      { when: 'after_resets', order: 1, lines: settle.flatMap(this.statements) },
    ];
  }

  private refractoryText({ refractory }: NativeEquations): string[] {
    if (!refractory) return [];
    if ('while' in refractory) return [`refractory='${this.text(refractory.while)}'`];
    const { ms } = refractory;
    const values = [...namesIn(ms)].map((name) => {
      const quantity = this.stated.quantities.get(name);
      return [name, quantity ? quantity.value : this.dynamics.parameters.get(name)] as const;
    });
    if (values.every(([, value]) => typeof value === 'number')) {
      const steps = wholeSteps(evaluate(ms, new Map(values as [string, number][])), this.script.dtMs);
      // Brian 2 counts the step of the spike.
      return [`refractory=(${steps} + 1)*defaultclock.dt`];
    }
    const whole = parseExpression(wholeStepsText('refractoryMs'));
    const text = this.text(whole).replaceAll(this.names.of('refractoryMs'), this.text(ms));
    return [`refractory='(${text} + 1)*dt'`];
  }

  private startLines(): string[] {
    return this.dynamics.states.flatMap(({ name, start }) => {
      if (this.native && isKeptByBrian2(name)) return [];
      if ((this.received.get(name) ?? []).length > 0) return [];
      const own = `${this.id}.${this.names.of(name)}`;
      if (typeof start === 'object' && 'kind' in start) {
        if (start.kind === 'number')
          return start.value === 0 ? [] : [`${own} = ${this.value(start.value, name)}`];
        return [`${own} = '${this.text(start)}'`];
      }
      return start === 0 ? [] : [`${own} = ${this.value(start, name)}`];
    });
  }

  /** The statements that a spike of a cell brings about in it. */
  private resetLines(): string[] {
    return this.dynamics.reset
      .filter(({ target }) => !(this.native && isKeptByBrian2(target)))
      .flatMap(this.statements);
  }

  write(): Brian2Population {
    const { population, dynamics, native } = this;
    const { model } = population;
    if (population.train) return this.train();
    const modelLines = native ? this.nativeModel(native) : this.plainStates(() => false);
    const blocks = native ? this.nativeBlocks(native) : this.plainBlocks();
    const fires = native?.threshold ?? dynamics.fires;
    const reset = this.resetLines();
    const threshold = !fires ? [] : [`threshold='${native ? this.text(fires) : this.names.of('$firing')}'`];
    const more = native ? this.refractoryText(native) : [];
    const sums = [...this.received].flatMap(([state, parts]) => {
      const unit = dimensionsText(this.stated.unitOf(state));
      return parts.length > 1 ? parts.map((part) => `${this.names.of(part)} : ${unit}`) : [];
    });
    const used = modulatorsIn([
      ...dynamics.update.map(({ value }) => value),
      ...dynamics.reset.map(({ value }) => value),
      ...(dynamics.fires ? [dynamics.fires] : []),
    ]);
    const equations = [
      ...modelLines,
      ...(native || !fires ? [] : [`${this.names.of('$firing')} : boolean`]),
      ...sums,
      ...[...this.variables].map(([name]) => this.declare(name, name === 'external.I' ? '' : ' (constant)')),
      ...used.map((name) => `${this.names.of(name)} : 1 (linked)`),
    ];
    const helpers = helpersIn([
      ...[...equations, ...threshold, ...reset, ...more],
      ...blocks.flatMap((of) => of.lines),
    ]).map((helper): Entry => [helper, helper]);
    const lines = [
      `# ${population.count} cells "${population.name}" of ${model.name}: ${model.summary}`,
      ...(this.stated.hasUnits
        ? []
        : ['# Units do not fit together here: all are plain numbers, times in ms.']),
      `${this.id} = NeuronGroup(`,
      `    ${population.count},`,
      `    ${multiline(equations.length > 0 ? equations : ['nothing : 1'])},`,
      ...indented(
        [
          ...(native ? [`method='${native.method}'`] : []),
          ...threshold,
          ...(reset.length > 0 && fires ? [`reset=${multiline(reset)}`] : []),
          ...more,
        ].map((argument) => `${argument},`),
      ),
      `    namespace=${this.namespace(helpers)},`,
      `    name='${this.id}',`,
      ')',
      ...[...this.variables].flatMap(([name, values]) =>
        values === 0 ? [] : [`${this.id}.${this.names.of(name)} = ${this.value(values, name)}`],
      ),
      ...this.startLines(),
      ...used.map(
        (name) =>
          `${this.id}.${this.names.of(name)} = linked_var(modulators, '${this.script.modulator(name)}')`,
      ),
      ...blocks.flatMap((block) => this.script.regular(this.id, block)),
    ];
    return this.written(lines, false);
  }

  private namespace(helpers: readonly Entry[]): string {
    return dictionary([
      ...[...this.scalars].map(([name, value]): Entry => [this.names.of(name), value]),
      ...helpers,
    ]);
  }

  private written(lines: string[], isTrain: boolean): Brian2Population {
    const { id, population, stated, dynamics, names, scalars } = this;
    return {
      ...{ id, population, stated, dynamics, names, scalars, isTrain, lines },
      variables: new Set([...this.variables.keys(), ...dynamics.states.map(({ name }) => name)]),
    };
  }

  /** Cells that fire at given times. */
  private train(): Brian2Population {
    const { id, population, script } = this;
    const { steps, cells } = population.train!;
    return this.written(
      [
        `# ${population.count} cells "${population.name}" that fire at given times`,
        `${id} = SpikeGeneratorGroup(`,
        `    ${population.count},`,
        `    ${script.arrays.take(`${id}_cells`, cells)},`,
        `    ${script.arrays.take(`${id}_steps`, steps)}*defaultclock.dt,`,
        `    name='${id}',`,
        ')',
      ],
      true,
    );
  }
}
