import { describe, expect, it } from 'vitest';
import { ReferenceSimulator } from '../../src/kernel/reference.js';
import type { InputPort, Network } from '../../src/network/model/network.js';
import { synapseModels } from '../../src/network/synapses/table.js';
import { UsageError } from '../../src/spec/errors.js';
import { randomNetwork } from './random-network.js';

/** What is said where a network is laid out for running. */
function refusal(network: Network): string {
  try {
    new ReferenceSimulator(network);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    return (error as Error).message;
  }
  return 'no refusal';
}

const network = randomNetwork('refused', { plastic: false });
const cells = Int32Array.from(
  { length: network.populations.reduce((sum, { count }) => sum + count, 0) },
  (_, i) => i,
);
const firing = (name: string, of = cells): InputPort => ({ name, kind: 'fire', cells: of, amplitude: 1 });
const constant = network.projections.map(({ longestDelayMs: _, shortTerm: __, ...rest }) => rest);

describe('networks that cannot run are refused as the user’s', () => {
  it('where an input fires cells whose synapses change', () => {
    expect(refusal({ ...network, projections: constant, inputs: [firing('all')] })).toBe('no refusal');
    const [first, ...others] = constant;
    const depressing = { ...first!, delayMs: 0, port: 'fast' };
    const shortTerm = { use: 0.5, tauRecoveryMs: 100, tauFacilitationMs: 0 };
    const projections = [{ ...depressing, shortTerm }, ...others];
    expect(refusal({ ...network, projections, inputs: [firing('all')] })).toMatch(
      /^input "all" fires cells whose synapses are not constant: they learn/,
    );
  });

  it('where an input beyond the 32nd fires cells', () => {
    const inputs = Array.from({ length: 33 }, (_, i) => firing(`in${i}`, Int32Array.of(0)));
    expect(refusal({ ...network, projections: constant, inputs })).toMatch(/^input "in32" .* first 32\./);
    expect(refusal({ ...network, projections: constant, inputs: inputs.slice(1) })).toBe('no refusal');
  });

  it('where a port uses a state that the cells lack', () => {
    const [first, ...others] = network.populations;
    const model = { ...synapseModels.nmda, current: 'g*(w - E)' };
    const ports = { ...first!.ports, late: { model, parameters: {} } };
    expect(refusal({ ...network, populations: [{ ...first!, ports }, ...others] })).toMatch(
      /^population "a": equations of its cells and ports: there is no quantity "w"/,
    );
  });
});
