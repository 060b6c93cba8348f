import type { Population, Values } from '../../model/network.js';
import { evenStretches, type LifeAct, type LifeCourse, stepsOfCourse } from '../life.js';
import type { Brian2Context } from './context.js';
import type { Brian2Population } from './population.js';
import type { Brian2Projection } from './projection.js';
import { dimensionsText, inUnit } from './units.js';

/** Writes what a life's task does to the network. */
export class CourseWriter {
  constructor(
    private readonly context: Brian2Context,
    private readonly course: LifeCourse,
    private readonly populations: ReadonlyMap<string, Brian2Population>,
  ) {}

  /** Places of a population's cells among all. */
  private firstOf(name: string): number {
    const { populations } = this.context.network;
    const before = populations.slice(
      0,
      populations.findIndex((of) => of.name === name),
    );
    return before.reduce((sum, { count }) => sum + count, 0);
  }

  /** `[stretches, cells]` the current that inputs add to each cell of a population; undefined where there is none. */
  private currents({ name, count }: Population): { steps: number; values: Float64Array } | undefined {
    const { inputs } = this.context.network;
    const { steps, drives } = evenStretches(this.course);
    const first = this.firstOf(name);
    const values = new Float64Array(drives.length * count);
    let any = false;
    inputs.forEach(({ kind, cells, amplitude }, input) => {
      if (kind !== 'current') return;
      for (const cell of cells) {
        if (cell < first || cell >= first + count) continue;
        for (const [stretch, drive] of drives.entries()) {
          if (!drive[input]) continue;
          any = true;
          values[stretch * count + cell - first]! += amplitude * drive[input];
        }
      }
    });
    return any ? { steps, values } : undefined;
  }

  /** The currents that inputs drive, before anything else of a step. */
  driven(): string[] {
    const { context } = this;
    return [...this.populations.values()].flatMap((of) => {
      const currents = of.isTrain ? undefined : this.currents(of.population);
      if (!currents || !of.variables.has('external.I')) return [];
      const { count, ports } = of.population;
      const own = ports.external!.parameters.I ?? ports.external!.model.parameters.I!.default;
      const at = (cell: number) => (typeof own === 'number' ? own : own[cell]!);
      const whole = currents.values.map((value, i) => value + at(i % count));
      const given = context.names.of(`${of.id} given`);
      const data = context.arrays.file(given, whole, [whole.length / count, count]);
      const current = of.names.of('external.I');
      const unit = of.stated.unitOf('external.I');
      return [
        `# What the task drives the cells of "${of.population.name}" with`,
        `${given} = TimedArray(${inUnit(data, unit)}, dt=${currents.steps}*defaultclock.dt)`,
        `${of.id}.namespace['${given}'] = ${given}`,
        `${of.id}.run_regularly('${current} = ${given}(t, i)', when='before_start')`,
        '',
      ];
    });
  }

  /** The spikes that inputs bring about by themselves: the synapses of their cells, in every step that they are on. */
  forced(): string[] {
    const { context } = this;
    const { inputs, projections } = context.network;
    const { steps, drives } = evenStretches(this.course);
    const lines: string[] = [];
    inputs.forEach(({ name, kind, cells }, input) => {
      if (kind !== 'fire') return;
      const on = drives.flatMap((drive, stretch) =>
        (drive[input] ?? 0) > 0 ? Array.from({ length: steps }, (_, step) => stretch * steps + step) : [],
      );
      if (on.length === 0) return;
      const id = context.names.of(`input ${name}`);
      const times = context.arrays.take(`${id}_steps`, Int32Array.from(on));
      lines.push(
        `# The input "${name}" delivers the synapses of its cells in every step in which it is on`,
        `${id} = SpikeGeneratorGroup(1, np.zeros(${on.length}, dtype=int), ${times}*defaultclock.dt, name='${id}')`,
      );
      for (const projection of projections) {
        const post = this.populations.get(projection.to)!;
        const port = post.population.ports[projection.port]?.model;
        if (post.isTrain || port?.receives === undefined || port.sends !== undefined) continue;
        const first = this.firstOf(projection.from);
        const rows = [...cells].map((cell) => cell - first);
        const own = rows.flatMap((row) =>
          row < 0 || row + 1 >= projection.rowStart.length
            ? []
            : Array.from(
                { length: projection.rowStart[row + 1]! - projection.rowStart[row]! },
                (_, s) => projection.rowStart[row]! + s,
              ),
        );
        if (own.length > 0) lines.push(...this.delivered(id, projection.name, post, own));
      }
      lines.push('');
    });
    return lines;
  }

  private delivered(id: string, name: string, post: Brian2Population, synapses: readonly number[]): string[] {
    const { context } = this;
    const projection = context.network.projections.find((of) => of.name === name)!;
    const { receives, state } = post.population.ports[projection.port]!.model;
    const target = Object.hasOwn(state, receives!) ? `${projection.port}.${receives}` : receives!;
    const own = context.names.of(`${id} by ${name}`);
    const onto = Int32Array.from(synapses, (s) => projection.post[s]!);
    const weights = Float64Array.from(synapses, (s) => context.network.weights[projection.weight[s]!]!);
    const unit = post.stated.unitOf(target);
    return [
      `${own} = Synapses(${id}, ${post.id}, 'w : ${dimensionsText(unit)} (constant)', on_pre='${post.names.of(target)}_post += w', name='${own}')`,
      `${own}.connect(i=0, j=${context.arrays.take(`${own}_post`, onto)})`,
      `${own}.w = ${inUnit(context.arrays.take(`${own}_weights`, weights), unit)}`,
    ];
  }

  /** Acts that cannot be told to the network beforehand, with those of the same moment. */
  private get between(): ReadonlySet<number> {
    return new Set(this.course.acts.filter(({ does }) => does !== 'release').map(({ step }) => step));
  }

  /** What is released between two steps at which nothing else is done, as additions at the starts of steps. */
  released(): string[] {
    const { context, course } = this;
    const { modulators } = context.network;
    const between = this.between;
    const steps = stepsOfCourse(course);
    return Object.keys(modulators).flatMap((name) => {
      if (modulators[name]!.absent) return [];
      const values = new Float64Array(steps);
      let any = false;
      for (const act of course.acts) {
        if (act.does !== 'release' || act.modulator !== name || between.has(act.step)) continue;
        if (act.step >= steps) continue;
        values[act.step]! += act.amount;
        any = true;
      }
      if (!any) return [];
      const own = context.modulator(name);
      const given = context.names.of(`${own} released`);
      return [
        `# What the task releases of ${name}`,
        `${given} = TimedArray(${context.arrays.file(given, values)}, dt=defaultclock.dt)`,
        `modulators.namespace['${given}'] = ${given}`,
        `modulators.run_regularly('${own} = ${own} + ${given}(t)', when='before_start')`,
        '',
      ];
    });
  }

  private act(act: LifeAct, projections: readonly Brian2Projection[]): string[] {
    const { context } = this;
    switch (act.does) {
      case 'release': {
        const of = context.network.modulators[act.modulator];
        const own = `modulators.${context.modulator(act.modulator)}`;
        return of && !of.absent ? [`${own} = ${own}[0] + ${act.amount}`] : [];
      }
      case 'signal':
        return projections
          .filter(
            ({ projection, learned }) =>
              learned?.events.includes(act.event) && (act.projection ?? projection.name) === projection.name,
          )
          .map(({ id }) => `${id}_${act.event}()`);
      case 'set': {
        const of = this.populations.get(act.population)!;
        if (of.isTrain) return [];
        const unit = of.stated.unitOf(act.state);
        return [
          `${of.id}.${of.names.of(act.state)} = ${this.values(act.values, `${of.id}_${act.state}_at_${act.step}`, unit)}`,
        ];
      }
    }
  }

  private values(values: Values, name: string, unit: Parameters<typeof inUnit>[1]): string {
    return inUnit(
      typeof values === 'number' ? values : this.context.arrays.take(name.replaceAll('.', '_'), values),
      unit,
    );
  }

  /** The life from its start to its end: runs, and what is done between them. */
  lived(projections: readonly Brian2Projection[]): string[] {
    const { course, context } = this;
    const moments = [...this.between].sort((a, b) => a - b);
    const end = stepsOfCourse(course);
    const lines: string[] = [];
    let now = 0;
    for (const moment of moments) {
      if (moment > now) lines.push(`run(${moment - now}*defaultclock.dt)`);
      for (const act of course.acts) if (act.step === moment) lines.push(...this.act(act, projections));
      now = moment;
    }
    if (end > now) lines.push(`run(${end - now}*defaultclock.dt)`);
    context.remarks.note(
      'the task itself: what it does to the network is recorded, and the network no longer acts on it',
    );
    return lines;
  }
}
