import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { formatModelFile } from '../../src/network/files/model-file.js';
import { plasticityRules } from '../../src/network/plasticity/table.js';
import { packageRoot } from '../../src/spec/library.js';
import { baldwin, json, workplace } from './cli.js';

const write = (name: string, text: string) => writeFileSync(join(workplace, name), text);

beforeAll(() => {
  // It forgets the score of the best when it restarts, and takes whatever it is told.
  write(
    'forgetful.mjs',
    `import { RandomStream } from 'baldwin';
const search = ({ start, low, high }, random, best, top) => ({
  ask() {
    this.asked ??= [Array.from(best), ...Array.from({ length: 5 }, () => best)].map((from) => ({
      genome: Float64Array.from(from, (x, i) => Math.min(high[i], Math.max(low[i], x + random.normal()))),
      fidelity: 1,
    }));
    return this.asked;
  },
  tell(outcomes) {
    outcomes.forEach(({ status, objectives: [score] }, i) => {
      if (status === 'ok' && score > top) [top, best] = [score, this.asked[i].genome];
    });
    this.asked = undefined;
  },
  snapshot: () => ({ best: Float64Array.from(best), random: { ...random.state() } }),
});
export default {
  summary: 'forgets',
  create: (problem, _, seed) => search(problem, RandomStream.from(seed), problem.start, -Infinity),
  restore: (problem, _, { best, random }) => search(problem, RandomStream.restore(random), Float64Array.from(best), -Infinity),
};
`,
  );
  write('nothing.mjs', 'export default { summary: "nothing", act: () => 1 };\n');
  const rule = { ...plasticityRules.hebb, name: 'mine' };
  write('rule.json', formatModelFile(rule, 'rule'));
  write('faulty.json', formatModelFile({ ...rule, onPre: ['w += y'] }, 'rule'));
  write(
    'spec.json',
    JSON.stringify({
      ...{ format: 'genome-spec/1', name: 'mine', about: '' },
      genes: [{ quantity: 'synapse-weight', grouping: 'each', unit: '1', range: [-9, 9], prior: [-1, 1] }],
    }),
  );
});

interface Checked {
  ok: boolean;
  checks: { name: string; ok: boolean; message?: string }[];
}

describe('baldwin check', () => {
  it('tells what fails of a strategy, and exits with 1', async () => {
    const { code, stdout } = await baldwin('check', 'forgetful.mjs', '--json');
    expect(code).toBe(1);
    const { ok, checks, ...rest } = JSON.parse(stdout) as Checked;
    expect(rest).toEqual({ path: 'forgetful.mjs', part: 'strategy' });
    expect(ok).toBe(false);
    const failed = checks.filter((check) => !check.ok);
    expect(failed.map(({ name }) => name)).toContain(
      'goes on from a stored snapshot after 3 steps, to the bit',
    );
    for (const { message } of failed) expect(message).toMatch(/^expected /);
    expect(checks.find(({ name }) => name === 'asks the same again until it is told')).toMatchObject({
      ok: true,
    });
    const plain = await baldwin('check', 'forgetful.mjs');
    expect(plain.code).toBe(1);
    expect(plain.stdout).toMatch(
      /^failed {2}goes on from a stored snapshot after 3 steps, to the bit\n(failed .*\n)* {8}expected /m,
    );
    expect(plain.stdout).toContain(`${failed.length} of ${checks.length} checks failed.`);
  });

  it('tells what several checks fail for once, and why a life fails', async () => {
    const line = readFileSync(join(packageRoot, 'examples/plugins/line.mjs'), 'utf8');
    const task = readFileSync(join(packageRoot, 'examples/plugins/turn-to-touch.mjs'), 'utf8');
    write('line.mjs', line);
    write('no-live.mjs', task.replace(' live(', ' liv('));
    write('no-score.mjs', task.replace(/^ +score,$/m, 'score: NaN,'));
    const { stdout } = await baldwin('check', 'no-live.mjs');
    expect(stdout.match(/^failed /gm)).toHaveLength(9);
    expect(stdout.match(/live: expected a function/g)).toHaveLength(1);
    expect((await baldwin('check', 'no-score.mjs')).stdout).toContain(
      "expected a life that does not fail, found 'the score is NaN'",
    );
  });

  it('tries out what is described in JSON', async () => {
    const { checks } = await json<Checked>('check', 'rule.json');
    expect(checks.map(({ name }) => name)).toContain('lives alike in every engine');
    expect((await baldwin('check', 'rule.json')).stdout).toMatch(
      /rule\.json: a sound plasticity rule; \d checks\./,
    );
  });

  it('only reads what cannot be tried out', async () => {
    expect(await json('check', 'spec.json')).toEqual({
      ...{ ok: true, path: 'spec.json', format: 'genome-spec/1', checks: [] },
    });
  });

  it.each([
    ['nothing.mjs', /expected a task \(with "prepare"\).*found the fields summary, act/],
    ['faulty.json', /not a valid plasticity rule[\s\S]*onPre\[0\]/],
    ['nowhere.mjs', /nowhere\.mjs: cannot read the module: there is no such file/],
    ['nowhere.json', /no such file/],
  ])('refuses %s with exit code 2', async (file, message) => {
    const { code, stderr } = await baldwin('check', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('is what validate is an alias of, with the JSON that it had', async () => {
    expect(await json('validate', 'rule.json')).toEqual({
      ...{ ok: true, path: 'rule.json', format: 'plasticity-rule/1' },
    });
  });
});
