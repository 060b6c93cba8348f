import type { Connectome } from '../../connectome/connectome.js';
import { exporters } from '../../connectome/export/exporters.js';
import { lifetimeSeedOf } from '../../evolve/champion.js';
import { type OpenedRun, openRun } from '../../evolve/opened-run.js';
import { networkOfGenome, type RecordedLife, recordedLives } from '../../inspect/recorded-life.js';
import type { LabelledRun } from '../../inspect/tables/runs.js';
import { physicalWeight, synapsesTable } from '../../inspect/tables/synapses.js';
import type { Table } from '../../inspect/tables/table.js';
import { drawsOf } from '../../kernel/noise.js';
import { stepsOfCourse } from '../../network/export/life.js';
import { type SimulatorName, simulatorNames, simulators } from '../../network/export/simulators.js';
import { formatNetwork } from '../../network/files/network-file.js';
import type { Network } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { UsageError, UserError } from '../../spec/errors.js';
import { npzArrays } from '../tables/npz.js';
import { ruleAtWork, ruleFiles } from './rule-files.js';

/** What can be written of the champion's model, beside tables. */
export const modelKinds = {
  rule: { summary: "the champion's rules with their constants: JSON, LaTeX, SymPy" },
  network: { summary: 'its network before a life and after it: network files, and a row a synapse' },
  connectome: { summary: 'the same on the connectome of the run, in every format of "connectome export"' },
  ...(Object.fromEntries(
    simulatorNames.map((name) => [
      name,
      {
        summary: `the network and what its task does to it in a life, as a script of ${simulators[name].title}`,
      },
    ]),
  ) as Record<SimulatorName, { summary: string }>),
} as const;
export type ModelKind = keyof typeof modelKinds;

export interface ModelRequest {
  /** Which episode of the champion's life, of those of the trained scenarios. */
  episode: number;
  /** Whether scripts read the random numbers of that life in place of their own. */
  noise: boolean;
  /** What the names of the files begin with. */
  prefix: string;
  onNotice: (message: string) => void;
}

export interface ModelFile {
  name: string;
  data: string | Uint8Array;
}

const plainName = (name: string) => name.replaceAll(/[^\w.-]+/g, '-').replaceAll(/^-+|-+$/g, '');

function rulesOf(network: Network, run: string, onNotice: ModelRequest['onNotice']): ModelFile[] {
  const learning = network.projections.filter(({ plasticity }) => plasticity);
  if (learning.length === 0) {
    throw new UsageError(`The network of the run ${run} has no plasticity rule. Leave "rule" out of --what.`);
  }
  // Projections that learn by the same rule and constants have one file.
  const byText = new Map<string, { rule: PlasticityRule; projections: string[] }>();
  for (const { name, plasticity } of learning) {
    const { rule, perSynapse } = ruleAtWork(plasticity!);
    for (const { name: parameter, values } of perSynapse) {
      onNotice(
        `${name}: "${parameter}" has a value for each of ${values} synapses, which a rule cannot hold: its default stands in the files.`,
      );
    }
    const key = JSON.stringify(rule);
    const known = byText.get(key);
    if (known) known.projections.push(name);
    else byText.set(key, { rule, projections: [name] });
  }
  return [...byText.values()].flatMap(({ rule, projections }) => {
    const where = projections.map((name) => `"${name}"`).join(', ');
    const about = `The plasticity rule of the champion of the run ${run}, of ${where}`;
    return ruleFiles(rule, about).map(({ suffix, text }) => ({
      name: `rule${byText.size > 1 ? `-${plainName(projections[0]!)}` : ''}${suffix}`,
      data: text,
    }));
  });
}

function networkFiles({ network, weightsAfter }: RecordedLife, prefix: string): ModelFile[] {
  const file = (name: string, weights: Float64Array): ModelFile[] => {
    const { text, arrays } = formatNetwork({ ...network, weights }, `${prefix}${name}.arrays`);
    return [
      { name: `${name}.json`, data: text },
      ...(arrays ? [{ name: `${name}.arrays`, data: arrays }] : []),
    ];
  };
  return [...file('network-before', network.weights), ...file('network-after', weightsAfter)];
}

/** The connectome whose connections have the physical weights of a network. */
function weighed(
  { habitat, stored }: OpenedRun,
  network: Network,
  weights: Float64Array,
  when: 'before' | 'after',
): Connectome {
  const { connectome } = habitat.setup;
  const { chemical } = connectome;
  const weight = new Float64Array(chemical.count);
  const units = new Set<string>();
  for (const projection of network.projections) {
    const to = network.populations.find(({ name }) => name === projection.to)!;
    if (to.ports[projection.port]!.model.sends === 'v') continue;
    const physical = physicalWeight(to, projection);
    units.add(`${physical.unit} onto ${projection.to}`);
    for (const [synapse, index] of projection.weight.entries()) {
      if (index < chemical.count) weight[index] = physical.of(projection.post[synapse]!) * weights[index]!;
    }
  }
  const { signBasis: _, signBasisLegend: __, ...rest } = chemical;
  return {
    ...connectome,
    id: `${connectome.id}-${plainName(stored.manifest.run).toLowerCase()}-${when}`,
    weightUnit: 'arbitrary',
    notes: [
      ...connectome.notes,
      `Weights of chemical connections are those of the champion of the run ${stored.manifest.run} ${when} a life, in ${[...units].join(', ')}. ` +
        'Those of gap junctions are as they were.',
    ],
    chemical: { ...rest, weight: weight.map(Math.abs), sign: Int8Array.from(weight, Math.sign) },
  };
}

function connectomeFiles(opened: OpenedRun, { network, weightsAfter }: RecordedLife): ModelFile[] {
  const { habitat, stored } = opened;
  const { connectome, network: spec } = habitat.setup;
  if (spec === null || habitat.embodied.start.length !== connectome.chemical.count) {
    throw new UsageError(
      `The network of the run ${stored.manifest.run} is the task's own and stands on no connectome. --what network writes it.`,
    );
  }
  return (
    [
      ['before', network.weights],
      ['after', weightsAfter],
    ] as const
  ).flatMap(([when, weights]) => {
    const table = weighed(opened, network, weights, when);
    return Object.values(exporters).flatMap(({ write }) =>
      write(table).map(({ suffix, text }) => ({ name: `connectome-${when}${suffix}`, data: text })),
    );
  });
}

function scriptFiles(
  simulator: SimulatorName,
  { scenario, network, seed, course }: RecordedLife,
  run: string,
  { noise, prefix, onNotice }: ModelRequest,
): ModelFile[] {
  // A script by the name of a package would be imported in the place of it.
  const name = `champion_${simulator}`;
  const { text, arrays, remarks } = simulators[simulator].script(network, {
    title: `The champion of the run ${run} in the scenario "${scenario}"`,
    ms: stepsOfCourse(course) * network.dtMs,
    arraysFile: `${prefix}${name}.npz`,
    course,
    ...(noise ? { noise: drawsOf(seed) } : {}),
  });
  for (const remark of remarks) onNotice(`${prefix}${name}.py: ${remark}`);
  return [
    { name: `${name}.py`, data: text },
    ...(arrays.length > 0 ? [{ name: `${name}.npz`, data: npzArrays(arrays) }] : []),
  ];
}

/** The episode that is asked for. @throws UserError where there is none of the number */
function episodeOf(opened: OpenedRun, { episode, onNotice }: ModelRequest): RecordedLife {
  const { spec, best, habitat, champion, stored } = opened;
  onNotice(`Living the champion of ${stored.manifest.run} again.`);
  const lives = recordedLives(habitat, champion, lifetimeSeedOf(spec, best));
  const life = lives[episode];
  if (life) return life;
  throw new UserError(
    `--episode ${episode}: the champion of ${stored.manifest.run} has ${lives.length} episodes, from 0 to ${lives.length - 1}.`,
  );
}

/** Files and tables of the model of a run's champion. */
export async function modelFiles(
  { folder, labels }: LabelledRun,
  wanted: ReadonlySet<ModelKind>,
  request: ModelRequest,
): Promise<{ files: ModelFile[]; tables: Table[] }> {
  const opened = await openRun(folder);
  const { habitat, champion, stored, spec } = opened;
  const { run } = stored.manifest;
  const ruleAlone = wanted.size === 1 && wanted.has('rule');
  const life = ruleAlone ? undefined : episodeOf(opened, request);
  const network = life?.network ?? networkOfGenome(habitat, champion);
  const files = [
    ...(wanted.has('rule') ? rulesOf(network, run, request.onNotice) : []),
    ...(life && wanted.has('network') ? networkFiles(life, request.prefix) : []),
    ...(life && wanted.has('connectome') ? connectomeFiles(opened, life) : []),
    ...(life ? simulatorNames.filter((name) => wanted.has(name)) : []).flatMap((name) =>
      scriptFiles(name, life!, run, request),
    ),
  ];
  const tables =
    life && wanted.has('network') ? [synapsesTable(opened, life, { ...labels, seed: spec.seed })] : [];
  return { files: files.map(({ name, data }) => ({ name: `${request.prefix}${name}`, data })), tables };
}
