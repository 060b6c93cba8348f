import { attribute, type XmlElement } from './xml.js';

/** What stands in for a cell's potentials where the file does not hold them, in mV. */
const defaultRestMv = -55;
const thresholdAboveRestMv = 15;

/** Attributes of NeuroML and PyNN cells, the truest first; an Izhikevich cell's `thresh` is the peak of its spike. */
const restAttributes = ['leakReversal', 'v_rest', 'EL', 'vr', 'v0', 'eL'];
const thresholdAttributes = ['VT', 'vt', 'v_thresh', 'thresh'];
const reversalAttributes = ['erev', 'e_rev', 'reversalPotential'];

/** A potential in mV; plain numbers are mV, as PyNN's are. */
function millivolts(text: string): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(mV|V|uV)?$/i.exec(text);
  if (!match) return undefined;
  const scale = { mv: 1, v: 1000, uv: 0.001 }[(match[2] ?? 'mV').toLowerCase()]!;
  // So that -0.055 V is -55 mV.
  return Math.round(Number(match[1]) * scale * 1e6) / 1e6;
}

function firstPotential(element: XmlElement, names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = millivolts(attribute(element, name));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The element of this name anywhere within another. */
function within(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.name === name ? child : within(child, name);
    if (found) return found;
  }
  return undefined;
}

export type Sign = -1 | 0 | 1;

/**
 * Signs of synapses. One without conductance (`gbase`) tells none, since it has no effect; of others, in this order:
 *
 * 1. A reversal potential at or above the target cell's threshold excites, one at or below its resting potential
 *    inhibits; in between it is not known. Where the file holds no resting potential, -55 mV stands for it; where it
 *    holds no threshold, 15 mV above rest. A synapse that injects a current (`ibase`) has the sign of that.
 * 2. The transmitter of the presynaptic cell: GABA and glycine inhibit, acetylcholine excites.
 */
export class SynapseSigns {
  private readonly components = new Map<string, XmlElement>();

  constructor(root: XmlElement) {
    for (const child of root.children) {
      const id = attribute(child, 'id');
      if (id !== '') this.components.set(id, child);
    }
  }

  has(id: string): boolean {
    return this.components.has(id);
  }

  isJunction(id: string): boolean {
    return this.components.get(id)?.name === 'gapJunction';
  }

  isSilent(id: string): boolean {
    return this.components.get(id)?.name === 'silentSynapse' || /^silent/i.test(id);
  }

  /** What excites a cell and what inhibits it: reversal potentials at or above, and at or below, in mV. */
  private potentials(component: string): { rest: number; threshold: number } {
    const cell = this.components.get(component);
    const initial = cell && within(cell, 'initMembPotential');
    const rest =
      (cell && firstPotential(cell, restAttributes)) ??
      (initial && millivolts(attribute(initial, 'value'))) ??
      defaultRestMv;
    const names = cell?.name === 'izhikevichCell' ? [] : thresholdAttributes;
    return { rest, threshold: (cell && firstPotential(cell, names)) ?? rest + thresholdAboveRestMv };
  }

  /** From the synapse alone. */
  private ofSynapse(id: string, target: string): Sign {
    const synapse = this.components.get(id);
    if (!synapse) return 0;
    if (synapse.name === 'doubleSynapse') {
      const [one, other] = ['synapse1', 'synapse2'].map((part) =>
        this.ofSynapse(attribute(synapse, part), target),
      );
      return one === other ? one! : 0;
    }
    const reversal = firstPotential(synapse, reversalAttributes);
    if (reversal !== undefined) {
      const { rest, threshold } = this.potentials(target);
      if (reversal <= rest) return -1;
      return reversal >= threshold ? 1 : 0;
    }
    // PyNN's synapses of currents take their sign from the weight alone.
    if (/CurrSynapse$/.test(synapse.name)) return 1;
    const current = Number.parseFloat(attribute(synapse, 'ibase'));
    return Number.isNaN(current) ? 0 : (Math.sign(current) as Sign);
  }

  /**
   * @param id the synapse's id
   * @param target the component of the postsynaptic cell
   * @param transmitters of the presynaptic cell, by their short names
   */
  signOf(id: string, target: string, transmitters: readonly string[]): Sign {
    const synapse = this.components.get(id);
    if (synapse && Number.parseFloat(attribute(synapse, 'gbase')) === 0) return 0;
    const sign = this.ofSynapse(id, target);
    if (sign !== 0 || transmitters.length !== 1) return sign;
    if (/^(GABA|gly(cine)?)$/i.test(transmitters[0]!)) return -1;
    return transmitters[0] === 'ACh' ? 1 : 0;
  }
}
