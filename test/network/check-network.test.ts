import { describe, expect, it } from 'vitest';
import { izhikevich } from '../../src/network/cells/izhikevich.js';
import { checkNetwork } from '../../src/network/check/network.js';
import type { Network, Projection } from '../../src/network/model/network.js';
import { pairStdpDopamine } from '../../src/network/plasticity/pair-stdp-dopamine.js';
import { delta } from '../../src/network/synapses/delta.js';
import { exponential } from '../../src/network/synapses/exponential.js';
import { gapJunction } from '../../src/network/synapses/gap-junction.js';
import { randomNetwork } from '../kernel/random-network.js';

const projection: Projection = {
  name: 'p',
  from: 'a',
  to: 'a',
  port: 'fast',
  acts: 'afterReset',
  rowStart: Int32Array.of(0, 1, 2),
  post: Int32Array.of(1, 0),
  weight: Int32Array.of(0, 0),
  delayMs: 0,
};

const good: Network = {
  dtMs: 1,
  populations: [
    {
      name: 'a',
      count: 2,
      model: izhikevich,
      parameters: {},
      ports: {
        fast: { model: exponential, parameters: {} },
        gaps: { model: gapJunction, parameters: {} },
        charge: { model: delta('charge', 'mV'), parameters: {} },
      },
    },
  ],
  projections: [projection],
  modulators: {},
  inputs: [],
  outputs: [],
  weights: Float64Array.of(1),
};

const withProjection = (more: Partial<Projection>): Network => ({
  ...good,
  projections: [{ ...projection, ...more }],
});
const [only] = good.populations;

describe('the check of networks', () => {
  it('accepts what fits together', () => {
    expect(() => checkNetwork(good)).not.toThrow();
    for (let i = 0; i < 20; i++) expect(() => checkNetwork(randomNetwork(String(i)))).not.toThrow();
  });

  it.each<[string, Network, RegExp]>([
    ['population', withProjection({ to: 'b' }), /projection "p": there is no population "b"/],
    ['port', withProjection({ port: 'fats' }), /no port of "a" "fats".*Did you mean "fast"/],
    ['receiving state', withProjection({ port: 'charge' }), /no state of "izhikevich" "charge"/],
    [
      'target',
      withProjection({ post: Int32Array.of(1, 2) }),
      /post\[1\]: expected a whole number from 0 to 1, found 2/,
    ],
    ['weight', withProjection({ weight: Int32Array.of(0, 5) }), /weight\[1\]: .*found 5/],
    ['rows', withProjection({ rowStart: Int32Array.of(0, 2) }), /rowStart: expected 3 entries/],
    ['delay without spikes', withProjection({ port: 'gaps', delayMs: 2 }), /neither delay nor plasticity/],
    [
      'modulator of a rule',
      withProjection({ plasticity: { rule: pairStdpDopamine, parameters: {} } }),
      /rule "pair-stdp-dopamine": there is no modulator "DA"/,
    ],
    ['two of a name', { ...good, populations: [only!, only!] }, /population "a": there are two/],
    ['parameter', { ...good, populations: [{ ...only!, parameters: { e: 1 } }] }, /no such name as "e"/],
    [
      'driven current',
      { ...good, inputs: [{ name: 'i', kind: 'current', cells: Int32Array.of(0), amplitude: 1 }] },
      /input "i": population "a" needs a port "external"/,
    ],
    [
      'output',
      { ...good, outputs: [{ name: 'o', cells: Int32Array.of(0), state: 'vv', empties: false }] },
      /output "o": there is no state of population "a" "vv"/,
    ],
    [
      'train',
      {
        ...good,
        populations: [{ ...only!, train: { steps: Int32Array.of(1), cells: Int32Array.of(0) } }],
      },
      /a model that fires by itself/,
    ],
  ])('refuses an unfit %s', (_, network, message) => {
    expect(() => checkNetwork(network)).toThrow(message);
  });
});
