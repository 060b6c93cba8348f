import type { Redis } from 'ioredis';
import type { Door } from './door.js';
import { queueKeys } from './names.js';

/** How often a member says that it is there. */
export const beatMs = 2000;
/** Who has not said so for this long is gone. A coordinator may be busy with its strategy, or with a champion. */
const goneMs = { worker: 12_000, coordinator: 30_000 };

interface Member extends Door {
  id: string;
  /** Name of the machine. */
  host: string;
  pid: number;
  since: string;
}

/** A worker as it last described itself. */
export interface WorkerRecord extends Member {
  threads: number;
  allowsCode: boolean;
  state: 'idle' | 'working' | 'ending';
  /** Jobs in hand. */
  busy: number;
  jobs: number;
  lives: number;
  /** Over the last beats. */
  livesPerSecond: number;
  /** Threads that died of lives. */
  deaths: number;
}

/** A coordinator as it last described itself. */
export interface CoordinatorRecord extends Member {
  /** The run or study that it serves. */
  serves: string;
  /** Modules of the user's own that its jobs need, by name. */
  code: string[];
  /** Jobs that have no answer yet. */
  waiting: number;
  answered: number;
  /** Jobs that were lost and asked for again. */
  askedAgain: number;
}

interface Roles {
  worker: WorkerRecord;
  coordinator: CoordinatorRecord;
}
type Role = keyof Roles;

export async function sayPresent<R extends Role>(redis: Redis, role: R, record: Roles[R]): Promise<void> {
  await redis
    .multi()
    .set(queueKeys.member(role, record.id), JSON.stringify(record), 'PX', goneMs[role])
    .sadd(queueKeys.members(role), record.id)
    .exec();
}

export async function sayGone(redis: Redis, role: Role, id: string): Promise<void> {
  await redis.multi().del(queueKeys.member(role, id)).srem(queueKeys.members(role), id).exec();
}

/** Those who are there, by their ids. Names of those who left without a word are cleared away. */
export async function present<R extends Role>(redis: Redis, role: R): Promise<Roles[R][]> {
  const ids = (await redis.smembers(queueKeys.members(role))).sort();
  if (ids.length === 0) return [];
  const records = await redis.mget(ids.map((id) => queueKeys.member(role, id)));
  const gone = ids.filter((_, i) => records[i] === null);
  if (gone.length > 0) await redis.srem(queueKeys.members(role), ...gone);
  return records.flatMap((record) => (record === null ? [] : [JSON.parse(record) as Roles[R]]));
}

/** A worker for people to read. */
export const workerTitle = ({ host, pid }: Pick<WorkerRecord, 'host' | 'pid'>) => `worker ${pid} on ${host}`;
