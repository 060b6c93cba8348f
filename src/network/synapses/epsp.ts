import { type PortModel, quantity } from '../model/model.js';
import { wholeStepsText } from '../model/terms.js';

/**
 * A postsynaptic potential of the spike response model, amplitude/(tauDecay - tauRise) (e^(-s/tauDecay) - e^(-s/tauRise))
 * at s ms after each spike that came since the cell itself fired last, or `shunt` later. Its value is that at the end of the
 * step, when the cell's potential, which is the sum of such potentials, is held against the threshold.
 */
export const epsp: PortModel = {
  name: 'epsp',
  summary:
    'a postsynaptic potential that the cell’s own spike cuts off, for cells whose potential is the sum of them',
  source:
    'Frémaux, Sprekeler and Gerstner 2013, doi:10.1371/journal.pcbi.1003024; Brzosko et al. 2017, doi:10.7554/eLife.27756',
  parameters: {
    amplitude: quantity(
      'current ms/weight',
      20,
      -1e6,
      1e6,
      'area under the potential of a spike through weight 1',
    ),
    tauRise: quantity('ms', 5, 0.05, 100, 'rise'),
    tauDecay: quantity('ms', 20, 0.1, 1000, 'decay'),
    shunt: quantity('ms', 0, 0, 100, 'for how long after the cell’s own spike what arrives is lost'),
  },
  state: {
    h: { unit: 'weight', start: 0, about: 'what has arrived, decaying' },
    g: { unit: 'weight/ms', start: 0, about: 'the difference of the exponentials, whose area is the weight' },
    lost: { unit: '1', start: 0, about: 'steps in which what arrived before is lost' },
  },
  equations: ['dg/dt = -g / tauDecay'],
  update: [
    'g = if(lost > 0, 0, g + h*dt*exp(-dt/tauDecay)*exprel(dt/tauDecay - dt/tauRise)/(tauRise*tauDecay))',
    'h = if(lost > 0 or abs(h) < 1e-20, 0, h*exp(-dt/tauRise))',
    'lost = max(lost - 1, 0)',
  ],
  onFire: ['h = 0', 'g = 0', `lost = if(shunt > 0, ${wholeStepsText('shunt')} + 1, 0)`],
  current:
    'if(lost > 0, 0, amplitude*(g*exp(-dt/tauDecay) + h*dt*exp(-dt/tauDecay)*exprel(dt/tauDecay - dt/tauRise)/(tauRise*tauDecay)))',
  receives: 'h',
  weightUnit: 'weight',
};
