import { exponentialHeld } from '../../network/synapses/exponential.js';

/** Rate of an input while its bit is on, and while it is off. */
export const activeHz = 60;
export const restHz = 2;
/** Cells of a pool, which answer together. */
export const cellsAPool = 10;
/** Filter of spikes from inputs and between pools. */
export const tauPspMs = 20;
export const psp = { model: exponentialHeld, parameters: { tau: tauPspMs } };
/** Short beside a presentation and its gap, so that what one outcome released does not teach in the next. */
export const tauDopamineMs = 50;
