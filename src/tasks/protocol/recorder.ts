import type { LivingNetwork } from '../task.js';

/** Lists of numbers by name, such as a trace has them. */
type Lists<Name extends string> = Readonly<Record<Name, number[]>>;

/** Appends one value to each list that is named; nothing happens where nobody draws the life. */
export function note<Name extends string>(
  trace: Lists<NoInfer<Name>> | undefined,
  values: Readonly<Record<Name, number>>,
): void {
  if (!trace) return;
  for (const name in values) trace[name].push(values[name]);
}

/** Appends the concentration of each modulator to its list, by the modulator's name; lists are made where they lack. */
export function noteConcentrations(
  lists: Record<string, number[]>,
  network: LivingNetwork,
  modulators: readonly string[],
): void {
  for (const name of modulators) {
    lists[name] ??= [];
    lists[name].push(network.concentration(name));
  }
}
