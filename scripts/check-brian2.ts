/**
 * Runs networks in Brian 2 and compares spikes and weights with Baldwin's reference engine: npx tsx scripts/check-brian2.ts.
 *
 *     --install FOLDER   makes a virtual environment with Brian 2 there first, or takes the one that is there
 *     --parts            runs a small network of every cell, synapse, input and rule too (minutes)
 *     NAME ...           of these networks alone
 *
 * PYTHON names the interpreter (python3 where it does not). Without Brian 2 it says so and checks nothing. It fails where a
 * cell fires otherwise, or a weight is not the same to a billionth of the largest.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { namesIn } from '../src/expression/analysis.js';
import { evaluate } from '../src/expression/evaluate.js';
import { RandomStream } from '../src/math/random.js';
import { deriveSeed } from '../src/math/seed.js';
import { statementAssignment } from '../src/network/model/dynamics.js';
import { plasticityRules } from '../src/network/plasticity/table.js';
import { ruleFiles } from '../src/report/models/rule-files.js';
import { ms, partNetworks } from '../test/network/part-networks.js';
import { checkedByPython, prepared } from './compare-simulators.js';
import { type ComparedNetwork, comparedNetworks } from './simulator-networks.js';

const { values: options, positionals } = parseArgs({
  options: { install: { type: 'string' }, parts: { type: 'boolean' } },
  allowPositionals: true,
});

/** Rules in SymPy, with values for their names and what Baldwin makes of them. */
function preparedRules(folder: string) {
  return Object.entries(plasticityRules).map(([name, rule]) => {
    const file = `rule-${name}`;
    const { text } = ruleFiles(rule, name).find(({ suffix }) => suffix === '.py')!;
    writeFileSync(join(folder, `${file}.py`), text);
    const random = RandomStream.from(deriveSeed('rules in SymPy', name));
    const values = new Map<string, number>(
      Object.entries(rule.parameters).map(([of, { default: value }]) => [of, value]),
    );
    const lists: Record<string, readonly string[]> = {
      'presynaptic spike': rule.onPre,
      'postsynaptic spike': rule.onPost,
      ...(rule.onUpdate ? { [`every ${rule.onUpdate.every}`]: rule.onUpdate.statements } : {}),
      ...rule.onEvent,
    };
    const results = Object.fromEntries(
      Object.entries(lists)
        .filter(([, texts]) => texts.length > 0)
        .map(([event, texts]) => [
          event,
          texts.map((line) => {
            const { value } = statementAssignment(line);
            for (const of of namesIn(value)) if (!values.has(of)) values.set(of, random.uniform());
            return evaluate(value, values);
          }),
        ]),
    );
    return { name, file, values: Object.fromEntries(values), results };
  });
}

async function fill(folder: string): Promise<void> {
  const parts = options.parts
    ? partNetworks(true).map(({ part, network }) => ({
        ...{ name: part, about: '', network },
        ms: Math.round(ms / network.dtMs) * network.dtMs,
      }))
    : [];
  const all: ComparedNetwork[] = [...(await comparedNetworks()), ...parts];
  const wanted = all.filter(
    ({ name }) => positionals.length === 0 || positionals.some((of) => name.includes(of)),
  );
  const documents = wanted.map((network) => prepared('brian2', network, folder));
  writeFileSync(join(folder, 'networks.json'), JSON.stringify(documents));
  writeFileSync(join(folder, 'rules.json'), JSON.stringify(options.parts ? preparedRules(folder) : []));
}

await checkedByPython(
  {
    module: 'brian2',
    packages: ['brian2==2.9.*', 'numpy<2.4', 'setuptools'],
    install: options.install,
    script: 'scripts/check-brian2.py',
  },
  fill,
);
