import type { Redis } from 'ioredis';
import { decodeHabitat, encodeHabitat } from '../../../evaluate/wire.js';
import type { SentBytes } from '../../../evaluate/worker.js';
import { UserError } from '../../../spec/errors.js';
import { sha256 } from '../../../spec/sha256.js';
import { CodeFolder } from '../../../store/sent-code.js';
import { shared } from '../sent-habitat.js';
import type { JobTicket } from './messages.js';
import { queueKeys } from './names.js';

/** How many habitats a worker keeps; beyond that, the one that was used longest ago is fetched again when needed. */
const mostKept = 64;

/** The habitats that a worker fetched, each once. */
export class HabitatStore {
  /** By the hash that jobs name, the one that was used longest ago first. */
  private readonly kept = new Map<string, Promise<SentBytes>>();
  private folder: CodeFolder | undefined;

  constructor(private readonly redis: Redis) {}

  /**
   * @throws Error where Redis does not hold it
   * @throws UserError for bytes that are not what the job names
   */
  async habitatOf(ticket: JobTicket): Promise<SentBytes> {
    const { habitat } = ticket;
    const fetched = this.kept.get(habitat) ?? this.fetch(ticket);
    this.kept.delete(habitat);
    this.kept.set(habitat, fetched);
    if (this.kept.size > mostKept) this.kept.delete(this.kept.keys().next().value!);
    try {
      return await fetched;
    } catch (error) {
      this.kept.delete(habitat);
      throw error;
    }
  }

  private async bytesOf(key: string, what: string): Promise<Buffer> {
    const bytes = await this.redis.getBuffer(key);
    if (bytes === null) throw new Error(`the ${what} is not there`);
    return bytes;
  }

  private async fetch({ habitat, code }: JobTicket): Promise<SentBytes> {
    const bytes = await this.bytesOf(queueKeys.habitat(habitat), 'habitat');
    const found = sha256(bytes);
    if (found !== habitat) {
      throw new UserError(`The habitat arrived damaged: expected SHA-256 ${habitat}, found ${found}.`);
    }
    if (code === null) return shared(bytes);
    return shared(await this.withCode(bytes, code));
  }

  /** A habitat whose task is the user's, with the task's module where it stands here. */
  private async withCode(bytes: Uint8Array, code: string): Promise<Uint8Array> {
    const { setup, prepared } = decodeHabitat(bytes);
    const { module } = setup.task;
    if (module?.sha256 !== code) {
      throw new UserError(
        `The habitat names the code ${module?.sha256}, its job ${code}: they do not belong together.`,
      );
    }
    this.folder ??= new CodeFolder();
    const path = await this.folder.write(await this.bytesOf(queueKeys.code(code), 'code'), code);
    const task = { ...setup.task, module: { ...module, path } };
    return encodeHabitat({ setup: { ...setup, task }, prepared });
  }

  close(): void {
    this.folder?.remove();
  }
}
