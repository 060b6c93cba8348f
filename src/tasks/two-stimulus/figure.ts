import { yesNoCurves } from '../protocol/yes-no-curves.js';
import type { TwoStimulusTrace } from './trace.js';

/** Learning curves. */
export const twoStimulusFigure = yesNoCurves<TwoStimulusTrace>((scenario) => `Two stimuli: ${scenario}`, 40);
