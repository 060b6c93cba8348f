import { describe, expect, it } from 'vitest';
import { noConnectome } from '../../src/connectome/none.js';
import { openHabitat } from '../../src/evaluate/habitat.js';
import { resolveRun } from '../../src/evolve/resolve.js';
import { loadGenomeSpec } from '../../src/genome/spec.js';
import { networkOfGenome, recordedLives, replayCourse } from '../../src/inspect/recorded-life.js';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import { deriveSeed } from '../../src/math/seed.js';
import { livedNetwork } from '../../src/network/build/lived.js';
import { stepsOfCourse } from '../../src/network/export/life.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { ruleNetwork } from '../network/part-networks.js';

const seed = deriveSeed('a recorded life');

describe('a recorded life', () => {
  it('is lived again from its network and its course alone', async () => {
    const habitat = await openHabitat({
      connectome: noConnectome,
      genome: loadGenomeSpec('go-no-go', 'test'),
      network: null,
      task: { name: 'go-no-go', trials: 100, cueMs: 100, gapMs: 50, heldOutShifts: 0 },
      engine: 'f64',
    });
    // A genome that sets parameters otherwise than the network has them.
    const genome = habitat.space.start.map((value, gene) => value + 0.1 * ((gene % 3) - 1));
    const lives = recordedLives(habitat, genome, seed);
    expect(new Set(lives.flatMap(({ course }) => course.acts.map(({ does }) => does)))).toContain('signal');
    for (const { network, course, seed: own, weightsAfter } of lives) {
      const simulator = new CompiledSimulator(network, { precision: 'f64' });
      simulator.load({ seed: own });
      replayCourse(simulator, course);
      expect(simulator.step).toBe(stepsOfCourse(course));
      // Where weights learn, compiled engines agree to rounding.
      const furthest = Math.max(
        ...simulator.weights().map((weight, s) => Math.abs(weight - weightsAfter[s]!)),
      );
      expect(furthest).toBeLessThan(1e-9);
      const changed = Math.max(...network.weights.map((weight, s) => Math.abs(weight - weightsAfter[s]!)));
      expect(changed).toBeGreaterThan(0.001);
    }
    const { network } = lives[0]!;
    expect(networkOfGenome(habitat, genome)).toEqual(network);
    expect(network).not.toEqual(habitat.embodied.network);
  });

  it('holds what drives a network whose inputs fire cells', async () => {
    const { habitat } = await resolveRun({ set: ['task.steps=20'] });
    const { course, network } = recordedLives(habitat, habitat.space.start, seed)[0]!;
    expect(course.stretches).toHaveLength(20);
    expect(course.stretches[0]!.drive).toHaveLength(network.inputs.length);
  });
});

describe('the network of a life', () => {
  it('has what the life sets in the place of its own, and lives alike', () => {
    const network = ruleNetwork(plasticityRules['pair-stdp-dopamine']);
    const life = {
      weights: network.weights.map((weight) => 1.2 * weight),
      parameters: {
        'to.tau': 15,
        'to.drive.amplitude': 0.3,
        'a.rate': 0.02,
        'modulators.DA.tauMs': 300,
      },
    };
    const [given, lived] = [
      new ReferenceSimulator(network),
      new ReferenceSimulator(livedNetwork(network, life)),
    ];
    given.load({ ...life, seed });
    lived.load({ seed });
    for (const simulator of [given, lived]) simulator.run(1500, [], new Float64Array(0));
    expect(lived.weights()).toEqual(given.weights());
    expect(lived.spikeCount).toBe(given.spikeCount);
    expect(() => livedNetwork(network, { parameters: { 'to.taus': 1 } })).toThrow(
      'Unknown parameter "to.taus"',
    );
  });
});
