import { describe, expect, it } from 'vitest';
import { type RunRequest, resolveRun } from '../../src/evolve/resolve.js';
import { checkGenome, specsThatFit } from '../../src/genome/fitting.js';
import type { Ground } from '../../src/genome/ground.js';
import { genomeSpace } from '../../src/genome/space.js';
import { genomeSpecSchema, loadGenomeSpec } from '../../src/genome/spec.js';
import { UsageError } from '../../src/spec/errors.js';
import { described, named } from './named.js';

const cook = 'c-elegans-cook-2019';
const spiking = ['network.cell=izhikevich'];
const learning = [
  ...spiking,
  'network.modulation={}',
  'network.plasticity={"rule":"pair-stdp-dopamine"}',
  'network.longestDelayMs=20',
];
const abcd = 'network.plasticity={"rule":"abcd","perSynapse":["eta","A","B","C","D"]}';

/** Every shipped genome spec, on the network that it is for. */
const proper: readonly (RunRequest & { genome: string })[] = [
  { genome: 'weights' },
  { genome: 'weights-by-class' },
  { genome: 'weights-by-class', connectome: cook, set: spiking },
  {
    genome: 'weights',
    connectome: cook,
    set: [...spiking, 'network.weights=linear', 'genome.genes.0.range=[-200,200]'],
  },
  { genome: 'weights-log', connectome: cook, set: spiking },
  { genome: 'weights-and-scales', connectome: cook, set: spiking },
  { genome: 'weights-and-scales', connectome: cook, set: ['network.cell=leaky-integrate-and-fire'] },
  { genome: 'weights-and-scales', connectome: cook, set: ['network.cell=graded'] },
  { genome: 'worm-learning', connectome: cook, set: learning },
  { genome: 'worm-receptors', connectome: cook, set: learning },
  { genome: 'worm-learning-and-receptors', connectome: cook, set: learning },
  { genome: 'worm-weights-and-learning', connectome: cook, set: learning },
  { genome: 'worm-delays', connectome: cook, set: learning },
  { genome: 'worm-abcd', connectome: cook, set: [...spiking, abcd] },
  { genome: 'go-no-go', task: 'go-no-go' },
  { genome: 'weights', task: 'go-no-go' },
  { genome: 'navigation', task: 'navigation' },
  { genome: 'weights', task: 'navigation' },
  { genome: 'distal-reward', task: 'distal-reward' },
  {
    genome: 'distal-reward-kinds',
    task: 'distal-reward',
    set: ['task.version="2024"', 'task.noradrenaline=true'],
  },
];

async function refusal(request: RunRequest): Promise<string> {
  try {
    await resolveRun(request);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return 'accepted';
}

const ground: Ground = {
  synapseNames: ['a 0->b 0'],
  weights: Float64Array.of(1),
  weightUnit: 'ln(1 + synapses)',
  parameters: new Map([
    ['cells.tau', named(10, 'ms', [1, 100])],
    ['cells.noise', named(1, '1')],
    ['cells.rate', named(0.5, '1/ms', [0, 2])],
    ['cells.synapses.scale', { ...named(1, 'current/weight'), currentUnit: 'nA' }],
    ['cells.gaps.scale', { ...named(1, 'current/(weight mV)'), currentUnit: 'nA' }],
    ['learn.wMax', named(3, 'weight')],
  ]),
  synapseParameters: new Map([['learn.A', { values: Float64Array.of(1), ...described('1', [-10, 10]) }]]),
};

const genes = (name: string, unit: string, range: readonly number[] = [0.1, 2]) => ({
  quantity: name === 'learn.A' ? 'synapse-parameter' : 'parameter',
  ...(name === 'learn.A' ? { name } : { names: [name] }),
  unit,
  range,
  prior: range,
  start: 1,
});
const specOf = (...groups: object[]) =>
  genomeSpecSchema.parse({ format: 'genome-spec/1', name: 'mine', about: '', genes: groups });
const check = (...groups: object[]) => {
  try {
    checkGenome(specOf(...groups), ground);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return 'accepted';
};

describe('units of genes', () => {
  it.each([
    ['cells.tau', 'ms'],
    ['cells.tau', '1e-3 s'],
    ['cells.noise', '1'],
    ['cells.rate', '1/ms'],
    ['cells.rate', 'ms^-1'],
    ['cells.rate', 'kHz'],
    ['cells.synapses.scale', 'current'],
    ['cells.synapses.scale', 'current/weight'],
    ['cells.synapses.scale', 'nA'],
    ['cells.gaps.scale', 'current'],
    ['cells.gaps.scale', 'nA/mV'],
    ['cells.gaps.scale', 'uS'],
    ['learn.wMax', 'weight'],
    ['learn.wMax', 'ln(1 + synapses)'],
    ['learn.A', '1'],
  ])('of %s may be %s', (name, unit) => {
    expect(check(genes(name, unit, name === 'cells.tau' ? [1, 2] : undefined))).toBe('accepted');
  });

  it.each([
    ['cells.noise', 'ms', '1, a plain number'],
    ['cells.tau', '1', 'ms'],
    ['cells.tau', 's', 'ms'],
    ['cells.tau', 'mV', 'ms'],
    ['cells.tau', 'seconds', 'ms'],
    ['cells.rate', 'ms', '1/ms'],
    ['cells.synapses.scale', 'pA', 'current/weight (current in nA)'],
    ['cells.gaps.scale', 'nA', 'current/(weight mV) (current in nA)'],
    ['learn.wMax', 'ms', 'weight'],
    ['learn.A', 'ms', '1, a plain number'],
  ])('of %s may not be %s', (name, unit, expected) => {
    const message = check(genes(name, unit, name === 'cells.tau' ? [1, 2] : undefined));
    expect(message).toContain(
      `genome spec "mine": genes[0].unit: expected ${expected}, the unit of "${name}", found ${unit}.`,
    );
  });

  it('are told for all names of a group at once, and for every group', () => {
    const message = check(
      {
        ...genes('cells.noise', 'ms'),
        names: ['cells.noise', 'learn.wMax', 'cells.tau'],
        range: [1, 2],
        prior: [1, 2],
      },
      genes('cells.rate', 'mV'),
    );
    expect(message.split('\n')).toHaveLength(3);
    expect(message).toContain('genes[1].unit: expected 1/ms');
    expect(message).not.toContain('cells.tau');
  });
});

describe('ranges of genes', () => {
  it.each([
    [[0.5, 50]],
    [[2, 101]],
    [[200, 300]],
  ])('may not reach out of that of the parameter: %j', (range) => {
    expect(check({ ...genes('cells.tau', 'ms', range), start: range[0] })).toContain(
      `genome spec "mine": genes[0].range: expected values in [1, 100], the range of "cells.tau", found [${range.join(', ')}]`,
    );
  });

  it('of parameters by synapse likewise', () => {
    expect(check(genes('learn.A', '1', [-11, 10]))).toContain('genes[0].range: expected values in [-10, 10]');
    expect(check(genes('learn.A', '1', [-10, 10]))).toBe('accepted');
  });
});

describe('weights as genes', () => {
  const weights = (unit: string, grouping = 'each') => ({
    quantity: 'synapse-weight',
    grouping,
    unit,
    range: [-8, 8],
    prior: [-4, 4],
  });

  it('are logarithms where those of the network are, and only there', () => {
    expect(check(weights('ln(1 + count)'))).toBe('accepted');
    expect(check(weights('connections'))).toContain(
      "genes[0].unit: expected ln(1 + synapses), as the network's weights are in, found connections.",
    );
    const inUnit = (weightUnit: string, unit: string) => () =>
      checkGenome(specOf(weights(unit)), { ...ground, weightUnit });
    expect(inUnit('synapses', 'connections')).not.toThrow();
    expect(inUnit('synapses', 'ln(1 + count)')).toThrow(/expected synapses/);
    expect(inUnit('synapses', 'mV')).toThrow(/expected synapses/);
    expect(inUnit('nS', 'pS')).toThrow(/expected nS/);
    expect(inUnit('nS', '1e3 pS')).not.toThrow();
  });
});

describe('genome specs of the library', () => {
  it.each(
    proper.map((request) => [request.genome, request.task ?? '', request] as const),
  )('%s fits the network that it is for %s', async (genome, _, request) => {
    expect(await refusal(request)).toBe('accepted');
    expect(loadGenomeSpec(genome, 'test').name).toBe(genome);
  });

  it('are named where the weights of another would be logarithms', async () => {
    const message = await refusal({ genome: 'weights', connectome: cook, set: spiking });
    expect(message).toContain(
      'genome spec "weights": genes[0].unit: expected ln(1 + em-sections), as the network\'s weights are in, found connections.',
    );
    expect(message).toContain(
      'Genome specs that fit this network: weights-and-scales, weights-by-class, weights-log. "baldwin parameters"',
    );
  });

  it('are named where the network lacks a parameter, with the nearest name', async () => {
    const message = await refusal({ genome: 'worm-receptors', connectome: cook, set: spiking });
    expect(message).toContain(
      'genes[0].names[0]: "neurons.receptor.dop-1" is not a parameter of the network that has one value.',
    );
    expect(message).toMatch(/Genome specs that fit this network: [^.]*weights-log/);
    expect(await refusal({ task: 'go-no-go', genome: 'navigation' })).toMatch(
      /Genome specs that fit this network: acrobot, cartpole, continual-thresholds, go-no-go, go-no-go-form, spatio-temporal-logic-weights, weights\./,
    );
  });

  it('are named with none where none fits', () => {
    const bare: Ground = { synapseNames: [], weights: new Float64Array(0) };
    expect(specsThatFit(bare)).toMatch(/^No genome spec in the library fits this network\./);
    expect(() => genomeSpace(loadGenomeSpec('go-no-go', 'test'), bare)).toThrow(/No genome spec/);
  });
});
