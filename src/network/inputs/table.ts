import { constant } from './constant.js';
import { external } from './external.js';
import { firingRate } from './firing-rate.js';
import { intrinsicHomeostasis } from './intrinsic-homeostasis.js';
import { noiseGaussian } from './noise-gaussian.js';
import { noiseTriangular } from './noise-triangular.js';
import { noiseUniform } from './noise-uniform.js';
import { ornsteinUhlenbeck } from './ornstein-uhlenbeck.js';
import { pulses } from './pulses.js';
import { ramp } from './ramp.js';
import { sine } from './sine.js';
import { spikeCount } from './spike-count.js';
import { step } from './step.js';

/** Every input, by the name used in network descriptions. */
export const inputModels = {
  external,
  constant,
  step,
  ramp,
  pulses,
  sine,
  'ornstein-uhlenbeck': ornsteinUhlenbeck,
  'noise-gaussian': noiseGaussian,
  'noise-uniform': noiseUniform,
  'noise-triangular': noiseTriangular,
  'intrinsic-homeostasis': intrinsicHomeostasis,
  'spike-count': spikeCount,
  'firing-rate': firingRate,
} as const;
