import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { deriveSeed } from '../../src/math/seed.js';
import { inputNames, observe } from '../../src/tasks/acrobot/code.js';
import { heightOf, isUp, standard, step } from '../../src/tasks/acrobot/physics.js';
import { prepareTask } from '../../src/tasks/table.js';
import { runnerIn } from '../evaluate/runner-in.js';

const stateOf = (...values: number[]) => Float64Array.from(values);

/** Of both links as two compound pendulums: kinetic and potential, J. */
function energyOf([inner, outer, innerSpeed, outerSpeed]: ArrayLike<number> & Iterable<number>): number {
  const [a, b, da, db] = [inner!, inner! + outer!, innerSpeed!, innerSpeed! + outerSpeed!];
  const tipSquared = da * da + 0.25 * db * db + da * db * Math.cos(b - a);
  const kinetic = 0.5 * (0.25 * da * da + da * da) + 0.5 * (tipSquared + db * db);
  return kinetic - 9.8 * (0.5 * Math.cos(a) + Math.cos(a) + 0.5 * Math.cos(b));
}

describe('the links', () => {
  it('swing without a torque and keep their energy, but for the error of a step of 0.2 s', () => {
    const state = stateOf(0.4, -0.3, 0, 0);
    const before = energyOf(state);
    for (let i = 0; i < 20; i++) step(state, 0, standard);
    expect(Math.abs(energyOf(state) - before)).toBeLessThan(0.02);
    expect(Math.abs(state[0]!)).toBeGreaterThan(0.01);
  });

  it('gain the energy that the torque puts in at the joint', () => {
    const state = stateOf(0, 0, 0, 0);
    const before = energyOf(state);
    step(state, 1, standard);
    expect(energyOf(state) - before).toBeCloseTo(state[1]!, 3);
  });

  it('are up where the tip is a link above the fixed joint', () => {
    expect(heightOf(stateOf(0, 0, 0, 0))).toBe(-2);
    expect(heightOf(stateOf(Math.PI, 0, 0, 0))).toBeCloseTo(2, 12);
    expect(isUp(stateOf(Math.PI, 1, 0, 0))).toBe(true);
    expect(isUp(stateOf(Math.PI / 2, Math.PI / 3, 0, 0))).toBe(false);
  });

  it('are seen in fields that go around for angles and end for speeds', () => {
    const observation = new Float64Array(inputNames.length);
    observe(stateOf(Math.PI, -Math.PI, 99, -99), observation);
    const strongest = [0, 1, 2, 3].map((variable) => {
      const fields = Array.from(observation.subarray(9 * variable, 9 * variable + 9));
      return fields.indexOf(Math.max(...fields));
    });
    expect(strongest[0]).toBe(strongest[1]);
    expect(strongest.slice(2)).toEqual([8, 0]);
  });
});

describe('swinging up', () => {
  it('is done by pumping in all worlds', () => {
    const { scenarios, heldOut, oracle } = prepareTask({ name: 'acrobot', episodes: 30 });
    for (const world of [...scenarios, ...heldOut]) {
      const { measures } = oracle!(world, deriveSeed('a'));
      expect(measures.solved).toBe(1);
      expect(measures.steps).toBeLessThan(130);
    }
  });

  it('leaves weights as they start where nothing teaches, and moves them where errors do', async () => {
    const changed = async (learns: boolean) => {
      const runner = await runnerIn({
        connectome: noConnectome,
        genome: loadGenomeSpec('acrobot', 'test'),
        network: null,
        task: { name: 'acrobot', episodes: 1, learns },
      });
      const { embodied, space, task } = runner.habitat;
      const controller = runner.embody(space.start);
      task.live(task.scenarios[0]!, deriveSeed('a'), controller);
      const weights = controller.network!.weights();
      return embodied.start.some((weight, i) => Math.abs(weights[i]! - weight) > 1e-4);
    };
    expect(await changed(false)).toBe(false);
    expect(await changed(true)).toBe(true);
  });
});
