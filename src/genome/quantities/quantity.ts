import type { z } from 'zod';
import type { Expression } from '../../expression/ast.js';
import type { RandomStream } from '../../math/random.js';
import type { Values } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import type { Ground } from '../ground.js';
import type { KindGenes } from '../kind-genes.js';
import type { Part } from '../part.js';

/** Where genes put what they say of a network's parameters. */
export interface Settings {
  /** Values by the name of the parameter. */
  parameters: Record<string, Values>;
  /** What they say of kinds of cells, which becomes parameters when all genes have spoken. */
  kinds: KindGenes;
}

/**
 * A group of genes laid over a network: the genes themselves, and how a genome becomes part of a phenotype. `first` is
 * the number of the group's first gene in the genome.
 */
export interface LaidGenes {
  part: Part;
  /** Where the genes are weights: how these are made, and which gene (counted in the group) each synapse has. */
  weights?: {
    /** Writes the network's weights that may evolve, all of them; `into` may be longer. */
    write(genome: Readonly<Float64Array>, first: number, into: Float64Array): void;
    /** `[synapses]` */
    geneOf: Int32Array;
  };
  /** Where the genes are parameters of the network or its body. */
  set?(genome: Readonly<Float64Array>, first: number, into: Settings): void;
  /**
   * Where the genes are the form of plasticity rules: these, by projection. They take the place of the network's, values of
   * parameters included: those of a new rule are its defaults. Rules that differ in these alone share a simulator.
   */
  rules?(genome: Readonly<Float64Array>, first: number): Record<string, PlasticityRule>;
  /** The same rules with variables beside them that keep what their holes were given. */
  seeingRules?(genome: Readonly<Float64Array>, first: number): Record<string, PlasticityRule>;
  /**
   * Where the genes are the form of plasticity rules: writes those that say a rule that somebody wrote.
   * @param source the rule's file, for messages
   * @returns the projections that learn by it, and, where it is of another form and nothing was written, how it differs
   * @throws UsageError where it is of this form, and the genes cannot say its formulas
   */
  takeRule?(
    rule: PlasticityRule,
    genome: Float64Array,
    first: number,
    source: string,
  ): { projections: readonly string[]; differs?: string };
  /** Where the genes are formulas: these, by what they fill. */
  formulas?(genome: Readonly<Float64Array>, first: number): Formula[];
  /** Where not every gene counts in every genome: sets to 1 what `active` holds of those that do. All do where absent. */
  markActive?(genome: Readonly<Float64Array>, first: number, active: Uint8Array): void;
  /** Where genes may say the same in several ways: writes another of these. */
  reorder?(genome: Float64Array, first: number, stream: RandomStream): void;
}

/** A formula that genes say. */
export interface Formula {
  /** What it fills, such as `toNeuron ?f`. */
  name: string;
  hole: string;
  /** Projections that learn by it. */
  projections: readonly string[];
  /** Names of what the hole is given. */
  inputs: readonly string[];
  /** Over the inputs of the hole, and its constants. */
  value: Expression;
  /** Constants that are genes of their own. */
  constants: Readonly<Record<string, number>>;
}

/** A kind of quantity that may evolve. */
export interface Quantity<Schema extends z.ZodObject = z.ZodObject> {
  /** The part of a genome spec; its field `quantity` is the name in the table. */
  schema: Schema;
  /** What the genes set, in words that tell one from another: no two groups of a genome may claim the same. */
  claims(genes: z.output<Schema>): readonly string[];
  /**
   * What the genes set and the network lacks: a message each, with the field's path and what to do.
   * @param field where the group stands in its spec
   */
  lacking(genes: z.output<Schema>, ground: Ground, field: string): readonly string[];
  /** Where units and ranges of the genes are not those of what they set, likewise. The network lacks nothing. */
  misfits(genes: z.output<Schema>, ground: Ground, field: string): readonly string[];
  /**
   * Lays the genes over a network that lacks nothing of what they set.
   * @throws UsageError where a start lies outside its range
   */
  lay(genes: z.output<Schema>, ground: Ground, field: string): LaidGenes;
}
