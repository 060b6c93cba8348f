import { resolve } from 'node:path';
import { findNamed } from './lookup.js';
import { findRun, listRuns, runFiles, runNames, StoredRun } from './run-store.js';
import { isStudyFolder, listStudies, studyNames } from './study-store.js';

/** What a name stands for on disk. */
export interface Found {
  is: 'run' | 'study';
  folder: string;
}

const at = (folder: string): Found => ({ is: isStudyFolder(folder) ? 'study' : 'run', folder });

/** The newest of runs and studies. */
function newest(root: string): string | undefined {
  const run = listRuns(root).runs.at(-1);
  const study = listStudies(root).studies.at(-1);
  if (!run || !study) return (run ?? study)?.folder;
  return study.record.started > run.manifest.started ? study.folder : run.folder;
}

/** A run or a study: by its name, the start of one, `latest`, or a path; a run of a study as `STUDY/ARM-sSEED`. */
export function findRunOrStudy(root: string, name: string): Found {
  if (StoredRun.exists(name) || isStudyFolder(name)) return at(resolve(name));
  if (name.includes('/')) return at(findRun(root, name));
  const names = [...runNames(root), ...studyNames(root)].sort();
  return at(findNamed({ what: 'run', root, names, record: runFiles.manifest }, name, () => newest(root)));
}
