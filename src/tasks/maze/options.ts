import { z } from 'zod';
import { circuitAlone, circuitOption, ofOwnOrCircuit, ownRule } from '../circuit/options.js';
import { ruleOptions } from '../protocol/rule.js';

/** ms of a control interval: times of the maze are whole numbers of it. */
export const intervalMs = 20;

const durationMs = (low: number, high = 10_000) => z.int().multipleOf(intervalMs).min(low).max(high);

/** @param usual what is usual in the maze: how often the large reward is moved */
export const optionsOfMaze = (usual: { moves: number }) =>
  z.lazy(() =>
    z
      .strictObject({
        moves: z.int().min(1).max(50).default(usual.moves).describe('how often the large reward is moved'),
        tripsBetween: z
          .int()
          .min(10)
          .max(1000)
          .default(50)
          .describe('trips from one move to the next; a life has one stretch of them more than moves'),
        moveSpread: z
          .int()
          .min(0)
          .max(500)
          .default(15)
          .describe('a move comes up to so many trips earlier or later than it would'),
        cueMs: durationMs(20)
          .default(80)
          .describe(
            'time for which a place is seen before the agent steps, by the pool that fired most meanwhile',
          ),
        walkMs: durationMs(0)
          .default(60)
          .describe('time from one place to the next, in which nothing is seen'),
        rewardMs: durationMs(20)
          .default(60)
          .describe('time for which a reward is tasted; at its end dopamine is released and teaches'),
        delayLowMs: durationMs(40)
          .default(200)
          .describe('least time from the last turn to the dopamine; drawn anew for each trip'),
        delayHighMs: durationMs(40, 60_000)
          .default(1000)
          .describe('most time from the last turn to the dopamine'),
        gapMs: durationMs(20)
          .default(100)
          .describe('time between trips, in which what a trip left in the cells decays'),
        dopamine: z
          .enum(['signed', 'reward'])
          .default('signed')
          .describe(
            'what the end of a trip releases. signed: its worth less the running mean of worths; reward: its worth',
          ),
        modulatory: z
          .boolean()
          .default(true)
          .describe(
            'whether spikes of the modulatory cells release noradrenaline, which gates learning and relaxes weights; ' +
              'otherwise those cells reach nobody',
          ),
        ...ruleOptions('three-factor'),
        circuit: circuitOption,
        networkSeed: z.int().min(0).default(1).describe('of the first weights'),
      })
      .refine(...circuitAlone({ ...ownRule, modulatory: true }))
      .refine(({ tripsBetween, moveSpread }) => 2 * moveSpread < tripsBetween, {
        path: ['moveSpread'],
        message: 'expected less than half of tripsBetween, so that moves stay apart',
      })
      .refine(({ delayLowMs, walkMs, cueMs, rewardMs }) => delayLowMs >= walkMs + cueMs + rewardMs, {
        path: ['delayLowMs'],
        message:
          'expected walkMs, cueMs and rewardMs together at least: the end is seen and the reward tasted before',
      })
      .refine(({ delayLowMs, delayHighMs }) => delayHighMs >= delayLowMs, {
        path: ['delayHighMs'],
        message: 'expected at least delayLowMs',
      }),
  );

export type MazeOptions = z.output<ReturnType<typeof optionsOfMaze>>;

/** Options of what lives in a maze and how it is taught. */
export const ofMazeNetwork = [...ofOwnOrCircuit, 'modulatory', 'dopamine'];
