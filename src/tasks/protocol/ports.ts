import type { Controller } from '../task.js';

/** Where each port stands among the values of an observation or of an action, by its name. */
export type Ports<Name extends string> = Readonly<Record<Name, number>>;

/** Ports in the order in which the network has them. */
export const portsOf = <Name extends string>(...names: readonly Name[]): Ports<Name> =>
  Object.fromEntries(names.map((name, place) => [name, place])) as Ports<Name>;

/** What lives in a task, and the values that pass between it and its world. */
export interface Coupling {
  controller: Controller;
  /** `[inputs]` */
  observation: Float64Array;
  /** `[outputs]` */
  action: Float64Array;
}

/** Couples a controller to its world for one life, so that no value of an earlier one is left. */
export const couple = (controller: Controller, inputs: Ports<string>, outputs: Ports<string>): Coupling => ({
  controller,
  observation: new Float64Array(Object.keys(inputs).length),
  action: new Float64Array(Object.keys(outputs).length),
});
