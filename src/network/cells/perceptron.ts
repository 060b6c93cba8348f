import { type CellModel, quantity } from '../model/model.js';

/** The threshold unit of McCulloch and Pitts: fires in each step in which its weighted input passes the threshold. */
export const perceptron: CellModel = {
  name: 'perceptron',
  summary: 'fires in each step in which the summed input is above the threshold; no memory',
  source: 'McCulloch and Pitts 1943, doi:10.1007/BF02478259; Rosenblatt 1958, doi:10.1037/h0042519',
  parameters: { threshold: quantity('1', 0, -100, 100, 'what the input must exceed') },
  state: { x: { unit: '1', start: 0, about: 'the input of the step' } },
  currentUnit: '1',
  update: ['x = I'],
  threshold: 'x > threshold',
  protocols: {
    threshold: {
      about: 'input rises by 0.001 a step: above 0.5 from step 501 on',
      parameters: { threshold: 0.5 },
      current: 't/1000',
      dtMs: 1,
      durationMs: 1000,
      expect: { source: 'arithmetic', spikes: 499, timesMs: [501, 502], timed: 'start' },
    },
    steps: {
      about: 'fires in the steps whose input is above 0.5: of 0, 0.1, … 0.9 four, ten times over',
      parameters: { threshold: 0.5 },
      current: '(t - 10*floor(t/10))/10',
      dtMs: 1,
      durationMs: 100,
      expect: { source: 'arithmetic', spikes: 40, timesMs: [6, 7, 8, 9, 16], timed: 'start' },
    },
  },
};
