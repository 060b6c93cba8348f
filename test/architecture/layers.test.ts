import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = fileURLToPath(new URL('../../src', import.meta.url));

/** A folder imports only from itself and from folders before it. */
const order = [
  'math',
  'spec',
  'expression',
  'connectome',
  'network',
  'figure',
  'genome',
  'kernel',
  'tasks',
  'evaluate',
  'archives',
  'strategies',
  'objectives',
  'store',
  'evolve',
  'study',
  'inspect',
  'report',
  'picture',
  'reproduce',
  'bench',
  'serve',
  'cli',
];

/** Stricter than their place: what they may import beside themselves. */
const only: Record<string, string[]> = {
  strategies: ['math', 'spec', 'archives'],
  spec: ['math'],
  expression: ['math', 'spec'],
  figure: ['math', 'spec'],
};

interface Import {
  file: string;
  from: string;
  to: string;
  text: string;
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesOf(path) : path.endsWith('.ts') ? [path] : [];
  });
}

const layerOf = (path: string) => relative(source, path).split('/')[0]!;

function importsOf(file: string): Import[] {
  const code = readFileSync(file, 'utf8');
  const found = [...code.matchAll(/(?:from\s+|import\s*\(\s*|import\s+)'(\.[^']+)'/g)];
  return found.map(([, text]) => {
    const target = resolve(dirname(file), text!.replace(/\.js$/, '.ts'));
    return { file: relative(source, file), from: layerOf(file), to: layerOf(target), text: text! };
  });
}

const files = filesOf(source).filter((file) => !['index.ts', 'testing.ts'].includes(layerOf(file)));
const imports = files.flatMap(importsOf);

describe('layers', () => {
  it('knows every folder of src', () => {
    const folders = readdirSync(source, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(order).toEqual(expect.arrayContaining(folders.map(({ name }) => name)));
  });

  it('sees the imports it is to judge', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports).toContainEqual(
      expect.objectContaining({ file: 'kernel/reference.ts', from: 'kernel', to: 'network' }),
    );
  });

  it('imports only from folders listed before', () => {
    const wrong = imports.filter(
      ({ from, to }) => order.indexOf(to) > order.indexOf(from) || !order.includes(to),
    );
    expect(wrong).toEqual([]);
  });

  it('has no file circles, by types or otherwise', () => {
    const targets = new Map<string, string[]>();
    for (const file of filesOf(source)) {
      targets.set(
        file,
        importsOf(file).map(({ text }) => resolve(dirname(file), text.replace(/\.js$/, '.ts'))),
      );
    }
    // A file is done once everything that it imports is; what is met again before that closes a circle.
    const state = new Map<string, 'open' | 'done'>();
    const circles: string[][] = [];
    const visit = (file: string, path: string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        circles.push([...path.slice(path.indexOf(file)), file].map((step) => relative(source, step)));
        return;
      }
      state.set(file, 'open');
      for (const target of targets.get(file) ?? []) visit(target, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of targets.keys()) visit(file, []);
    expect(circles).toEqual([]);
    expect(targets.size).toBeGreaterThan(300);
  });

  it.each(Object.entries(only))('%s imports nothing but itself and %j', (layer, allowed) => {
    const wrong = imports.filter(({ from, to }) => from === layer && to !== layer && !allowed.includes(to));
    expect(wrong).toEqual([]);
  });

  it('lets a worker load nothing after evaluate', () => {
    const loaded = new Set<string>();
    const visit = (file: string) => {
      if (loaded.has(file)) return;
      loaded.add(file);
      for (const { text } of importsOf(file)) visit(resolve(dirname(file), text.replace(/\.js$/, '.ts')));
    };
    visit(join(source, 'evaluate/worker.ts'));
    const late = [...loaded].filter((file) => order.indexOf(layerOf(file)) > order.indexOf('evaluate'));
    expect(late).toEqual([]);
    expect([...loaded].filter((file) => file.includes('conformance'))).toEqual([]);
    expect(loaded.size).toBeGreaterThan(10);
  });

  it('writes under runs/ from store alone', () => {
    const writers = files.filter((file) =>
      /\b(writeFileSync|appendFileSync|writeSync|createWriteStream|renameSync|openSync)\b/.test(
        readFileSync(file, 'utf8'),
      ),
    );
    const layers = new Set(writers.map(layerOf));
    // A benchmark writes the table of the C program, in a temporary folder.
    expect([...layers].sort()).toEqual(['bench', 'store']);
  });
});

/** Elementary functions whose last bits ECMAScript leaves to the engine; `**` is one of them. */
const implementationDefined =
  /Math\.(random|exp|expm1|log|log1p|log2|log10|pow|sin|cos|tan|tanh|sinh|cosh|asin|acos|atan|atan2|cbrt|hypot)\b|[\w)\]]\s*\*\*\s*[\w(]/;

describe('determinism', () => {
  it('uses no function whose result differs between engines, where results depend on it', () => {
    // Pictures and text may differ in their last bits; results may not.
    const checked = files.filter((file) => !['inspect', 'picture', 'cli', 'bench'].includes(layerOf(file)));
    const found = checked.flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .map((line, i) => ({ place: `${relative(source, file)}:${i + 1}`, line: line.trim() }))
        .filter(({ line }) => !/^(\*|\/\/|\/\*)/.test(line) && implementationDefined.test(line)),
    );
    expect(found).toEqual([]);
  });

  it('never draws from Math.random', () => {
    expect(files.filter((file) => /Math\.random\s*\(/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });
});
