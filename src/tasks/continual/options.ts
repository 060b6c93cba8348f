import { z } from 'zod';
import { streamAlone, streamOptions } from '../classification/options.js';

const usualTasks = { associations: 5, permuted: 10, behaviour: 4 } as const;
/** Answers of a task. */
export const answersATask = 2;

export const options = z.lazy(() =>
  z
    .strictObject({
      stream: z
        .enum(['associations', 'permuted', 'behaviour'])
        .default('associations')
        .describe(
          'associations: each task has two new sparse patterns; permuted: the same two patterns with their bits in another order; ' +
            'behaviour: go for one cue and not for the other, then the reverse, then two new cues, then the first two as at first',
        ),
      protocol: z
        .enum(['task', 'domain', 'class'])
        .default('domain')
        .describe(
          'task: two answers for all tasks, and an input says which task it is; domain: two answers, and nothing says; class: ' +
            'each task has two answers of its own (van de Ven and Tolias 2019, arXiv 1904.07734)',
        ),
      tasks: z
        .int()
        .min(2)
        .max(50)
        .optional()
        .describe('tasks in a stream; 5, or 10 if permuted; behaviour has 4'),
      bits: z
        .int()
        .min(8)
        .max(512)
        .default(64)
        .describe('bits of a pattern, one Poisson input each, at 60 or 2 Hz'),
      bitsOn: z.int().min(1).max(256).default(8).describe('bits that are on in a prototype'),
      moved: z
        .number()
        .min(0)
        .max(1)
        .default(0.2)
        .describe(
          'probability with which each bit that is on has moved elsewhere in a pattern that is shown',
        ),
      heldOutMoved: z
        .number()
        .min(0)
        .max(1)
        .default(0.4)
        .describe('the same in streams that evolution never sees; 0: none'),
      classPool: z
        .int()
        .min(0)
        .max(1000)
        .default(0)
        .describe(
          'prototypes from which all streams draw theirs; streams that evolution never sees draw from as many others; 0: new ' +
            'prototypes in each life',
        ),
      ...streamOptions({ presentation: 80, gap: 80 }),
      networkSeed: z
        .int()
        .min(0)
        .default(1)
        .describe('of the first weights, and of the features of a hidden layer'),
    })
    .refine(...streamAlone)
    .superRefine(
      ({ stream, protocol, tasks, teaching, bits, bitsOn, classPool, presentations, checks }, context) => {
        const fault = (path: string, message: string) =>
          context.addIssue({ code: 'custom', path: [path], message });
        if (stream === 'behaviour' && tasks !== undefined)
          fault('tasks', 'the stream behaviour has four tasks: leave it out');
        if (stream === 'behaviour' && protocol === 'class')
          fault('protocol', 'the stream behaviour answers go or no go throughout: expected task or domain');
        if (stream === 'behaviour' && teaching === 'teacher')
          fault(
            'teaching',
            'in the stream behaviour what is right is found out from rewards: expected reward',
          );
        if (2 * bitsOn > bits)
          fault('bitsOn', 'expected half of the bits at most, so that they have room to move');
        if (checks > presentations) fault('checks', 'expected as many as presentations at most');
        const needed = stream === 'associations' ? answersATask * (tasks ?? usualTasks[stream]) : 4;
        if (classPool > 0 && classPool < needed)
          fault('classPool', `expected ${needed} or more, so that the patterns of a stream differ, or 0`);
      },
    ),
);

export type Options = z.output<typeof options>;

/** Tasks of a stream. */
export const tasksOf = ({ stream, tasks }: Pick<Options, 'stream' | 'tasks'>): number =>
  tasks ?? usualTasks[stream];
