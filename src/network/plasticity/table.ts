import { abcd } from './abcd.js';
import { balancedStdp } from './balanced-stdp.js';
import { bcm } from './bcm.js';
import { burstDependent } from './burst-dependent.js';
import { competitiveNeuromodulation } from './competitive-neuromodulation.js';
import { eProp } from './e-prop.js';
import { ePropAdaptive } from './e-prop-adaptive.js';
import { escapeRateEligibility } from './escape-rate-eligibility.js';
import { exploratoryHebb } from './exploratory-hebb.js';
import { gatedHebb } from './gated-hebb.js';
import { hebb } from './hebb.js';
import { homeostaticStdp } from './homeostatic-stdp.js';
import { inhibitoryStdp } from './inhibitory-stdp.js';
import { nearestStdp } from './nearest-stdp.js';
import { oja } from './oja.js';
import { pairStdp } from './pair-stdp.js';
import { pairStdpDopamine } from './pair-stdp-dopamine.js';
import { pathImportance } from './path-importance.js';
import { potentialError } from './potential-error.js';
import { rareCorrelationHebb } from './rare-correlation-hebb.js';
import { sequentialNeuromodulation } from './sequential-neuromodulation.js';
import { sixNumberPair } from './six-number-pair.js';
import { spikeImportance } from './spike-importance.js';
import { stdpRl } from './stdp-rl.js';
import { symmetricStdp } from './symmetric-stdp.js';
import { synapticScaling } from './synaptic-scaling.js';
import { tdStdp } from './td-stdp.js';
import { threeFactor } from './three-factor.js';
import { tripletStdp } from './triplet-stdp.js';
import { twoTraceConversion } from './two-trace-conversion.js';

/** Every plasticity rule, by name. */
export const plasticityRules = {
  hebb,
  oja,
  bcm,
  'gated-hebb': gatedHebb,
  'exploratory-hebb': exploratoryHebb,
  'rare-correlation-hebb': rareCorrelationHebb,
  abcd,
  'pair-stdp': pairStdp,
  'nearest-stdp': nearestStdp,
  'symmetric-stdp': symmetricStdp,
  'triplet-stdp': tripletStdp,
  'six-number-pair': sixNumberPair,
  'inhibitory-stdp': inhibitoryStdp,
  'burst-dependent': burstDependent,
  'pair-stdp-dopamine': pairStdpDopamine,
  'three-factor': threeFactor,
  'td-stdp': tdStdp,
  'stdp-rl': stdpRl,
  'two-trace-conversion': twoTraceConversion,
  'sequential-neuromodulation': sequentialNeuromodulation,
  'competitive-neuromodulation': competitiveNeuromodulation,
  'e-prop': eProp,
  'e-prop-adaptive': ePropAdaptive,
  'escape-rate-eligibility': escapeRateEligibility,
  'potential-error': potentialError,
  'homeostatic-stdp': homeostaticStdp,
  'balanced-stdp': balancedStdp,
  'synaptic-scaling': synapticScaling,
  'path-importance': pathImportance,
  'spike-importance': spikeImportance,
} as const;
