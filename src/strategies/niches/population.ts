import type { RandomStream } from '../../math/random.js';

export interface Member {
  genome: Float64Array;
  score: number;
  /** Genes that differ from the start. */
  changed: number;
  /** The cell of its behaviour; its score is its niche where absent. */
  niche?: number;
}

const nicheIn = ({ niche, score }: Member): number => niche ?? score;

/** How many genes of a genome differ from the start. */
export function genesChanged(genome: Readonly<Float64Array>, start: Readonly<Float64Array>): number {
  let changed = 0;
  for (let gene = 0; gene < genome.length; gene++) if (genome[gene] !== start[gene]) changed++;
  return changed;
}

/**
 * Members of which no two are of one niche: no two have the same score, or behave alike. Where scores are fixed by the genome and rugged, genomes of one score nearly
 * always do the same, and differ in what makes no difference.
 */
export class Population {
  readonly members: Member[] = [];
  private readonly byNiche = new Map<number, number>();

  /** @param members no two of one niche, and no more than there is room for */
  constructor(
    private capacity: number,
    members: readonly Member[] = [],
  ) {
    for (const member of members) this.take(member);
  }

  /** Makes room for so many members: the worst of them go where there are more. */
  resize(capacity: number): void {
    this.capacity = capacity;
    while (this.members.length > capacity) {
      const worst = this.worst();
      const last = this.members.pop()!;
      this.byNiche.delete(nicheIn(this.members[worst] ?? last));
      if (worst === this.members.length) continue;
      this.members[worst] = last;
      this.byNiche.set(nicheIn(last), worst);
    }
  }

  get full(): boolean {
    return this.members.length >= this.capacity;
  }

  /**
   * Of two of one niche the better is kept; of two with one score that with fewer changes, the newer where they have as many. A
   * niche that nobody has is taken in while there is room, and then in place of the worst, unless it is worse itself.
   */
  take(member: Member): void {
    const { members, byNiche } = this;
    const same = byNiche.get(nicheIn(member));
    if (same !== undefined) {
      const { score, changed } = members[same]!;
      if (member.score > score || (member.score === score && member.changed <= changed))
        members[same] = member;
      return;
    }
    if (!this.full) {
      byNiche.set(nicheIn(member), members.push(member) - 1);
      return;
    }
    const worst = this.worst();
    if (member.score < members[worst]!.score) return;
    byNiche.delete(nicheIn(members[worst]!));
    byNiche.set(nicheIn(member), worst);
    members[worst] = member;
  }

  private worst(): number {
    let worst = 0;
    for (let i = 1; i < this.members.length; i++) {
      if (this.members[i]!.score < this.members[worst]!.score) worst = i;
    }
    return worst;
  }

  /**
   * The best of some that are drawn with replacement. Consumes so many integers.
   * @param but none of them is this one, where there are others
   */
  draw(contestants: number, stream: RandomStream, but?: Member): Member {
    const { members } = this;
    const left = but && members.length > 1 ? members.indexOf(but) : members.length;
    const others = members.length - Number(left < members.length);
    let best: Member | undefined;
    for (let i = 0; i < contestants; i++) {
      const index = stream.integer(others);
      const member = members[index < left ? index : index + 1]!;
      if (!best || member.score > best.score) best = member;
    }
    return best!;
  }
}
