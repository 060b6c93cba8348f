import { type PortModel, quantity } from '../model/model.js';

/** A current drawn anew in every step from a triangular distribution. */
export const noiseTriangular: PortModel = {
  name: 'noise-triangular',
  summary: 'triangular noise, independent in every step',
  source: 'definition',
  parameters: {
    mean: quantity('current', 0, -1e6, 1e6, 'the mean'),
    sd: quantity('current', 1, 0, 1e6, 'standard deviation of a step'),
  },
  state: {},
  current: 'mean + sd*triangular()',
};
