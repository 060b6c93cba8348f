import type { Connectome } from '../connectome/connectome.js';
import { parseConnectome } from '../connectome/load.js';
import { noConnectome } from '../connectome/none.js';
import { type NullSetting, nullSettingSchema, nullTable } from '../connectome/null-models/setting.js';
import { UsageError } from '../spec/errors.js';
import { readTextFile } from '../spec/json-file.js';
import { type Library, libraryFile } from '../spec/library.js';
import { describeValue, validate } from '../spec/validate.js';
import type { RunSpec } from './run-spec.js';
import { isFields, merge } from './settings.js';

const library: Library = { folder: 'connectomes', item: 'connectome' };

/** What a run says of its connectome. */
export interface ConnectomeRequest {
  /** A name, a path, or the field of a run file. */
  named: unknown;
  /** What lies over the null model of the field, in order: each is laid on the one before. */
  nulls: readonly unknown[];
  /** The task that brings its own network. */
  circuit: string | undefined;
  /** Seed of a null model where none is given. */
  runSeed: unknown;
}

export interface FoundConnectome {
  /** What lives are lived on. */
  connectome: Connectome;
  /** The text of its table; undefined where a task brings its network. */
  text: string | undefined;
  /** The run spec's field. */
  field: RunSpec['connectome'];
}

/** A null model by its name alone, or with a seed. */
const withModel = (setting: unknown) => (typeof setting === 'string' ? { model: setting } : setting);

function settledNull(given: readonly unknown[], runSeed: unknown, source: string): NullSetting | undefined {
  const setting = given.map(withModel).reduce(merge, undefined) ?? undefined;
  if (setting === undefined) return undefined;
  const seeded = isFields(setting) && setting.seed === undefined ? { ...setting, seed: runSeed } : setting;
  return validate(nullSettingSchema, seeded, { source, at: ['connectome', 'null'] }, 'run') as NullSetting;
}

/** The connectome that a run names, or a null model of it; none where its task brings a network. */
export function findConnectome(request: ConnectomeRequest, source: string): FoundConnectome {
  const { named, nulls, circuit, runSeed } = request;
  const wanted = isFields(named)
    ? (named as { id?: unknown; hash?: unknown; path?: unknown; null?: unknown })
    : { id: named };
  const asked = wanted.path ?? wanted.id;
  const setting = settledNull([wanted.null, ...nulls], runSeed, source);
  if (circuit !== undefined) {
    if (setting !== undefined) {
      throw new UsageError(
        `${source}: connectome.null: the task "${circuit}" brings its own network, so that there is no connectome to make ` +
          `a null model of, found ${describeValue(setting)}. Leave it out, or choose a task that is lived on a connectome.`,
      );
    }
    if (asked === noConnectome.id) {
      const { id, hash } = noConnectome;
      return { connectome: noConnectome, text: undefined, field: { id, hash } };
    }
    throw new UsageError(
      `${source}: connectome: the task "${circuit}" brings its own network and needs no connectome, found ` +
        `${describeValue(named)}. Leave it out, or choose a task that is lived on one.`,
    );
  }
  if (typeof asked !== 'string') {
    throw new UsageError(
      `${source}: connectome: expected the name of a connectome or a path to one, found ${describeValue(named)}.`,
    );
  }
  const table = libraryFile(library, asked);
  const text = readTextFile(table, 'connectome');
  const animal = parseConnectome(text, table);
  const found = setting ? nullTable(animal, setting) : { connectome: animal, text };
  // A field may be written for the animal or for its null model; which null model it is may have been changed since.
  const written = () => settledNull([wanted.null], runSeed, source);
  const isKnown = (hash: unknown) =>
    hash === animal.hash ||
    hash === found.connectome.hash ||
    (wanted.null !== undefined && hash === nullTable(animal, written()!).connectome.hash);
  if (wanted.hash !== undefined && !isKnown(wanted.hash)) {
    throw new UsageError(
      `${source}: connectome.hash: expected ${String(wanted.hash)}, found ${found.connectome.hash}: the table is not the ` +
        'one this run was written for. Remove the hash to use it anyway.',
    );
  }
  return {
    ...found,
    field: {
      id: animal.id,
      hash: found.connectome.hash,
      ...(asked === animal.id ? {} : { path: table }),
      ...(setting ? { null: setting } : {}),
    },
  };
}

/** A run's connectome in words: its name, or which null model of what it is. */
export const connectomeName = ({ id, null: control }: RunSpec['connectome']): string =>
  control ? `${id} (null model ${control.model}, seed ${control.seed})` : id;
