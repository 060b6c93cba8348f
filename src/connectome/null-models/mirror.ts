import type { Connectome } from '../connectome.js';
import { otherSides } from '../sides.js';
import type { NullFact, NullModelEntry } from './model.js';

/** What an exchange of targets between the sides would come to, over all chemical connections. */
function exchangeFacts({
  cells,
  chemical,
}: Connectome): Record<'unpaired' | 'own' | 'symmetric' | 'changed', number> {
  const partner = otherSides(cells);
  const place = new Map(Array.from(chemical.pre, (pre, k) => [pre * cells.count + chemical.post[k]!, k]));
  const found = { unpaired: 0, own: 0, symmetric: 0, changed: 0 };
  for (let k = 0; k < chemical.count; k++) {
    const [pre, target] = [chemical.pre[k]!, partner[chemical.post[k]!]!];
    const twin = place.get(pre * cells.count + target);
    if (target < 0) found.unpaired++;
    else if (target === pre || chemical.post[k] === pre) found.own++;
    else if (
      twin !== undefined &&
      chemical.weight[twin] === chemical.weight[k] &&
      chemical.sign[twin] === chemical.sign[k]
    )
      found.symmetric++;
    else found.changed++;
  }
  return found;
}

const facts = (connectome: Connectome): NullFact[] => {
  const { unpaired, own, symmetric, changed } = exchangeFacts(connectome);
  return [
    {
      name: 'connectionsThatCouldMove',
      about: 'chemical connections that an exchange of their target would change',
      value: changed,
    },
    {
      name: 'connectionsWithoutPartner',
      about: 'chemical connections whose target has no partner on the other side; they stay',
      value: unpaired,
    },
    {
      name: 'connectionsToOwnPair',
      about: 'chemical connections within a pair of partners, or of a cell with itself; they stay',
      value: own,
    },
    {
      name: 'connectionsUnchangedBySymmetry',
      about:
        "chemical connections whose source reaches the target's partner with the same weight and sign: an exchange changes nothing",
      value: symmetric,
    },
  ];
};

/** Gives each connection its target or, as likely, the target's partner; where the source reaches both, the two exchange. */
function exchangeSides(
  from: Int32Array,
  to: Int32Array,
  partner: Int32Array,
  directed: boolean,
  coin: () => boolean,
): void {
  const key = (source: number, target: number) =>
    directed || source <= target ? source * partner.length + target : target * partner.length + source;
  const place = new Map(Array.from(from, (source, k) => [key(source, to[k]!), k]));
  for (let k = 0; k < from.length; k++) {
    if (!directed && coin()) [from[k], to[k]] = [to[k]!, from[k]!];
    const [source, target] = [from[k]!, to[k]!];
    const other = partner[target]!;
    if (other < 0 || other === source || source === target || !coin()) continue;
    const twin = place.get(key(source, other));
    if (twin === undefined) place.delete(key(source, target));
    else {
      [from[twin], to[twin]] = [source, target];
      place.set(key(source, target), twin);
    }
    to[k] = other;
    place.set(key(source, other), k);
  }
}

export const mirror: NullModelEntry = {
  summary:
    "left and right exchanged at the target: each connection leads to its target or, as likely, to the target's partner on the other side (one end of each gap junction likewise); where a cell reaches both, the two connections exchange targets; connections to unpaired cells and within a pair stay",
  keeps:
    'which cell reaches which pair of partners and how strongly, and the number of connections that leave each cell',
  takes: 'whether a connection stays on its side or crosses',
  gapJunctions: 'drawn',
  misfit: (connectome) => {
    if (otherSides(connectome.cells).every((partner) => partner < 0))
      return 'no two of its cells are named as partners on the left and the right';
    return exchangeFacts(connectome).changed === 0
      ? 'no exchange of targets would change anything'
      : undefined;
  },
  facts,
  draw: ({ chemical, gap }, { cells }, stream) => {
    const partner = otherSides(cells);
    const coin = () => stream.integer(2) === 1;
    exchangeSides(chemical.pre, chemical.post, partner, true, coin);
    exchangeSides(gap.a, gap.b, partner, false, coin);
  },
};
