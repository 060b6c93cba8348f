import { type PortModel, quantity } from '../model/model.js';

/** A current drawn anew in every step from a uniform distribution. */
export const noiseUniform: PortModel = {
  name: 'noise-uniform',
  summary: 'uniform noise, independent in every step',
  source: 'definition',
  parameters: {
    mean: quantity('current', 0, -1e6, 1e6, 'the mean'),
    sd: quantity('current', 1, 0, 1e6, 'standard deviation of a step: the width over the root of 12'),
  },
  state: {},
  current: 'mean + sd*sqrt(12)*(uniform() - 0.5)',
};
