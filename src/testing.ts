/** What is asked of every part, as lists of named checks for any test runner, or none: `baldwin/testing`. */
import { importerChecks } from './connectome/import/conformance.js';
import { objectiveChecks } from './evolve/conformance/objective.js';
import { strategyChecks } from './evolve/conformance/strategy.js';
import { taskChecks } from './evolve/conformance/task.js';
import { quantityChecks } from './genome/quantities/conformance.js';
import { cellChecks } from './kernel/conformance/cell.js';
import { portChecks } from './kernel/conformance/port.js';
import { ruleChecks } from './kernel/conformance/rule.js';

export type { Importer, ImporterContext } from './connectome/import/conformance.js';
export type { ObjectiveContext } from './evolve/conformance/objective.js';
export type { StrategyContext } from './evolve/conformance/search.js';
export type { TaskContext } from './evolve/conformance/task.js';
export type { QuantityContext } from './genome/quantities/conformance.js';
export type { Check } from './spec/conformance.js';

/** The suite of each kind of part: `suites.strategy(part, context)` gives its checks. */
export const suites = {
  strategy: strategyChecks,
  task: taskChecks,
  objective: objectiveChecks,
  cell: cellChecks,
  port: portChecks,
  rule: ruleChecks,
  importer: importerChecks,
  quantity: quantityChecks,
} as const;
