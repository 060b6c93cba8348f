import { accumulateAndFire } from './accumulate-and-fire.js';
import { adaptiveExponential } from './adaptive-exponential.js';
import { adaptiveLeakyIntegrateAndFire } from './adaptive-leaky-integrate-and-fire.js';
import { escapeRate } from './escape-rate.js';
import { exponentialIntegrateAndFire } from './exponential-integrate-and-fire.js';
import { fitzhughNagumo } from './fitzhugh-nagumo.js';
import { glif } from './glif.js';
import { graded } from './graded.js';
import { hindmarshRose } from './hindmarsh-rose.js';
import { hodgkinHuxley } from './hodgkin-huxley.js';
import { integrateAndFireOrBurst } from './integrate-and-fire-or-burst.js';
import { integrateAndFireWithAdaptation } from './integrate-and-fire-with-adaptation.js';
import { integrateAndFireWithEscapeNoise } from './integrate-and-fire-with-escape-noise.js';
import { izhikevich } from './izhikevich.js';
import { izhikevich2007 } from './izhikevich-2007.js';
import { leakyIntegrateAndFire } from './leaky-integrate-and-fire.js';
import { morrisLecar } from './morris-lecar.js';
import { muscle } from './muscle.js';
import { parametricLeakyIntegrateAndFire } from './parametric-leaky-integrate-and-fire.js';
import { perceptron } from './perceptron.js';
import { pinskyRinzel } from './pinsky-rinzel.js';
import { poisson } from './poisson.js';
import { quadraticIntegrateAndFire } from './quadratic-integrate-and-fire.js';
import { rateUnit } from './rate-unit.js';
import { resonateAndFire } from './resonate-and-fire.js';
import { spikeResponse } from './spike-response.js';
import { summedResponse } from './summed-response.js';
import { traubMiles } from './traub-miles.js';
import { twoCompartment } from './two-compartment.js';
import { wilson } from './wilson.js';

/** Every cell model, by the name used in network descriptions. */
export const cellModels = {
  'accumulate-and-fire': accumulateAndFire,
  perceptron,
  poisson,
  'escape-rate': escapeRate,
  'leaky-integrate-and-fire': leakyIntegrateAndFire,
  'parametric-leaky-integrate-and-fire': parametricLeakyIntegrateAndFire,
  'adaptive-leaky-integrate-and-fire': adaptiveLeakyIntegrateAndFire,
  'integrate-and-fire-with-adaptation': integrateAndFireWithAdaptation,
  'integrate-and-fire-or-burst': integrateAndFireOrBurst,
  'integrate-and-fire-with-escape-noise': integrateAndFireWithEscapeNoise,
  'quadratic-integrate-and-fire': quadraticIntegrateAndFire,
  'exponential-integrate-and-fire': exponentialIntegrateAndFire,
  'resonate-and-fire': resonateAndFire,
  'spike-response': spikeResponse,
  'summed-response': summedResponse,
  izhikevich,
  'izhikevich-2007': izhikevich2007,
  'adaptive-exponential': adaptiveExponential,
  glif,
  'hodgkin-huxley': hodgkinHuxley,
  'traub-miles': traubMiles,
  'pinsky-rinzel': pinskyRinzel,
  'two-compartment': twoCompartment,
  'fitzhugh-nagumo': fitzhughNagumo,
  'morris-lecar': morrisLecar,
  'hindmarsh-rose': hindmarshRose,
  wilson,
  graded,
  'rate-unit': rateUnit,
  muscle,
} as const;
