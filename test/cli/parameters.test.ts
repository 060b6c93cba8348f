import { describe, expect, it } from 'vitest';
import { baldwin, json } from './cli.js';

interface Listed {
  parameters: {
    name: string;
    quantity: string;
    unit: string;
    low: number | string;
    high: number | string;
    value: number | [number, number];
    count?: number;
    about: string;
  }[];
  genomeSpecs: string[];
}

const cook = ['--connectome', 'c-elegans-cook-2019', '--set', 'network.cell=izhikevich'];

describe('parameters', () => {
  it('lists what may evolve, with unit, range, present value and meaning', async () => {
    const { parameters, genomeSpecs } = await json<Listed>('parameters', '--task', 'go-no-go');
    const named = (name: string) => parameters.find((of) => of.name === name);
    expect(named('toGo.tauPlus')).toEqual({
      name: 'toGo.tauPlus',
      quantity: 'parameter',
      unit: 'ms',
      low: 1,
      high: 500,
      value: 20,
      about: expect.stringMatching(/\w+/),
    });
    expect(named('modulators.NA.tauMs')).toMatchObject({ unit: 'ms', high: 'inf', value: 2460 });
    expect(named('body.naRest')).toMatchObject({ unit: '1', low: '-inf', value: 0.1 });
    expect(named('weights')).toMatchObject({ quantity: 'synapse-weight', count: 800 });
    expect(parameters.filter(({ about }) => about === '')).toEqual([]);
    expect(genomeSpecs).toEqual([
      'acrobot',
      'cartpole',
      'continual-thresholds',
      'go-no-go',
      'go-no-go-form',
      'spatio-temporal-logic-weights',
      'weights',
    ]);
  });

  it('shows the network of settings, whatever genome spec would be usual', async () => {
    const shown = await baldwin('parameters', 'SCALE', ...cook);
    expect(shown.code).toBe(0);
    const [head, ...rows] = shown.stdout.split('\n');
    expect(head).toMatch(/^name +unit +range +value +meaning$/);
    expect(rows[0]).toMatch(/^neurons\.synapses\.scale +current\/weight \(current in mV\/ms\) .* 2\.5 /);
    expect(shown.stdout).toContain(
      'genome specs that fit: weights-and-scales, weights-by-class, weights-log',
    );
    expect((await baldwin('parameters', 'nothing', ...cook)).stdout).toContain(
      'Nothing that may evolve here is named "nothing".',
    );
  });

  it('counts parameters that each synapse has, and shares of kinds', async () => {
    const abcd = 'network.plasticity={"rule":"abcd","perSynapse":["A"]}';
    const { parameters } = await json<Listed>('parameters', 'of neurons.A', ...cook, '--set', abcd);
    expect(parameters.map(({ name, quantity, value }) => [name, quantity, value])).toEqual([
      ['excitation of neurons.A', 'synapse-parameter', [1, 1]],
      ['inhibition of neurons.A', 'synapse-parameter', [1, 1]],
    ]);
    expect(parameters[0]!.count).toBeGreaterThan(1000);
    const kinds = await json<Listed>('parameters', 'share', '--task', 'distal-reward');
    const shares = kinds.parameters.filter(({ name }) => name.startsWith('excitatory['));
    expect(shares.reduce((sum, { value }) => sum + (value as number), 0)).toBeCloseTo(1, 12);
  });

  it('refuses a genome spec that does not fit, and what no run could be, as score does', async () => {
    const message = (await baldwin('parameters', ...cook, '--genome', 'weights')).stderr;
    expect(message).toMatch(/found connections\. Genome specs that fit this network: weights-and-scales/);
    const wrong = await baldwin('parameters', '--set', 'task.patterns=septagon');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toBe((await baldwin('score', '--set', 'task.patterns=septagon')).stderr);
  });
});
