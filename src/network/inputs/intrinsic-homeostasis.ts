import { type PortModel, quantity } from '../model/model.js';

/**
 * Intrinsic plasticity that holds a cell to a rate: with r the cell's spikes in a running average, and b a current that
 * integrates how far it is from the goal,
 *
 *   tau dr/dt = -r + (spikes),   db/dt = gain (goal - r),   |b| <= most.
 *
 * A cell that fires less than its goal is excited more and more, one that fires more less and less, as cortical cells
 * are after days without input or with too much of it (Desai et al. 1999). The controller settles without swinging
 * where the bias changes slowly against the average: 4 tau gain (Hz by which a unit of current raises the rate) < 1.
 */
export const intrinsicHomeostasis: PortModel = {
  name: 'intrinsic-homeostasis',
  summary: 'a current that rises while the cell fires below its goal rate, and falls while it fires above',
  source:
    'Desai, Rutherford and Turrigiano 1999, doi:10.1038/9165; as an integral controller, Harnack et al. 2015, ' +
    'doi:10.1371/journal.pcbi.1004357',
  parameters: {
    goal: quantity('Hz', 5, 0, 500, 'rate that it holds the cell to'),
    tau: quantity('ms', 1000, 1, 1e6, 'time over which the rate is averaged'),
    gain: quantity('current/(Hz ms)', 1e-6, 0, 1e3, 'change of the bias a ms, for each Hz from the goal'),
    most: quantity('current', 1e6, 0, 1e9, 'the bias goes no further than this, either way'),
  },
  state: {
    activity: { unit: 'Hz', start: 'goal', about: 'the rate of late' },
    bias: { unit: 'current', start: 0 },
  },
  equations: ['dactivity/dt = -activity / tau'],
  update: ['bias = min(max(bias + dt*gain*(goal - activity), -most), most)'],
  onFire: ['activity += 1000[Hz ms]/tau'],
  current: 'bias',
};
