import { type LifetimeSetup, openHabitat } from '../../src/evaluate/habitat.js';
import { LifetimeRunner } from '../../src/evaluate/lifetime.js';

/** A runner in a habitat of its own. */
export const runnerIn = async (setup: LifetimeSetup, options: { watches?: boolean } = {}) =>
  new LifetimeRunner(await openHabitat(setup), options);
