import { parseExpression, parseStatement } from '../../expression/parse.js';
import { printExpression, printStatement } from '../../expression/print.js';
import type { Network, Projection } from '../model/network.js';
import type { PlasticityRule, SynapseVariable } from '../model/plasticity-rule.js';
import { withoutCell } from './silence.js';

type Part = 'onPre' | 'onPost' | 'onUpdate' | `onEvent ${string}`;

/** One thing taken out of a network, to see what it was good for. Plain data. */
export type Ablation =
  /** The weights of these projections stay as they are; of all where absent. */
  | { what: 'plasticity'; of?: readonly string[] }
  /** There is none of it, for rules, receptors and the task alike. */
  | { what: 'modulator'; name: string }
  /** One statement of a rule, wherever the rule is at work. */
  | { what: 'statement'; rule: string; part: Part; index: number }
  /** What turns a variable of synapses into weight. */
  | { what: 'drive'; rule: string; variable: string }
  /** One receptor of a population's cells. */
  | { what: 'receptor'; population: string; name: string }
  /**
   * One cell, counted through the populations, is silent: no synapse or gap junction to it or from it passes anything on,
   * its spikes release nothing, and no body reads it.
   */
  | { what: 'cell'; cell: number };

const partsOf = ({ onPre, onPost, onUpdate, onEvent }: PlasticityRule): [Part, readonly string[]][] => [
  ['onPre', onPre],
  ['onPost', onPost],
  ['onUpdate', onUpdate?.statements ?? []],
  ...Object.entries(onEvent ?? {}).map(
    ([event, texts]) => [`onEvent ${event}`, texts] as [Part, readonly string[]],
  ),
];

const times: Readonly<Record<string, string>> = {
  onPre: 'on presynaptic spikes',
  onPost: 'on postsynaptic spikes',
  onUpdate: 'at regular times',
};
const timeOf = (part: Part) => times[part] ?? `on the event "${part.slice('onEvent '.length)}"`;

/**
 * Plasticity of all projections first, then, where several learn, of each, and of all but each: what a rule does alone, and
 * what the others do without it.
 */
function learningParts(projections: readonly Projection[]): { name: string; ablation: Ablation }[] {
  const learning = projections.filter(({ plasticity }) => plasticity).map(({ name }) => name);
  const of = (name: string, projection: readonly string[]) => ({
    name,
    ablation: { what: 'plasticity', of: projection } as const,
  });
  return [
    ...(learning.length > 0 ? [{ name: 'plasticity', ablation: { what: 'plasticity' } as const }] : []),
    ...(learning.length > 1 ? learning.map((each) => of(`plasticity of ${each}`, [each])) : []),
    // Of two, all but the one is the other.
    ...(learning.length > 2
      ? learning.map((each) =>
          of(
            `plasticity of all but ${each}`,
            learning.filter((other) => other !== each),
          ),
        )
      : []),
  ];
}

/** Whether a rule, a receptor, or a model of cells or of their ports names a modulator. */
function isNamed({ projections, populations }: Network, modulator: string): boolean {
  const texts = JSON.stringify([
    projections.map(({ plasticity }) => plasticity?.rule),
    populations.map(({ model, ports, receptors = {} }) => [
      model,
      ...Object.values(ports).map((port) => port.model),
      ...Object.values(receptors).map(({ level }) => level),
    ]),
  ]);
  return new RegExp(`\\bm\\.${modulator}\\b`).test(texts);
}

/** Everything but cells that can be taken out of a network, with what it is in words. */
export function ablationsOf(network: Network): { name: string; ablation: Ablation }[] {
  const { projections, modulators, populations } = network;
  const rules = new Map(
    projections.flatMap(({ plasticity }) =>
      plasticity ? [[plasticity.rule.name, plasticity.rule] as const] : [],
    ),
  );
  return [
    ...learningParts(projections),
    ...Object.entries(modulators)
      .filter(([name, { releasedBy }]) => releasedBy?.length !== 0 || isNamed(network, name))
      .map(([name]) => ({ name: `modulator ${name}`, ablation: { what: 'modulator', name } as const })),
    ...[...rules.values()].flatMap((rule) => [
      ...partsOf(rule).flatMap(([part, texts]) =>
        texts.map((text, index) => ({
          name: `${printStatement(parseStatement(text))} ${timeOf(part)} (${rule.name})`,
          ablation: { what: 'statement', rule: rule.name, part, index } as const,
        })),
      ),
      ...Object.entries(rule.synapse ?? {}).flatMap(([variable, { drive }]) =>
        drive === undefined
          ? []
          : [
              {
                name: `dw/dt = ${variable} (${printExpression(parseExpression(drive))}) (${rule.name})`,
                ablation: { what: 'drive', rule: rule.name, variable } as const,
              },
            ],
      ),
    ]),
    ...populations.flatMap(({ name: population, receptors = {} }) =>
      Object.entries(receptors)
        .filter(
          ([, { gain, reach }]) =>
            reach?.some((of) => of !== 0) ?? (typeof gain === 'number' || gain.some((of) => of !== 0)),
        )
        .map(([name, { target, level }]) => ({
          name: `receptor ${name} of ${population} (${level} on ${target})`,
          ablation: { what: 'receptor', population, name } as const,
        })),
    ),
  ];
}

const drivesNothing = ({ drive: _drive, ...rest }: SynapseVariable): SynapseVariable => rest;

/** A rule that keeps weights within bounds and changes nothing. */
const still = (rule: PlasticityRule): PlasticityRule => {
  const { onUpdate: _onUpdate, ...rest } = rule;
  return { ...rest, traces: {}, synapse: {}, onPre: [], onPost: [], onEvent: {} };
};

function without(rule: PlasticityRule, part: Part, index: number): PlasticityRule {
  const kept = (texts: readonly string[]) => texts.filter((_, i) => i !== index);
  if (part === 'onPre' || part === 'onPost') return { ...rule, [part]: kept(rule[part]) };
  if (part === 'onUpdate')
    return { ...rule, onUpdate: { ...rule.onUpdate!, statements: kept(rule.onUpdate!.statements) } };
  const event = part.slice('onEvent '.length);
  return { ...rule, onEvent: { ...rule.onEvent, [event]: kept(rule.onEvent![event]!) } };
}

/** The network with something taken out. */
export function ablate(network: Network, ablation: Ablation): Network {
  const rules = (
    change: (rule: PlasticityRule) => PlasticityRule,
    of: (projection: string) => boolean = () => true,
  ): Projection[] =>
    network.projections.map((projection) =>
      projection.plasticity && of(projection.name)
        ? {
            ...projection,
            plasticity: { ...projection.plasticity, rule: change(projection.plasticity.rule) },
          }
        : projection,
    );
  switch (ablation.what) {
    case 'plasticity': {
      const { of } = ablation;
      return { ...network, projections: rules(still, of && ((name) => of.includes(name))) };
    }
    case 'statement': {
      const { rule: name, part, index } = ablation;
      return {
        ...network,
        projections: rules((rule) => (rule.name === name ? without(rule, part, index) : rule)),
      };
    }
    case 'drive': {
      const change = (rule: PlasticityRule) => ({
        ...rule,
        synapse: { ...rule.synapse, [ablation.variable]: drivesNothing(rule.synapse![ablation.variable]!) },
      });
      return {
        ...network,
        projections: rules((rule) => (rule.name === ablation.rule ? change(rule) : rule)),
      };
    }
    case 'modulator': {
      const { name } = ablation;
      const { tauMs } = network.modulators[name]!;
      const gone = { tauMs, baseline: 0, absent: true };
      return { ...network, modulators: { ...network.modulators, [name]: gone } };
    }
    case 'cell':
      return withoutCell(network, ablation.cell);
    case 'receptor':
      return {
        ...network,
        populations: network.populations.map((population) => {
          if (population.name !== ablation.population) return population;
          const { [ablation.name]: gone, ...receptors } = population.receptors!;
          // Its gain stays a parameter, which genomes may set.
          return { ...population, receptors: { ...receptors, [ablation.name]: { ...gone!, level: '0' } } };
        }),
      };
  }
}
