import { describe, expect, it } from 'vitest';
import { addressVariable, redisAddress } from '../../src/evolve/evaluators/queue/address.js';
import {
  type Door,
  ownDoor,
  queueName,
  refuseOtherPlatforms,
  whyUnfit,
} from '../../src/evolve/evaluators/queue/door.js';
import { checkServer } from '../../src/evolve/evaluators/queue/server-check.js';
import { UsageError } from '../../src/spec/errors.js';

describe('the address of a Redis', () => {
  it('says all that is needed to enter, and shows no password', () => {
    expect(redisAddress('rediss://me:s%40crt@example.org:7000/3')).toEqual({
      ...{ host: 'example.org', port: 7000, username: 'me', password: 's@crt', db: 3, tls: true },
      shown: 'rediss://example.org:7000/3',
    });
    expect(redisAddress('redis://[::1]')).toMatchObject({ host: '::1', port: 6379, tls: false, db: 0 });
  });

  it.each([
    'head-node',
    'http://:s3cret@head-node',
    'redis://:s3cret@head-node/main',
    'redis://',
  ])('is refused without its secrets: %s', (text) => {
    expect(() => redisAddress(text)).toThrow(UsageError);
    expect(() => redisAddress(text)).toThrow(/^--redis: .*Expected redis:\/\/HOST:PORT/);
    expect(() => redisAddress(text)).not.toThrow(/s3cret/);
  });

  it('comes from the environment where none is given', () => {
    delete process.env[addressVariable];
    expect(() => redisAddress(undefined)).toThrow(/environment variable BALDWIN_REDIS/);
    process.env[addressVariable] = 'redis://:s3cret@head-node';
    try {
      expect(redisAddress(undefined)).toMatchObject({ password: 's3cret', shown: 'redis://head-node:6379' });
    } finally {
      delete process.env[addressVariable];
    }
  });
});

describe('a Redis', () => {
  const check = (...lines: string[]) => checkServer(['# Server', ...lines].join('\r\n'), 'redis://here:6379');

  it('is taken from version 6.2 on', () => {
    for (const version of ['6.2.0', '7.0.15', '8.2.1'])
      expect(() => check(`redis_version:${version}`)).not.toThrow();
    for (const version of ['6.0.16', '5.0.14'])
      expect(() => check(`redis_version:${version}`)).toThrow(
        `redis://here:6379: expected Redis 6.2 or newer, found version ${version}.`,
      );
  });

  it('is refused where it is a node of a cluster', () => {
    expect(() => check('redis_version:7.2.0', 'redis_mode:cluster', 'cluster_enabled:1')).toThrow(
      /node of a cluster/,
    );
  });

  it('is refused where it may throw keys away, by the name of the setting', () => {
    const full = ['redis_version:7.2.0', 'maxmemory:1000000'];
    expect(() => check(...full, 'maxmemory_policy:allkeys-lru')).toThrow(
      /maxmemory-policy: expected noeviction, found allkeys-lru/,
    );
    expect(() => check(...full, 'maxmemory_policy:noeviction')).not.toThrow();
    // Without a limit it throws nothing away.
    expect(() => check('redis_version:7.2.0', 'maxmemory:0', 'maxmemory_policy:allkeys-lru')).not.toThrow();
  });
});

describe('the door', () => {
  const run: Door = { program: '0.2.0', results: 4, wire: 1, v8: '11.3' };
  const worker = { ...run, allowsCode: true };

  it('lets in who gives the same results, and names both versions to who does not', () => {
    expect(whyUnfit(run, [], worker)).toBeUndefined();
    expect(whyUnfit(run, [], { ...worker, program: '0.1.0', results: 3 })).toBe(
      'it has results version 3 and wire version 1 (Baldwin 0.1.0), the run needs results version 4 and wire version 1 ' +
        '(Baldwin 0.2.0): install the same version of Baldwin on both sides',
    );
    expect(whyUnfit(run, [], { ...worker, wire: 2 })).toMatch(/wire version 2 .* wire version 1/);
    // Without code of the user's, the engine's version does not matter.
    expect(whyUnfit(run, [], { ...worker, v8: '12.4' })).toBeUndefined();
  });

  it('asks more of those who are to run code of the user', () => {
    expect(whyUnfit(run, ['mine.mjs'], worker)).toBeUndefined();
    expect(whyUnfit(run, ['mine.mjs'], { ...worker, allowsCode: false })).toMatch(/mine\.mjs.*--allow-code/);
    expect(whyUnfit(run, ['mine.mjs'], { ...worker, v8: '12.4' })).toMatch(/worker has 12\.4, the run 11\.3/);
  });

  it('gives a queue of its own to each kind of job', () => {
    const names = [
      queueName(run, false),
      queueName(run, true),
      queueName({ ...run, results: 5 }, false),
      queueName({ ...run, wire: 2 }, false),
      queueName({ ...run, v8: '12.4' }, true),
    ];
    expect(new Set(names).size).toBe(names.length);
    expect(queueName({ ...run, v8: '12.4' }, false)).toBe(queueName(run, false));
  });

  it('is closed to processors that are not known to give the same bits, by name', () => {
    for (const known of ['x64', 'arm64']) expect(() => refuseOtherPlatforms(known, 'LE')).not.toThrow();
    expect(() => refuseOtherPlatforms('s390x', 'BE')).toThrow(
      /expected x64 or arm64, found s390x \(big-endian\)/,
    );
    expect(() => refuseOtherPlatforms('arm64', 'BE')).toThrow(UsageError);
    expect(() => refuseOtherPlatforms('riscv64', 'LE')).toThrow(/found riscv64 \(little-endian\)/);
    expect(ownDoor('0.1.0').v8).toMatch(/^\d+\.\d+$/);
  });
});
