import { dirname } from 'node:path';
import { parseRecipe } from '../connectome/import/recipe.js';
import { connectomeFromTable } from '../connectome/load.js';
import { loadPreset } from '../evolve/presets.js';
import { resolveRun } from '../evolve/resolve.js';
import { readGenomeFile } from '../genome/genome-file.js';
import { loadGenomeSpec } from '../genome/spec.js';
import { readCellModel, readPlasticityRule, readPortModel } from '../network/files/model-file.js';
import { readNetwork } from '../network/files/network-file.js';
import { readReproduction } from '../reproduce/reproduction.js';
import { suggest, UsageError } from '../spec/errors.js';
import { readJsonFile } from '../spec/json-file.js';
import { readManifest } from '../store/manifest.js';
import { readStudyRecord } from '../store/study-store.js';
import { planStudy } from '../study/plan.js';
import { studyFrom } from './study-options.js';

/** A study with all of its arms. */
function checkStudy(path: string): Promise<unknown> {
  const { spec, base, source } = studyFrom(path, { runs: 'runs' }, undefined);
  return planStudy(spec, base, source);
}

/** What each format is, and how a file of it is checked. */
const formats: Record<string, { what: string; check: (path: string, value: unknown) => unknown }> = {
  'baldwin-run/1': { what: 'run', check: (path, value) => resolveRun({ file: { path, value } }) },
  'genome-spec/1': { what: 'genome spec', check: (path, value) => loadGenomeSpec(value, path) },
  'strategy-preset/1': { what: 'strategy preset', check: (path) => loadPreset(path) },
  'connectome-table/1': { what: 'connectome', check: (path, value) => connectomeFromTable(value, path) },
  'connectome-recipe/1': { what: 'connectome recipe', check: (path, value) => parseRecipe(value, path) },
  'cell-model/1': { what: 'cell model', check: (path, value) => readCellModel(value, path) },
  'synapse-model/1': { what: 'synapse model', check: (path, value) => readPortModel('synapse', value, path) },
  'input-model/1': { what: 'input model', check: (path, value) => readPortModel('input', value, path) },
  'plasticity-rule/1': { what: 'plasticity rule', check: (path, value) => readPlasticityRule(value, path) },
  'network/1': { what: 'network', check: (path, value) => readNetwork(value, path) },
  'reproduction/1': { what: 'reproduction', check: (path, value) => readReproduction(value, path) },
  'baldwin-genome/1': { what: 'genome', check: (path) => readGenomeFile(path) },
  'baldwin-genome/2': { what: 'genome', check: (path) => readGenomeFile(path) },
  'study/1': { what: 'study', check: checkStudy },
  'baldwin-study-record/1': { what: 'study record', check: (path) => readStudyRecord(dirname(path)) },
  'baldwin-run-record/1': { what: 'run manifest', check: (path) => readManifest(path) },
};

/** A file that is valid. */
export interface ValidFile {
  format: string;
  /** In words, such as `cell model`. */
  what: string;
  /** What was read. */
  value: unknown;
}

/**
 * Checks a JSON file against its format.
 * @throws UsageError naming everything that is wrong with it
 */
export async function validFile(path: string): Promise<ValidFile> {
  const value = readJsonFile(path, 'file');
  const declared = (value as { format?: unknown } | null)?.format ?? 'baldwin-run/1';
  const format = typeof declared === 'string' ? formats[declared] : undefined;
  if (format === undefined) {
    throw new UsageError(
      `${path}: format: unknown format ${JSON.stringify(declared)}. ${suggest(String(declared), Object.keys(formats))}`,
    );
  }
  return { format: String(declared), what: format.what, value: await format.check(path, value) };
}
