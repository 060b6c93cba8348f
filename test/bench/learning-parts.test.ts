import { describe, expect, it } from 'vitest';
import { learningParts } from '../../src/bench/learning-parts.js';
import { CompiledSimulator } from '../../src/kernel/compiled.js';
import { deriveSeed } from '../../src/math/seed.js';

describe('the parts of learning', () => {
  it('are measured on the same spikes, whatever learns', () => {
    const spikes = learningParts(12).map(({ network }) => {
      const simulator = new CompiledSimulator(network, { varies: [] });
      simulator.load({ seed: deriveSeed('parts') });
      simulator.run(2000, [], new Float64Array(0));
      return simulator.spikeCount;
    });
    expect(spikes[0]).toBeGreaterThan(2000);
    for (const count of spikes) expect(Math.abs(count - spikes[0]!)).toBeLessThan(0.03 * spikes[0]!);
  });
});
