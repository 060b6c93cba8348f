import type { PortModel } from '../model/model.js';

/** A current from outside, held until it is changed: what a body drives its senses with. */
export const external: PortModel = {
  name: 'external',
  summary: 'a current that is held until it is changed from outside',
  source: 'definition',
  parameters: { I: { unit: 'current', default: 0, low: -1e9, high: 1e9, about: 'the current' } },
  state: {},
  current: 'I',
};
