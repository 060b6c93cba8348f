import type { CellModel } from '../model/model.js';

/**
 * The unit of the GoPiGo connectome robot (Busbice, Garrett and Churchill 2014) in the form that ENOMAD uses: charge is
 * the running sum of the weights received, without leak or bound; a cell whose charge is beyond the threshold in either
 * direction fires and loses its charge. What arrives in a step counts from the next one.
 */
export const accumulateAndFire: CellModel = {
  name: 'accumulate-and-fire',
  summary: 'adds up weights without leak; fires when the magnitude of the sum passes the threshold',
  source: 'Churchland and Garcia-Ojalvo 2025, arXiv 2508.09618; Busbice, Garrett and Churchill 2014 (GoPiGo)',
  parameters: {
    threshold: {
      unit: 'connections',
      default: 30,
      low: 0,
      high: Number.POSITIVE_INFINITY,
      about: 'fires when |charge| is above it; infinite for cells that never fire, such as muscles',
    },
  },
  state: { charge: { unit: 'connections', start: 0 } },
  threshold: 'abs(charge) > threshold',
  reset: ['charge = 0'],
  protocols: {
    charged: {
      about: 'a charge above the threshold is fired off in the first step',
      start: { charge: -30.5 },
      current: '0',
      dtMs: 1,
      durationMs: 10,
      expect: { source: 'definition', spikes: 1, timesMs: [1], ends: { charge: 0 } },
    },
    'at the threshold': {
      about: 'a charge at the threshold stays',
      start: { charge: 30 },
      current: '0',
      dtMs: 1,
      durationMs: 10,
      expect: { source: 'definition', spikes: 0, ends: { charge: 30 } },
    },
  },
};
