import { RandomStream } from '../../math/random.js';
import { deriveSeed } from '../../math/seed.js';
import { type Connection, connect, type Edges, fixedProbability } from '../../network/build/random-graph.js';
import { poisson } from '../../network/cells/poisson.js';
import { external } from '../../network/inputs/external.js';
import type { Embodied } from '../../network/model/body.js';
import type { InputPort, Modulator, Network, Plasticity, Receptor } from '../../network/model/network.js';
import { threeFactor } from '../../network/plasticity/three-factor.js';
import { together } from '../../network/plasticity/together.js';
import { UsageError } from '../../spec/errors.js';
import { boundsInOrder, plasticityOf } from '../protocol/rule.js';
import { type Body, bodiesOf, byDistance, rivals, sum, withinBodies } from './bodies.js';
import { perHz, pool, softCells } from './cells.js';
import type { CircuitSettings, learners, ProjectionName } from './options.js';
import { activeChannelsOf, type CircuitPorts } from './ports.js';

/** Rates of channels while their input is on and off, where a task does not say. */
const usualHz = { active: 40, rest: 2 } as const;
/** Rates of E and I by which weights are sized, Hz. */
const workingHz = { E: 10, I: 20 } as const;
/** Mean current that a projection brings about at those rates: mV/ms onto E and I, the drive of the cells beyond. */
const strength = {
  'inputs->E': 6,
  'inputs->I': 4,
  'E->E': 1,
  'E->I': 5,
  'I->E': 5,
  'I->I': 2,
  'inputs->outputs': 4.5,
  'E->outputs': 3.5,
} as const satisfies Record<ProjectionName, number>;
/** Drive of modulatory cells by what is on, which their threshold of 5 exceeds. */
const modulatoryDrive = 1;
/** Learned weights start within this share of their mean, and may grow to this many times it. */
const scatter = 0.1;
const room = 2;
/** Modulators that rules may name, whoever releases them. */
const tausMs: Readonly<Record<string, number>> = { DA: 50, NA: 2000, ACh: 500, '5HT': 1000 };

interface Parts {
  settings: CircuitSettings;
  bodies: readonly Body[];
  random: RandomStream;
  counts: Readonly<Record<string, number>>;
  /** Mean spikes a second of all of a population's cells together. */
  spikesHz: Readonly<Record<string, number>>;
}

/** Mean size of a projection's weights, for the mean current that it is to bring about. */
function sizeOf({ settings, bodies, counts, spikesHz }: Parts, name: ProjectionName, edges: Edges): number {
  const [from, to] = name.split('->') as [string, string];
  // Channels reach the outputs of their own body alone, and one body acts at a time.
  const alone = name === 'inputs->outputs' ? bodies.length : 1;
  const perSpike =
    to === 'outputs'
      ? perHz.psp
      : from === 'I'
        ? perHz.inhibition
        : perHz.excitation(settings.tauRecurrentMs);
  const synapsesACell = Math.max(1, edges.post.length / counts[to]!);
  return strength[name] / ((alone * spikesHz[from]! * synapsesACell * perSpike) / counts[from]!);
}

/** A rule for weights of a mean size: bounds, and what a step is, go with it. */
function plasticity(settings: CircuitSettings, size: number): Plasticity {
  const { rule } = plasticityOf({ rule: settings.rule, parameters: {} }, threeFactor, [], 'task.circuit');
  const at = 'task.circuit.parameters';
  const given = together(rule, [], settings.parameters, at);
  const { low, high } = rule.bounds;
  const sized: Record<string, number> = { [low]: settings.dale ? 0 : -room * size, [high]: room * size };
  if (rule.name === threeFactor.name) {
    const { eta, goal } = threeFactor.parameters;
    Object.assign(sized, { goal: size, eta: eta!.default * (size / goal!.default) });
  }
  return boundsInOrder({ rule, parameters: { ...sized, ...given.parameters } }, at);
}

function connections(parts: Parts): Record<string, Connection> {
  const { settings, random, counts } = parts;
  const { dale, reach, learns } = settings;
  const places = Object.fromEntries(
    ['E', 'I'].map((name) => [
      name,
      Float64Array.from({ length: 2 * counts[name]! }, () => random.uniform()),
    ]),
  );
  const excitatoryShare = settings.excitatory / (settings.excitatory + settings.inhibitory);
  const made: Record<string, Connection> = {};
  // What learns comes first, as weights that evolution may start from.
  const names = Object.keys(settings.connect) as ProjectionName[];
  const learning = (name: ProjectionName) => (learns as readonly string[]).includes(name);
  for (const name of [...names.filter(learning), ...names.filter((other) => !learning(other))]) {
    const chance = settings.connect[name];
    if (chance === 0) continue;
    const [from, to] = name.split('->') as [string, string];
    const [near, far] = [places[from], places[to]];
    const sizes = { from: counts[from]!, to: counts[to]!, self: from !== to };
    const drawn =
      reach !== undefined && near && far
        ? byDistance(random, near, far, chance, reach)
        : fixedProbability(random, sizes, chance);
    const edges = name === 'inputs->outputs' ? withinBodies(drawn, parts.bodies) : drawn;
    const size = sizeOf(parts, name, edges);
    const inhibits = from === 'I';
    const signOf = () => {
      if (dale || from === 'inputs') return inhibits ? -1 : 1;
      return random.uniform() < excitatoryShare ? 1 : -1;
    };
    made[name] = {
      from,
      to,
      port: to === 'outputs' ? 'drive' : inhibits ? 'inhibition' : 'excitation',
      acts: 'afterReset',
      delayMs: from === 'inputs' || to === 'outputs' ? 0 : 1,
      edges,
      weight: () => signOf() * size * random.uniformIn(1 - scatter, 1 + scatter),
      ...(learning(name)
        ? {
            plasticity: { ...plasticity(settings, size), ...(inhibits && dale ? { sign: -1 as const } : {}) },
          }
        : {}),
    };
  }
  return made;
}

/** What drives the cells that release modulators: all inputs, and E. */
function toModulatory(
  { settings, counts, spikesHz }: Parts,
  random: RandomStream,
): Record<string, Connection> {
  const found: Record<string, Connection> = {};
  for (const [modulator, { cells }] of Object.entries(settings.modulatory)) {
    for (const from of ['inputs', 'E']) {
      const edges = fixedProbability(random, { from: counts[from]!, to: cells }, 0.5);
      const weight = modulatoryDrive / (spikesHz[from]! * 0.5 * perHz.psp);
      const to = releasing(modulator);
      found[`${from}->${to}`] = { from, to, port: 'drive', acts: 'afterReset', delayMs: 0, edges, weight };
    }
  }
  return found;
}

/** The population whose spikes release a modulator. */
const releasing = (modulator: string) => `${modulator}cells`;

function receptorsOn(settings: CircuitSettings, population: string): Record<string, Receptor> {
  const own = Object.entries(settings.receptors).filter(([, { on }]) => on === population);
  return Object.fromEntries(
    own.map(([name, { modulator, target, acts, gain }]) => [
      name,
      { target, acts, gain, level: `m.${modulator}` },
    ]),
  );
}

/** @throws UsageError for a modulator that is to be absent, or to act, and that nothing releases */
function checkReleased(
  { absent, receptors, modulatory }: CircuitSettings,
  all: readonly CircuitPorts[],
): void {
  const released = [
    ...new Set([...all.flatMap(({ releases }) => Object.keys(releases)), ...Object.keys(modulatory)]),
  ];
  const asked = [
    ...absent.map((name, i) => [`absent[${i}]`, name] as const),
    ...Object.entries(receptors).map(
      ([name, { modulator }]) => [`receptors.${name}.modulator`, modulator] as const,
    ),
  ];
  for (const [field, name] of asked) {
    if (released.includes(name)) continue;
    throw new UsageError(
      `task.circuit.${field}: expected a modulator that something releases (${released.join(', ') || 'none here'}), found "${name}". ` +
        `Leave it out, or give task.circuit.modulatory.${name} for cells that release it.`,
    );
  }
}

function modulators({ settings, bodies }: Parts): Record<string, Modulator> {
  const usual = Object.entries(tausMs).map(
    ([name, tauMs]) => [name, { tauMs, baseline: 0, releasedBy: [] }] as const,
  );
  const found: Record<string, Modulator> = Object.fromEntries(usual);
  // Several bodies share their modulators, which decay as usual.
  for (const [name, { tauMs, baseline = 0 }] of bodies.flatMap(({ ports }) => Object.entries(ports.releases)))
    found[name] = bodies.length === 1 ? { tauMs, baseline } : { tauMs: tausMs[name] ?? tauMs, baseline: 0 };
  for (const [name, { amount, tauMs }] of Object.entries(settings.modulatory)) {
    const population = releasing(name);
    found[name] = { tauMs, baseline: 0, releasedBy: [{ population, amount }] };
  }
  for (const name of settings.absent) found[name] = { ...found[name]!, absent: true };
  return found;
}

function populations({ settings, bodies, random, counts }: Parts): Network['populations'] {
  const {
    heterogeneity,
    tauRecurrentMs: tauExcitationMs,
    noise,
    excitatoryKinds,
    inhibitoryKinds,
  } = settings;
  const cells = (name: 'E' | 'I', shares: Parameters<typeof pool>[1]['shares']) =>
    pool(
      name,
      {
        count: counts[name]!,
        shares,
        heterogeneity,
        tauExcitationMs,
        noise,
        receptors: receptorsOn(settings, name),
      },
      random,
    );
  const rate = Float64Array.from(
    bodies.flatMap(({ ports }) =>
      Object.values(ports.inputs).flatMap(({ channels, restHz = usualHz.rest }) =>
        Array<number>(channels).fill(restHz),
      ),
    ),
  );
  return [
    {
      name: 'inputs',
      count: counts.inputs!,
      model: poisson,
      parameters: { rate },
      ports: { external: { model: external, parameters: { I: new Float64Array(counts.inputs!) } } },
    },
    cells('E', excitatoryKinds),
    cells('I', inhibitoryKinds),
    softCells('outputs', counts.outputs!, receptorsOn(settings, 'outputs')),
    ...Object.entries(settings.modulatory).map(([name, { cells: count }]) =>
      softCells(releasing(name), count),
    ),
  ];
}

/** Cells one after the other, by the port that has them. */
function stretches(counts: readonly (readonly [name: string, cells: number])[], first: number) {
  let next = first;
  return counts.map(([name, cells]) => {
    next += cells;
    return { name, cells: Int32Array.from({ length: cells }, (_, i) => next - cells + i) };
  });
}

/**
 * A circuit for any task: Poisson channels for its inputs, excitatory and inhibitory Izhikevich cells, and a pool of cells
 * for each output, which inhibit one another. What learns, which kinds of cells there are, and what modulators do to them
 * can be asked alike of every task. Weights are sized by the number of synapses, so that cells fire in circuits of any size.
 * @param networkSeed of the wiring and the first weights
 * @param all of one body; or of several, which share E and I, and whose intervals are the same
 */
export function circuitFrom(
  settings: CircuitSettings,
  networkSeed: number,
  ...all: readonly CircuitPorts[]
): Embodied {
  const random = RandomStream.from(deriveSeed('generic circuit', networkSeed));
  checkReleased(settings, all);
  const bodies = bodiesOf(all);
  const { excitatory, inhibitory } = settings;
  const channels = sum(bodies.map((body) => body.channels));
  const outputs = sum(bodies.map(({ outputCells }) => outputCells));
  const parts: Parts = {
    settings,
    bodies,
    random,
    counts: { inputs: channels, E: excitatory, I: inhibitory, outputs },
    spikesHz: {
      inputs: (sum(all.map(activeChannelsOf)) / all.length) * usualHz.active,
      E: excitatory * workingHz.E,
      I: inhibitory * workingHz.I,
    },
  };
  const learned = connections(parts);
  const joined = connect({
    ...learned,
    ...toModulatory(parts, random),
    'outputs->outputs': rivals(bodies),
  });
  const named = (body: number, name: string) => (bodies.length === 1 ? name : `${body} ${name}`);
  const inputs = bodies.flatMap(({ ports, louder }, body) =>
    Object.entries(ports.inputs).map(([name, input]) => ({ ...input, name: named(body, name), louder })),
  );
  const pools = bodies.flatMap(({ ports }, body) =>
    Object.entries(ports.outputs).map(([name, { cells }]) => [named(body, name), cells] as const),
  );
  const drives = stretches(
    inputs.map((input) => [input.name, input.channels]),
    0,
  );
  const learnedWeights = sum(
    settings.learns.map((name: (typeof learners)[number]) => learned[name]!.edges.post.length),
  );
  return {
    network: {
      dtMs: 1,
      populations: populations(parts),
      ...joined,
      modulators: modulators(parts),
      inputs: drives.map(({ name, cells }, i): InputPort => {
        const { activeHz = usualHz.active, restHz = usualHz.rest, louder } = inputs[i]!;
        return { name, kind: 'current', cells, amplitude: louder * activeHz - restHz };
      }),
      outputs: stretches(pools, channels + excitatory + inhibitory).map(({ name, cells }) => ({
        name,
        cells,
        state: 'spikes',
        empties: true,
      })),
    },
    stepsAnInterval: all[0]!.intervalMs,
    precision: 'f32',
    start: joined.weights.slice(0, learnedWeights),
    weightUnit: '1',
    body: {},
  };
}
