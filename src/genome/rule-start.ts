import type { PlasticityRule } from '../network/model/plasticity-rule.js';
import { UsageError } from '../spec/errors.js';
import { matchRule } from './forms/rule-match.js';
import type { Ground } from './ground.js';
import { layGenes } from './lay.js';
import type { Part } from './part.js';
import type { GenomeSpace } from './space.js';
import type { GenomeSpec } from './spec.js';

/** Where evolution starts that starts from a rule. */
export interface RuleStart {
  /** Genes that differ from where the genome spec starts. */
  start: [gene: string, coordinate: number][];
  /** What was not taken from the rule, in words. */
  notices: string[];
}

/** What a genome spec and its network can take from a rule. */
class RuleTaking {
  readonly genome: Float64Array;
  /** Projections that learn by this form of rule. */
  readonly projections: string[] = [];
  /** Why other projections cannot start from it, one a line. */
  readonly misfits: string[] = [];
  private readonly left: string[] = [];
  /** Genes that have the name of a parameter; a gene may set several. */
  private readonly genes = new Map<string, { gene: number; part: Part; at: number }>();
  private taken = 0;

  constructor(
    private readonly rule: PlasticityRule,
    private readonly source: string,
    private readonly space: GenomeSpace,
  ) {
    this.genome = Float64Array.from(space.start);
  }

  /** The form, where it evolves; the numbers of every projection that learns by it. */
  take(spec: GenomeSpec, ground: Ground): void {
    let first = 0;
    const evolving = new Set<string>();
    for (const laid of layGenes(spec, ground)) {
      laid.part.names.forEach((name, at) => {
        for (const each of name.split(' & ')) {
          this.genes.set(each, { gene: first + at, part: laid.part, at });
        }
      });
      if (laid.takeRule) {
        const { projections, differs } = laid.takeRule(this.rule, this.genome, first, this.source);
        for (const name of projections) evolving.add(name);
        if (differs === undefined) {
          this.projections.push(...projections);
          this.taken += 1;
        } else this.misfits.push(`${projections.join(', ')}: ${differs}.`);
      }
      first += laid.part.names.length;
    }
    for (const { name, plasticity } of ground.projections ?? []) {
      if (plasticity === undefined || evolving.has(name)) continue;
      const { differs } = matchRule(plasticity.rule, this.rule);
      if (differs === undefined) this.projections.push(name);
      else this.misfits.push(`${name}: ${differs}.`);
    }
    for (const name of this.projections) this.numbersOf(name, ground);
  }

  private numbersOf(projection: string, { parameters }: Ground): void {
    for (const [name, { default: value, unit }] of Object.entries(this.rule.parameters)) {
      const full = `${projection}.${name}`;
      const network = parameters?.get(full)?.value;
      const found = this.genes.get(full);
      if (!found) {
        if (network !== undefined && network !== value) {
          this.left.push(`${full} (${value} in the file, ${network} in the network)`);
        }
        continue;
      }
      const { gene, part, at } = found;
      const [low, high] = [part.low[at]!, part.high[at]!];
      const coordinate = part.toCoordinate(value);
      if (!(coordinate >= low && coordinate <= high)) {
        throw new UsageError(
          `${this.source}: parameters.${name}.default: expected ${unit} in [${part.toValue(low)}, ${part.toValue(high)}], the range of the gene ${full}, found ${value}. ` +
            'Widen the range of the genome spec, or change the rule.',
        );
      }
      this.genome[gene] = coordinate;
      this.taken += 1;
    }
  }

  result(spec: GenomeSpec): RuleStart {
    const { space, source, rule, projections, misfits, left } = this;
    if (projections.length === 0) {
      throw new UsageError(
        `${source}: nothing that the network learns by has the form of the rule "${rule.name}"${misfits.length > 0 ? `.\n${misfits.join('\n')}\n` : ': it has no rule. '}` +
          'Name the task and the genome spec that the rule is for (--task, --genome).',
      );
    }
    if (this.taken === 0) {
      throw new UsageError(
        `${source}: no gene of the genome spec "${spec.name}" is of the rule of ${projections.join(', ')}, so that nothing starts from the file. ` +
          `Name another by --genome: one whose genes are its parameters (${Object.keys(rule.parameters).join(', ')}) or its form.`,
      );
    }
    const start = [...this.genome.keys()]
      .filter((gene) => this.genome[gene] !== space.origin[gene])
      .map((gene): [string, number] => [space.nameOf(gene), this.genome[gene]!]);
    const notices =
      left.length === 0
        ? []
        : [
            `${source}: ${left.length === 1 ? 'a number of the rule is' : `${left.length} numbers of the rule are`} no gene, and stay as the network has them: ${left.join(', ')}.`,
          ];
    return { start, notices };
  }
}

/**
 * The genes that say a rule that somebody wrote, or that evolved elsewhere: a formula for each hole where its form evolves,
 * and the values of its parameters where these are genes. Other genes stay where they start.
 * @param source the rule's file, for messages
 * @throws UsageError where no rule of the network is of that form, or no gene is of one
 */
export function startOfRule(
  rule: PlasticityRule,
  source: string,
  { genome: spec, ground, space }: { genome: GenomeSpec; ground: Ground; space: GenomeSpace },
): RuleStart {
  const taking = new RuleTaking(rule, source, space);
  taking.take(spec, ground);
  return taking.result(spec);
}
