import type { CellModel, PortModel, Protocol } from './model.js';
import type { Population } from './network.js';

/** What a protocol lets one cell go through, in the terms of a population. */
export interface Trial {
  model: CellModel;
  parameters: Readonly<Record<string, number>>;
  start: Readonly<Record<string, number>>;
  ports: Population['ports'];
  dtMs: number;
  durationMs: number;
}

/** An input that follows an expression over `t`, in the unit of the cell's current. */
export const stimulus = (current: string): PortModel => ({
  name: 'stimulus',
  summary: `the current ${current}`,
  source: 'definition',
  parameters: {},
  state: {},
  current,
});

/** A cell of one of the model's types: its parameters and where its states start. */
export function typeOf(model: CellModel, name: string): Pick<Trial, 'parameters' | 'start'> {
  const type = model.types?.[name];
  if (!type) throw new Error(`${model.name} has no type "${name}"`);
  return { parameters: type.parameters, start: type.start ?? {} };
}

/** Turns a protocol into what a simulator needs; a protocol's own values go before its type's. */
export function trialOf(model: CellModel, protocol: Protocol): Trial {
  const { type, integrator, current, dtMs, durationMs } = protocol;
  const base = type === undefined ? { parameters: {}, start: {} } : typeOf(model, type);
  return {
    model: integrator === undefined ? model : { ...model, integrator },
    parameters: { ...base.parameters, ...protocol.parameters },
    start: { ...base.start, ...protocol.start },
    ports: model.currentUnit === undefined ? {} : { stimulus: { model: stimulus(current), parameters: {} } },
    dtMs,
    durationMs,
  };
}
