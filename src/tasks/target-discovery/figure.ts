import { yesNoCurves } from '../protocol/yes-no-curves.js';
import type { DiscoveryTrace } from './trace.js';

/** Learning curves. */
export const discoveryFigure = yesNoCurves<DiscoveryTrace>(() => 'Target discovery', 10);
