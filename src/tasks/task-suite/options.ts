import { z } from 'zod';
import { circuitOnly } from '../circuit/options.js';

const member = z
  .preprocess(
    (given) => (typeof given === 'string' ? { name: given } : given),
    z.looseObject({
      name: z.string().min(1).describe('a task that comes with the program and takes a circuit'),
    }),
  )
  .describe('a task by name, or { "name": …, options }');

export const options = z.lazy(() =>
  z.strictObject({
    tasks: z
      .array(member)
      .min(1)
      .max(40)
      .default([{ name: 'go-no-go' }, { name: 't-maze' }])
      .describe('what evolution lives'),
    heldOut: z
      .array(member)
      .max(40)
      .default([])
      .describe('tasks that evolution never lives; they score transfer'),
    order: z
      .enum(['mixture', 'sequence'])
      .default('mixture')
      .describe(
        'mixture: each task is a life of its own; sequence: one life goes through all tasks, in their order, and nothing of the ' +
          'network is reset between them',
      ),
    circuit: circuitOnly,
    networkSeed: z.int().min(0).default(1).describe('of the wiring and the first weights'),
  }),
);

export type Options = z.output<typeof options>;
export type MemberSpec = Options['tasks'][number];
