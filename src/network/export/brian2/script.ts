import type { Network } from '../../model/network.js';
import type { Script, ScriptRequest } from '../script.js';
import { Brian2Context } from './context.js';
import { CourseWriter } from './course.js';
import { helperPrelude, helpersIn } from './dialect.js';
import { type Brian2Population, PopulationWriter } from './population.js';
import { type Brian2Projection, ProjectionWriter } from './projection.js';
import { multiline } from './text.js';

/** Writes the parts of a script in their order. */
class Brian2Writer {
  private readonly context: Brian2Context;

  constructor(
    private readonly network: Network,
    private readonly request: ScriptRequest,
  ) {
    this.context = new Brian2Context(network, request);
  }

  private modulators(): string[] {
    const { modulators } = this.network;
    const all = Object.entries(modulators);
    if (all.length === 0) return [];
    const decays = all.map(([name, { tauMs, baseline, absent }]) => {
      const own = this.context.modulator(name);
      const rest = absent ? 0 : baseline;
      return `${own} = ${rest} + (${own} - ${rest})*exp(-dt/(${tauMs}*ms))`;
    });
    return [
      '# Neuromodulators: one concentration each for the network',
      `modulators = NeuronGroup(1, ${multiline(all.map(([name]) => `${this.context.modulator(name)} : 1`))}, name='modulators')`,
      ...all.flatMap(([name, { baseline, absent }]) =>
        absent || baseline === 0 ? [] : [`modulators.${this.context.modulator(name)} = ${baseline}`],
      ),
      ...this.context.regular('modulators', { when: 'end', order: 0, lines: decays }),
      '',
    ];
  }

  /** Cells whose spikes release a modulator. */
  private releases(populations: ReadonlyMap<string, Brian2Population>): string[] {
    return Object.entries(this.network.modulators).flatMap(([name, { releasedBy = [], absent }]) => {
      if (absent) return [];
      return releasedBy.flatMap(({ population, cells, amount }) => {
        const { id, population: of } = populations.get(population)!;
        const own = this.context.names.of(`${population} releases ${name}`);
        const from = cells ?? Int32Array.from({ length: of.count }, (_, cell) => cell);
        return [
          `# spikes of "${population}" release ${name}`,
          `${own} = Synapses(${id}, modulators, on_pre='${this.context.modulator(name)}_post += ${amount}', name='${own}')`,
          `${own}.connect(i=${this.context.arrays.take(`${own}_cells`, from)}, j=0)`,
          `${own}.pre.when, ${own}.pre.order = 'end', 1`,
          '',
        ];
      });
    });
  }

  private monitors(
    populations: readonly Brian2Population[],
    projections: readonly Brian2Projection[],
    lived: readonly string[],
  ): string[] {
    const fire = populations.filter(({ isTrain, dynamics }) => isTrain || dynamics.fires);
    const monitor = ({ id }: Brian2Population) => this.context.names.of(`${id}_spikes`);
    const learned = projections.filter((of) => of.learned);
    return [
      ...fire.map((of) => `${monitor(of)} = SpikeMonitor(${of.id}, name='${monitor(of)}')`),
      '',
      ...lived,
      '',
      '# What came of it, for whoever runs this script from another one. Times are those at which steps begin.',
      `spikes = {${fire.map((of) => `'${of.population.name}': ${monitor(of)}`).join(', ')}}`,
      `weights = {${learned
        .map(({ id, projection, learned: of }) => `'${projection.name}': ${id}.${of!.variable}[:]`)
        .join(', ')}}`,
      'for name, monitor in spikes.items():',
      `    print(f'{name}: {monitor.num_spikes} spikes, {monitor.num_spikes/len(monitor.source)/${this.request.ms / 1000}:.2f} Hz a cell')`,
    ];
  }

  write(): Script {
    const { network, context } = this;
    const modulators = this.modulators();
    const populations = new Map<string, Brian2Population>();
    let site = 0;
    for (const population of network.populations) {
      const writer = new PopulationWriter(
        context,
        population,
        { site },
        this.context.received(population.name),
      );
      populations.set(population.name, writer.write());
      site += writer.sites;
    }
    const releases = this.releases(populations);
    const projections = network.projections.flatMap((projection) => {
      const [pre, post] = [populations.get(projection.from)!, populations.get(projection.to)!];
      return new ProjectionWriter(context, projection, pre, post).write() ?? [];
    });
    const { course } = this.request;
    const task = course && new CourseWriter(context, course, populations);
    const body = [
      ...modulators,
      ...[...populations.values()].flatMap(({ lines }) => [...lines, '']),
      ...releases,
      ...projections.flatMap(({ lines }) => [...lines, '']),
      ...(task ? [...task.driven(), ...task.forced(), ...task.released()] : []),
      ...this.monitors(
        [...populations.values()],
        projections,
        task ? task.lived(projections) : [`run(${this.request.ms}*ms)`],
      ),
    ];
    const text = [...this.head(body), ...body].join('\n');
    return { text: `${text}\n`, arrays: this.context.arrays.all, remarks: this.context.remarks.texts };
  }

  private head(body: readonly string[]): string[] {
    const { title, arraysFile } = this.request;
    const helpers = helpersIn(body);
    const remarks = this.context.remarks.texts;
    return [
      `"""${title}, for Brian 2 (2.9), as written by Baldwin.`,
      '',
      'Integrators, the order of the step and delays are those of Baldwin: a spike of the step from t to t + dt is timed',
      't here and t + dt there.',
      ...(remarks.length > 0
        ? ['', 'What is missing here, or is otherwise:', ...remarks.map((text) => `- ${text}`)]
        : []),
      '"""',
      '',
      ...(this.context.arrays.all.length > 0 ? ['from pathlib import Path', ''] : []),
      'import numpy as np',
      ...(helpers.length > 0 ? ['import sympy'] : []),
      'from brian2 import *',
      '',
      `defaultclock.dt = ${this.context.dtMs}*ms`,
      ...(this.context.arrays.all.length > 0
        ? [`data = np.load(Path(__file__).with_name('${arraysFile}'))`]
        : []),
      ...helpers.flatMap((helper) => ['', ...helperPrelude(helper)]),
      '',
    ];
  }
}

/** A network as a script of Brian 2. @throws UsageError where it does not fit together */
export const brian2Script = (network: Network, request: ScriptRequest): Script =>
  new Brian2Writer(network, request).write();
