import { drawsIn, namesIn } from '../../../expression/analysis.js';
import { compileToFunction } from '../../../expression/evaluate.js';
import { parseExpression } from '../../../expression/parse.js';
import type { Network, Population, Values } from '../../model/network.js';
import { evenStretches } from '../life.js';
import type { ScriptRequest } from '../script.js';

/** What drives the cells of a population from outside, in the unit of the cells' current. */
export interface GivenCurrent {
  /** `[cells]` where it is the same throughout. */
  constant: Float64Array;
  /** `[steps, cells]` beside that, where it changes. */
  changing?: Float64Array;
  /** Inputs that cannot be told beforehand, and why. */
  left: readonly string[];
}

const at = (values: Values, cell: number) => (typeof values === 'number' ? values : values[cell]!);

/** What inputs of a life add to `external.I`: `[steps]` of `[inputs]`, one list for each step of a stretch. */
function drivesOf({ course }: ScriptRequest, steps: number): (step: number) => Float64Array | undefined {
  if (!course) return () => undefined;
  const even = evenStretches(course);
  return (step) => (step < steps ? even.drives[Math.floor(step / even.steps)] : undefined);
}

/** The currents of inputs that depend on time alone, and on random numbers where these are recorded. */
export function givenCurrent(
  network: Network,
  population: Population,
  request: ScriptRequest,
  place: { first: number; site: number },
): GivenCurrent {
  const { count, ports } = population;
  const steps = Math.round(request.ms / network.dtMs);
  const constant = new Float64Array(count);
  const left: string[] = [];
  let changing: Float64Array | undefined;
  let { site } = place;
  const drives = drivesOf(request, steps);
  for (const [port, { model, parameters }] of Object.entries(ports)) {
    if (model.receives !== undefined || model.current === undefined) continue;
    const e = parseExpression(model.current);
    const own = site;
    site += drawsIn(e);
    const names = [...namesIn(e)];
    const values = new Map(
      Object.entries(model.parameters).map(([name, { default: value }]) => [name, parameters[name] ?? value]),
    );
    const unknown = names.find((name) => !values.has(name) && name !== 't' && name !== 'dt');
    if (unknown !== undefined || Object.keys(model.state).length > 0 || (drawsIn(e) > 0 && !request.noise)) {
      left.push(model.name);
      continue;
    }
    const driven = port === 'external' && request.course !== undefined;
    const depends = names.includes('t') || drawsIn(e) > 0 || driven;
    let step = 0;
    let cell = 0;
    const slots = [...values.keys(), 't', 'dt'];
    const act = compileToFunction(
      e,
      (name) => slots.indexOf(name),
      (kind, of) => request.noise!(kind, of, step, place.first + cell),
      own,
    );
    const inputs = network.inputs
      .map((input, index) => ({ ...input, index }))
      .filter(({ kind }) => kind === 'current');
    const added = (drive: Float64Array | undefined) =>
      !drive || !driven
        ? 0
        : inputs.reduce(
            (sum, { cells, amplitude, index }) =>
              cells.includes(place.first + cell) ? sum + amplitude * drive[index]! : sum,
            0,
          );
    const env = new Float64Array(slots.length);
    const currentAt = () => {
      const extra = added(drives(step));
      slots.forEach((name, i) => {
        env[i] =
          name === 't'
            ? step * network.dtMs
            : name === 'dt'
              ? network.dtMs
              : at(values.get(name)!, cell) + (name === 'I' ? extra : 0);
      });
      return act(env);
    };
    if (!depends) {
      for (cell = 0; cell < count; cell++) constant[cell]! += currentAt();
      continue;
    }
    changing ??= new Float64Array(steps * count);
    for (step = 0; step < steps; step++) {
      for (cell = 0; cell < count; cell++) changing[step * count + cell]! += currentAt();
    }
  }
  return { constant, left, ...(changing ? { changing } : {}) };
}
