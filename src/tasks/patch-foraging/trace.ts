import type { WormTrace } from '../worm/trace.js';

/** A life, stretch by stretch between the moves of the patches. */
export interface PatchForagingTrace {
  stretches: WormTrace[];
  /** `[steps]` concentration of each modulator at the end of each step */
  concentrations: Record<string, number[]>;
  /** `[steps]` items eaten */
  eaten: number[];
}

export const emptyPatchForagingTrace = (): PatchForagingTrace => ({
  stretches: [],
  concentrations: {},
  eaten: [],
});
