import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { decodeFrame, encodeFrame } from '../spec/binary.js';
import { UserError } from '../spec/errors.js';
import { moduleFiles, moduleHash } from '../spec/parts/module-files.js';
import type { ModuleReference } from '../spec/parts/part.js';

const format = 'baldwin-code/1';

interface SentCode {
  format: string;
  /** The module's own name, for messages. */
  name: string;
  files: [place: string, bytes: Uint8Array][];
}

/**
 * A user's module and all files that it imports by path, as bytes.
 * @throws UserError where it has changed since the run began
 */
export async function encodeCode(module: ModuleReference): Promise<Uint8Array> {
  const { sha256, files } = await moduleFiles(module.path);
  if (sha256 !== module.sha256) {
    throw new UserError(
      `${module.path}: expected SHA-256 ${module.sha256}, found ${sha256}: the file, or one that it imports, has changed since.`,
    );
  }
  const sent: SentCode = { format, name: basename(module.path), files: [...files] };
  return encodeFrame(sent, { sealed: false });
}

/** Steps out of the module's own folder that a place takes. */
const climbs = (place: string) => place.split('/').filter((step) => step === '..').length;

/** A folder for code that came over the queue; it is gone with the process. */
export class CodeFolder {
  private readonly folder = mkdtempSync(join(tmpdir(), 'baldwin-code-'));
  private readonly written = new Map<string, string>();

  /**
   * Writes code down, as it stood where it came from.
   * @param sha256 what the run says that it is
   * @returns the path of its module
   * @throws UserError for what is not that code
   */
  async write(bytes: Uint8Array, sha256: string): Promise<string> {
    const known = this.written.get(sha256);
    if (known !== undefined) return known;
    const sent = decodeFrame(bytes, { sealed: false }) as SentCode | undefined;
    if (sent?.format !== format) throw new UserError(`Code of SHA-256 ${sha256}: it arrived damaged.`);
    const depth = Math.max(...sent.files.map(([place]) => climbs(place)));
    const home = join(this.folder, sha256, ...Array<string>(depth).fill('inner'));
    const path = join(home, basename(sent.name));
    for (const [place, content] of sent.files) {
      const file = place === '' ? path : join(home, place);
      if (!file.startsWith(join(this.folder, sha256)))
        throw new UserError(`${sent.name}: ${place} leads out of its folder.`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    const found = await moduleHash(path);
    if (found !== sha256) {
      throw new UserError(
        `${sent.name}: expected SHA-256 ${sha256}, found ${found}: it cannot be put together elsewhere as it stands at home. ` +
          'Let its modules import each other by relative paths, without links.',
      );
    }
    this.written.set(sha256, path);
    return path;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
