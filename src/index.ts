export type { Cells, Dimension } from './archives/cells.js';
export { centroidsOf, Tessellation } from './archives/centroids.js';
export { type ArchiveFigures, archiveFigures, type Elite, EliteArchive } from './archives/elites.js';
export { Grid } from './archives/grid.js';
export { checkConnectome, summarizeConnectome } from './connectome/check.js';
export { type Connectome, cellIndex, signedWeights } from './connectome/connectome.js';
export { connectomeNames, loadConnectome } from './connectome/load.js';
export { nullModel } from './connectome/null-models/null-model.js';
export { type NullReport, nullReport } from './connectome/null-models/null-report.js';
export { type NullModel, nullModelNames } from './connectome/null-models/table.js';
export { type Habitat, type LifetimeSetup, openHabitat } from './evaluate/habitat.js';
export { LifetimeRunner } from './evaluate/lifetime.js';
export type { EpisodeRecord, Lifetime, LifetimeResult } from './evaluate/lives.js';
export { type BranchRequest, branchRun } from './evolve/branch.js';
export type { Evaluator, EvaluatorHost, Life } from './evolve/evaluators/evaluator.js';
export { inProcessEvaluator, inProcessHost } from './evolve/evaluators/in-process.js';
export { type PoolOptions, poolHost } from './evolve/evaluators/pool.js';
export { type RedisAddress, redisAddress } from './evolve/evaluators/queue/address.js';
export type { QueueOptions } from './evolve/evaluators/queue/coordinator.js';
export { queueHost } from './evolve/evaluators/queue/queue.js';
export { type HistoryPoint, historyOf } from './evolve/history.js';
export { type OpenedRun, openRun } from './evolve/opened-run.js';
export { ceilingOf, chanceOf, freshScore, scoreGenome } from './evolve/reference-scores.js';
export { type ResolvedRun, type RunRequest, resolveRun } from './evolve/resolve.js';
export { type Execution, resumeRun, startRun } from './evolve/run.js';
export type { Champion, RunResult } from './evolve/run-result.js';
export { type RunSpec, setupOf } from './evolve/run-spec.js';
export { formatGenomeFile, type GenomeFile, genomeHash, readGenomeFile } from './genome/genome-file.js';
export type { GenomeSpace } from './genome/space.js';
export { type GenomeSpec, loadGenomeSpec } from './genome/spec.js';
export type { Effect } from './inspect/effect.js';
export { type Inspection, inspect } from './inspect/inspection.js';
export { loadAssembler } from './kernel/assemble.js';
export { CompiledSimulator } from './kernel/compiled.js';
export { type Firing, firing } from './kernel/firing.js';
export type { Precision } from './kernel/layout.js';
export { type Quantity, quantitiesOf } from './kernel/quantities.js';
export { type Recording, type RecordingRequest, record } from './kernel/record.js';
export { ReferenceSimulator } from './kernel/reference.js';
export { type Response, respond, type Stimulus } from './kernel/response.js';
export type { LifeStart, Simulator } from './kernel/simulator.js';
export { RandomStream } from './math/random.js';
export { deriveSeed } from './math/seed.js';
export { type Ablation, ablate, ablationsOf } from './network/build/ablate.js';
export { benchmarkNetworks } from './network/build/benchmarks.js';
export { networkFromConnectome } from './network/build/from-connectome.js';
export { fromPairs, type Pair } from './network/build/pairs.js';
export {
  allToAll,
  type Connection,
  connect,
  drawDelays,
  type Edges,
  fixedInDegree,
  fixedOutDegree,
  fixedProbability,
  type Sizes,
} from './network/build/random-graph.js';
export { spikeTrain } from './network/build/spike-train.js';
export { spikeTrain as spikeTrainCell } from './network/cells/spike-train.js';
export { cellModels } from './network/cells/table.js';
export { cellModelProblems } from './network/check/cell-model.js';
export { checkNetwork } from './network/check/network.js';
export { portModelProblems } from './network/check/port-model.js';
export { ruleProblems } from './network/check/rule.js';
export type { ModelProblem } from './network/check/text.js';
export {
  cellModelNames,
  loadCellModel,
  loadPlasticityRule,
  loadPortModel,
  plasticityRuleNames,
  portModelNames,
} from './network/files/model-file.js';
export { loadNetwork } from './network/files/network-file.js';
export { inputModels } from './network/inputs/table.js';
export type { CellModel, Parameter, PortModel } from './network/model/model.js';
export type {
  InputPort,
  Kinds,
  Modulator,
  Network,
  OutputPort,
  Plasticity,
  Population,
  Port,
  Projection,
  ProjectionPhase,
  Receptor,
  Release,
  ShortTerm,
  SpikeTrain,
  Values,
} from './network/model/network.js';
export type { PlasticityRule } from './network/model/plasticity-rule.js';
export { combine } from './network/plasticity/combine.js';
export { plasticityRules } from './network/plasticity/table.js';
export { delta } from './network/synapses/delta.js';
export { synapseModels } from './network/synapses/table.js';
export { defineObjective } from './objectives/own-objective.js';
export { type Reproduced, type ReproductionResult, reproduce } from './reproduce/reproduce.js';
export { loadReproduction, type Reproduction, reproductionNames } from './reproduce/reproduction.js';
export { UsageError, UserError } from './spec/errors.js';
export { saveNetwork } from './store/network-file.js';
export { findRun, listRuns, StoredRun } from './store/run-store.js';
export { findStudy } from './store/study-store.js';
export type { StartedStrategy } from './strategies/injected.js';
export {
  beginSearch,
  type MinimizeOptions,
  type Minimum,
  minimize,
  outcomeOf,
  type SearchOptions,
  type WarmStart,
} from './strategies/minimize.js';
export { defineStrategy } from './strategies/own-strategy.js';
export { realProblem } from './strategies/problem.js';
export { resumeStrategy, startStrategy } from './strategies/start.js';
export type {
  Beginning,
  Candidate,
  GeneGroup,
  KeptArchive,
  Outcome,
  Problem,
  Snapshot,
  Solution,
  Strategy,
  StrategyModule,
  Takes,
} from './strategies/strategy.js';
export { strategies } from './strategies/table.js';
export type { Claim, Verdict } from './study/claims.js';
export { compareStudy, type StudyComparison } from './study/compare.js';
export { studyResults } from './study/results.js';
export type { StudyArmResult, StudyResults, StudyRunResult } from './study/results-type.js';
export { defineTask } from './tasks/own-task.js';
export { tasks } from './tasks/table.js';
export type {
  BehaviourMeasure,
  Controller,
  EpisodeResult,
  LivingNetwork,
  PreparedTask,
  Scenario,
  Task,
  TaskFigure,
  Teaching,
  TracedEpisode,
} from './tasks/task.js';
