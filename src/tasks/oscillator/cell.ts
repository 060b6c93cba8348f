import { integrateAndFireOrBurst } from '../../network/cells/integrate-and-fire-or-burst.js';
import type { CellModel } from '../../network/model/model.js';

/** What a cell's membrane and its calcium current may be off by, as factors. */
export const offs = ['offC', 'offLeak', 'offCalcium', 'offClose', 'offOpen'] as const;

/**
 * A cell that answers release from inhibition with a burst. Factors on its parameters are states that stay as they are set,
 * so that each life may have cells of its own.
 */
export const reboundCell: CellModel = {
  ...integrateAndFireOrBurst,
  name: 'integrate-and-fire-or-burst-off',
  summary: `${integrateAndFireOrBurst.summary}; its parameters may be off in a life`,
  state: {
    ...integrateAndFireOrBurst.state,
    ...Object.fromEntries(offs.map((name) => [name, { unit: '1', start: 1 }])),
  },
  equations: [
    'open = if(v > vH, offCalcium*gT*h, 0)',
    'hDrive = if(v > vH, -h/(offClose*tauClose), (1 - h)/(offOpen*tauOpen))',
    'dv/dt = (I + offLeak*gL*(EL - v) + open*(ET - v)) / (offC*C)',
    'dh/dt = hDrive',
    ...offs.map((name) => `d${name}/dt = 0[1/ms]`),
  ],
  protocols: {},
};
