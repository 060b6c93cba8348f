import { z } from 'zod';
import { type CircuitSettings, circuitOption } from '../circuit/options.js';
import { ruleOptions } from '../protocol/rule.js';
import { intervalMs } from './presentation.js';
import { teachings } from './teach.js';

const durationMs = (low: number) => z.int().min(low).max(10_000).multipleOf(intervalMs);

/** Options of tasks in which patterns are shown and pools answer. */
export const showingOptions = (usualMs: { presentation: number; gap: number }) => ({
  teaching: z
    .enum(teachings)
    .default('teacher')
    .describe(
      'teacher: a current drives the pool of the right answer while a pattern is taught, then dopamine is released; reward: ' +
        'the network answers, and dopamine says whether it was right',
    ),
  presentationMs: durationMs(intervalMs)
    .default(usualMs.presentation)
    .describe('time for which a pattern is shown'),
  gapMs: durationMs(0)
    .default(usualMs.gap)
    .describe('time between patterns, in which what they left in the cells decays'),
  ...ruleOptions('three-factor'),
  circuit: circuitOption,
});

interface OfOwnNetwork {
  circuit?: CircuitSettings | undefined;
  rule?: unknown;
  parameters: Readonly<Record<string, number>>;
  beside?: readonly string[];
  hidden?: object | undefined;
}

/** Options of the task's own network say nothing of a generic circuit, and are refused beside one. */
export const fitsNetwork = ({ circuit, rule, parameters, beside = [], hidden }: OfOwnNetwork): boolean =>
  !circuit ||
  (rule === undefined && Object.keys(parameters).length === 0 && beside.length === 0 && hidden === undefined);

export const fitsNetworkFault = {
  path: ['circuit'],
  message:
    'options of the task’s own network (its rule and parameters among them) do not go with a circuit: give circuit.rule and circuit.parameters',
};
