import { expect, it } from 'vitest';
import { benchTasks } from '../../src/bench/tasks.js';

it('parts a life into what the network takes and what the world does', async () => {
  const { tasks } = await benchTasks({ tasks: ['foraging'], workers: 1, seconds: 0.3 });
  const [{ cells, synapses, lifeS, lives, worldShare, one, all }] = tasks as [(typeof tasks)[0]];
  expect([cells, synapses, lifeS]).toEqual([396, 3682, 0.25]);
  expect(lives).toBeGreaterThanOrEqual(2);
  expect(worldShare).toBeGreaterThan(0);
  expect(worldShare).toBeLessThan(1);
  expect(Math.min(one, all)).toBeGreaterThan(0);
});
