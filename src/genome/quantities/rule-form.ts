import { z } from 'zod';
import { childrenOf, constant, type Expression } from '../../expression/ast.js';
import { product } from '../../expression/build.js';
import { type Filling, factorsOf } from '../../expression/holes.js';
import { printExpression } from '../../expression/print.js';
import { withChildren } from '../../expression/tree.js';
import { readPlasticityRule } from '../../network/files/model-file.js';
import type { Parameters } from '../../network/model/model.js';
import { type Plasticity, ruleParameter } from '../../network/model/network.js';
import type { PlasticityRule } from '../../network/model/plasticity-rule.js';
import { filledRule, seeingRule } from '../../network/model/rule-holes.js';
import { suggest, UsageError } from '../../spec/errors.js';
import { type FormCoding, sentence } from '../forms/form-coding.js';
import { codingOf, holeSchema } from '../forms/hole-spec.js';
import { matchRule } from '../forms/rule-match.js';
import { namedHoles, templateFields, templateOf, unitOfArgument, withoutUnits } from '../forms/template.js';
import type { Ground } from '../ground.js';
import { joinedParts } from '../part.js';
import type { LaidGenes, Quantity } from './quantity.js';

const schema = z.strictObject({
  quantity: z.literal('rule-form').describe('the form of a plasticity rule: what fills its holes'),
  projections: z
    .array(z.string().min(1))
    .min(1)
    .refine((names) => new Set(names).size === names.length, { message: 'expected each projection once' })
    .describe('projections that all learn by this one rule; another group may have a rule for others'),
  ...templateFields,
  holes: z.record(z.string(), holeSchema).describe('what fills each hole, by its name'),
});

type RuleFormGenes = z.output<typeof schema>;

/** A hole whose genes begin at `offset` within the group. */
interface LaidHole {
  name: string;
  /** With the projections that learn by it. */
  label: string;
  inputs: readonly string[];
  waived: boolean;
  coding: FormCoding;
  offset: number;
}

const chemical = ({ projections = [] }: Ground) => projections.map(({ name }) => name);

const plasticityIn = ({ projections = [] }: Ground, name: string): Plasticity | undefined =>
  projections.find((projection) => projection.name === name)?.plasticity;

/** A rule's parameters, with the values that the network gives those of the same name. */
function settled(parameters: Parameters, plasticity: Plasticity | undefined): Parameters {
  if (!plasticity) return parameters;
  const value = (name: string, otherwise: number) => {
    if (!Object.hasOwn(plasticity.rule.parameters, name)) return otherwise;
    const found = ruleParameter(plasticity, name);
    return typeof found === 'number' ? found : otherwise;
  };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, of]) => [name, { ...of, default: value(name, of.default) }]),
  );
}

function laidHoles(genes: RuleFormGenes, template: PlasticityRule, field: string): LaidHole[] {
  let offset = 0;
  return [...namedHoles(template, genes.holes, field)].map(([name, inputs]) => {
    const spec = genes.holes[name]!;
    const context = {
      hole: name,
      name: `${genes.projections.join(' & ')} ?${name}`,
      inputs,
      field: `${field}.holes.${name}`,
    };
    const coding = codingOf(spec, context);
    const hole = { name, label: context.name, inputs, waived: spec.waiveUnits !== undefined, coding, offset };
    offset += coding.part.names.length;
    return hole;
  });
}

/** The rule that a genome says: formulas in its holes, their constants among its parameters. */
function saidRule(
  template: PlasticityRule,
  holes: readonly LaidHole[],
  genome: Readonly<Float64Array>,
  first: number,
): PlasticityRule {
  const said = new Map(
    holes.map((hole) => [hole.name, { ...hole, ...hole.coding.formula(genome, first + hole.offset) }]),
  );
  const constants = [...said.values()].flatMap((hole) => Object.entries(hole.constants));
  const filled = filledRule(template, (hole) => {
    const { inputs, value, waived } = said.get(hole.name)!;
    const given = waived ? withoutUnits(hole, template) : hole;
    return { inputs, value, arguments: given.arguments };
  });
  return {
    ...filled,
    name: `${template.name}, its form evolved`,
    source: `evolved; what is around its formulas: ${template.source}`,
    parameters: {
      ...filled.parameters,
      ...Object.fromEntries(
        constants.map(([name, value]) => [
          name,
          { unit: '1', default: value, low: -Infinity, high: Infinity, about: 'evolved constant' },
        ]),
      ),
    },
  };
}

/** A product with some of its factors next to each other, where it has them all and they stand apart. */
function gathered(e: Expression, together: readonly Expression[]): Expression {
  const wanted = printExpression(together.reduce((a, b) => product(a, b)));
  const stands = (each: Expression): boolean =>
    printExpression(each) === wanted || childrenOf(each).some(stands);
  const left = factorsOf(e);
  if (left.length <= together.length || stands(e)) return e;
  for (const factor of together.map(printExpression)) {
    const at = left.findIndex((each) => printExpression(each) === factor);
    if (at < 0) return e;
    left.splice(at, 1);
  }
  return [together.reduce(product), ...left].reduce(product);
}

/** A filling as a formula over the inputs of its hole; the rule's parameters in it become numbers. */
function overInputs(
  { hole, value }: Filling,
  { inputs, waived }: LaidHole,
  template: PlasticityRule,
  { parameters }: PlasticityRule,
): Expression {
  const given = [hole, ...(waived ? [withoutUnits(hole, template)] : [])];
  const named = new Map(
    given.flatMap(({ arguments: each }) =>
      each.map((argument, i) => [printExpression(argument), inputs[i]!]),
    ),
  );
  const products = given.flatMap(({ arguments: each }) =>
    each.map(factorsOf).filter((factors) => factors.length > 1),
  );
  const visit = (whole: Expression): Expression => {
    const e = products.reduce(gathered, whole);
    const input = named.get(printExpression(e));
    if (input !== undefined) return { kind: 'name', name: input, at: -1 };
    if (e.kind !== 'name') return withChildren(e, visit);
    return Object.hasOwn(parameters, e.name) ? constant(parameters[e.name]!.default, -1) : e;
  };
  return visit(value);
}

/** Writes the genes that say what fills the holes. */
function writeFillings(
  fillings: readonly Filling[],
  holes: readonly LaidHole[],
  {
    template,
    rule,
    source,
    field,
  }: Record<'template' | 'rule', PlasticityRule> & Record<'source' | 'field', string>,
  genes: Float64Array,
): void {
  for (const laid of holes) {
    const [formula, ...others] = fillings
      .filter(({ hole }) => hole.name === laid.name)
      .map((filling) => overInputs(filling, laid, template, rule));
    const text = printExpression(formula!);
    const refuse = (reason: string): never => {
      throw new UsageError(
        `${source}: the genes of ?${laid.name} cannot say "${text}": ${sentence(reason)} Change the formula, or what ${field}.holes.${laid.name} may use.`,
      );
    };
    const other = others.map(printExpression).find((each) => each !== text);
    if (other !== undefined) refuse(`at another of its places stands "${other}"`);
    const { offset, coding } = laid;
    coding.write(formula!, genes.subarray(offset, offset + coding.part.names.length), refuse);
  }
}

function layRule(genes: RuleFormGenes, ground: Ground, field: string): LaidGenes {
  const [leader] = genes.projections;
  const template = templateOf(genes, plasticityIn(ground, leader!)?.rule, field);
  const holes = laidHoles(genes, template, field);
  const part = joinedParts(holes.map(({ coding }) => coding.part));
  if (part.names.length === 0) {
    throw new UsageError(
      `${field}.holes: no hole has a gene, so that nothing evolves. Give one a graph or terms.`,
    );
  }
  // The rule as evolution starts with it is checked as one that somebody wrote.
  readPlasticityRule(
    { format: 'plasticity-rule/1', ...saidRule(template, holes, part.start, 0) },
    `${field}: the rule at the start`,
  );
  const seeing = seeingRule(template, unitOfArgument(template));
  const onProjections = (rule: PlasticityRule) =>
    Object.fromEntries(
      genes.projections.map((name) => [
        name,
        { ...rule, parameters: settled(rule.parameters, plasticityIn(ground, name)) },
      ]),
    );
  return {
    part,
    rules: (genome, first) => onProjections(saidRule(template, holes, genome, first)),
    seeingRules: (genome, first) => onProjections(saidRule(seeing, holes, genome, first)),
    formulas: (genome, first) =>
      holes.map(({ name, label, inputs, coding, offset }) => ({
        ...{ name: label, hole: name, projections: genes.projections, inputs },
        ...coding.formula(genome, first + offset),
      })),
    takeRule(rule, genome, first, source) {
      const { projections } = genes;
      const { fillings, differs } = matchRule(template, rule);
      if (differs !== undefined) return { projections, differs };
      writeFillings(fillings, holes, { template, rule, source, field }, genome.subarray(first));
      return { projections };
    },
    markActive(genome, first, active) {
      for (const { coding, offset } of holes) coding.markActive(genome, first + offset, active);
    },
    reorder(genome, first, stream) {
      for (const { coding, offset } of holes) coding.reorder?.(genome, first + offset, stream);
    },
  };
}

/** The form of a rule. */
export const ruleForm: Quantity<typeof schema> = {
  schema,
  claims: ({ projections }) => projections.map((name) => `the form of the rule of ${name}`),
  lacking(genes, ground, field) {
    const known = chemical(ground);
    const missing = genes.projections.flatMap((name, i) =>
      known.includes(name)
        ? []
        : [`${field}.projections[${i}]: the network has no projection "${name}". ${suggest(name, known)}`],
    );
    const each = genes.projections.flatMap((name, i) => {
      const plasticity = plasticityIn(ground, name);
      const own = Object.entries(plasticity?.parameters ?? {}).find(([, value]) => typeof value !== 'number');
      return own
        ? [
            `${field}.projections[${i}]: "${name}" has a value of ${own[0]} for each synapse, which a rule of another form would lose.`,
          ]
        : [];
    });
    return [...missing, ...each];
  },
  misfits: () => [],
  lay(genes, ground, field) {
    try {
      return layRule(genes, ground, field);
    } catch (error) {
      if (!(error instanceof UsageError) || error.message.startsWith(field)) throw error;
      throw new UsageError(`${field}.rule: ${error.message}`);
    }
  },
};
