import { UsageError } from '../../../spec/errors.js';

const minimum = [6, 2] as const;

/** The lines `name:value` of what Redis says of itself. */
const fieldsOf = (info: string) =>
  new Map(
    info.split(/\r?\n/).flatMap((line) => {
      const at = line.indexOf(':');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()] as const];
    }),
  );

/**
 * Whether a Redis can hold the queue.
 * @param info its answer to INFO
 * @param shown its address, for the message
 * @throws UsageError for one that is too old, is part of a cluster, or may throw keys away
 */
export function checkServer(info: string, shown: string): void {
  const fields = fieldsOf(info);
  const version = fields.get('redis_version') ?? 'unknown';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (!(major > minimum[0] || (major === minimum[0] && minor >= minimum[1]))) {
    throw new UsageError(
      `${shown}: expected Redis ${minimum.join('.')} or newer, found version ${version}. Install a newer one there.`,
    );
  }
  if (fields.get('cluster_enabled') === '1' || fields.get('redis_mode') === 'cluster') {
    throw new UsageError(
      `${shown}: this Redis is one node of a cluster, over which a queue cannot span. Use a Redis that stands alone.`,
    );
  }
  const policy = fields.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction' && Number(fields.get('maxmemory') ?? 0) > 0) {
    throw new UsageError(
      `${shown}: maxmemory-policy: expected noeviction, found ${policy}: when its memory is full, it would throw away parts of ` +
        'the queue. Set it: redis-cli config set maxmemory-policy noeviction.',
    );
  }
}
