import { sha256 } from '../spec/sha256.js';
import type { Connectome } from './connectome.js';

/** Stands where a connectome would, in runs of tasks that bring a network of their own. */
export const noConnectome: Connectome = {
  id: 'none',
  species: 'none',
  sex: 'none',
  stage: 'none',
  weightUnit: 'arbitrary',
  hash: sha256(''),
  licence: { statement: 'nothing to license' },
  citation: [],
  notes: [],
  sources: [],
  cells: { count: 0, ids: [], classes: [], kinds: [], roles: [], transmitters: [] },
  chemical: {
    count: 0,
    pre: new Int32Array(0),
    post: new Int32Array(0),
    weight: new Float64Array(0),
    sign: new Int8Array(0),
  },
  gap: { count: 0, a: new Int32Array(0), b: new Int32Array(0), weight: new Float64Array(0), flag: '' },
  modulators: [],
  aliases: {},
  excluded: [],
};
