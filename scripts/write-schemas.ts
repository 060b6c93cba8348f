/**
 * Writes the JSON Schemas that editors use, beside the files they describe, from the schemas that the program checks
 * with. With --check it only says whether they are up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { presetSchema } from '../src/evolve/presets.js';
import { genomeSpecSchema } from '../src/genome/spec.js';
import {
  cellModelSchema,
  inputModelSchema,
  plasticityRuleSchema,
  synapseModelSchema,
} from '../src/network/files/model-schema.js';
import { networkSchema } from '../src/network/files/network-schema.js';
import { reproductionSchema } from '../src/reproduce/reproduction.js';
import { packageRoot } from '../src/spec/library.js';
import { strategies } from '../src/strategies/table.js';
import { studySchema } from '../src/study/study-spec.js';

type Json = Record<string, unknown> & { properties?: Record<string, unknown>; required?: string[] };
const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input' }) as Json;

/** A preset's strategy is one of the table's, with that one's own options. */
function presets(): Json {
  const alternatives = Object.entries(strategies).map(([name, { options }]) => {
    const { $schema: _, properties, required = [], ...rest } = jsonSchema(options);
    return { ...rest, properties: { name: { const: name }, ...properties }, required: ['name', ...required] };
  });
  const schema = jsonSchema(presetSchema);
  return { ...schema, properties: { ...schema.properties, strategy: { oneOf: alternatives } } };
}

const schemas = {
  'strategies/schema.json': presets(),
  'genomes/schema.json': jsonSchema(genomeSpecSchema),
  'schemas/cell-model.json': jsonSchema(cellModelSchema),
  'schemas/synapse-model.json': jsonSchema(synapseModelSchema),
  'schemas/input-model.json': jsonSchema(inputModelSchema),
  'schemas/plasticity-rule.json': jsonSchema(plasticityRuleSchema),
  'schemas/network.json': jsonSchema(networkSchema(undefined)),
  'schemas/study.json': jsonSchema(studySchema),
  'schemas/reproduction.json': jsonSchema(reproductionSchema),
};

let stale = false;
for (const [path, schema] of Object.entries(schemas)) {
  const text = `${JSON.stringify(schema, null, 2)}\n`;
  const file = join(packageRoot, path);
  if (process.argv.includes('--check')) {
    let found = '';
    try {
      found = readFileSync(file, 'utf8');
    } catch {
      // Absent is as stale as it gets.
    }
    if (found !== text) {
      stale = true;
      console.error(`${path} is not up to date: run "npm run schemas".`);
    }
  } else writeFileSync(file, text);
}
if (stale) process.exit(1);
