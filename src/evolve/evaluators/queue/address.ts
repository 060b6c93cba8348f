import { UsageError } from '../../../spec/errors.js';

/** Holds the whole address of a Redis, so that its password need not stand on a command line. */
export const addressVariable = 'BALDWIN_REDIS';

/** Where a Redis is, and how it is entered. */
export interface RedisAddress {
  host: string;
  port: number;
  username?: string;
  password?: string;
  db: number;
  tls: boolean;
  /** The address without its password, for people to read. */
  shown: string;
}

const form = 'redis://HOST:PORT, or rediss:// with TLS; a user, a password and a database may stand in it';

function refuse(source: string, what: string): never {
  // The address itself is not repeated: a password may stand in it.
  throw new UsageError(`${source}: ${what}. Expected ${form}.`);
}

function parse(text: string, source: string): RedisAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url?.hostname) refuse(source, 'this is no address of a Redis');
  const tls = url.protocol === 'rediss:';
  if (!tls && url.protocol !== 'redis:') refuse(source, `found the protocol ${url.protocol}//`);
  const db = url.pathname.replace(/^\//, '') || '0';
  if (!/^\d+$/.test(db)) refuse(source, `expected a number as the database, found "${db}"`);
  const port = url.port === '' ? 6379 : Number(url.port);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const decoded = (part: string) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return refuse(source, 'a % in the user or the password is no escape: write it as %25');
    }
  };
  return {
    host,
    port,
    ...(url.username === '' ? {} : { username: decoded(url.username) }),
    ...(url.password === '' ? {} : { password: decoded(url.password) }),
    db: Number(db),
    tls,
    shown: `${url.protocol}//${url.hostname}:${port}${db === '0' ? '' : `/${db}`}`,
  };
}

/**
 * The address that a user gave, or the one in the environment where none was given.
 * @throws UsageError where there is none, or it is not one; the message holds no password
 */
export function redisAddress(given: string | undefined): RedisAddress {
  if (given !== undefined) return parse(given, '--redis');
  const text = process.env[addressVariable];
  if (text === undefined || text === '') {
    throw new UsageError(
      `--redis: expected an address (${form}), or one in the environment variable ${addressVariable}.`,
    );
  }
  return parse(text, addressVariable);
}
