import { alpha } from './alpha.js';
import { alphaConductance } from './alpha-conductance.js';
import { delta } from './delta.js';
import { doubleExponential } from './double-exponential.js';
import { doubleExponentialConductance } from './double-exponential-conductance.js';
import { epsp } from './epsp.js';
import { exponential, exponentialHeld } from './exponential.js';
import { exponentialConductance, exponentialConductanceHeld } from './exponential-conductance.js';
import { gapJunction } from './gap-junction.js';
import { gradedSynapse } from './graded.js';
import { gradedSigmoid } from './graded-sigmoid.js';
import { nmda } from './nmda.js';
import { pulse } from './pulse.js';
import { rate } from './rate.js';

/** Every synapse, by the name used in network descriptions; `delta` acts on v. */
export const synapseModels = {
  delta: delta('v', 'mV'),
  pulse,
  exponential,
  'exponential-held': exponentialHeld,
  alpha,
  'double-exponential': doubleExponential,
  epsp,
  'exponential-conductance': exponentialConductance,
  'exponential-conductance-held': exponentialConductanceHeld,
  'alpha-conductance': alphaConductance,
  'double-exponential-conductance': doubleExponentialConductance,
  nmda,
  'gap-junction': gapJunction,
  graded: gradedSynapse,
  'graded-sigmoid': gradedSigmoid,
  rate,
} as const;
