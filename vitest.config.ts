import { defineConfig, type Plugin } from 'vitest/config';

/** Threads run `.built-workers`, which `test/built-workers.ts` makes anew for every run of the tests. */
const builtWorkers: Plugin = {
  name: 'built-workers',
  enforce: 'pre',
  transform(code, id) {
    const source = /(?<=new URL\(')[./a-z]*\/([a-z-]*worker)\.ts(?=', import\.meta\.url\))/g;
    const built = (name: string) => new URL(`.built-workers/${name}.js`, import.meta.url).href;
    if (!id.endsWith('.ts') || !source.test(code)) return undefined;
    return { code: code.replace(source, (_, name: string) => built(name)), map: null };
  },
};

/** Files that replace modules, or start programs in a folder of their own, have their modules for themselves. */
const alone = [
  'test/{cli,packed,queue}/**/*.test.ts',
  'test/evolve/habitats.test.ts',
  'test/store/failing-disk.test.ts',
];

export default defineConfig({
  plugins: [builtWorkers],
  test: {
    // Much of the time goes to programs that tests start: every core is used.
    maxWorkers: '100%',
    testTimeout: 60_000,
    globalSetup: ['test/built-workers.ts'],
    setupFiles: ['test/setup.ts'],
    projects: [
      { extends: true, test: { name: 'alone', include: alone } },
      {
        extends: true,
        // Modules are loaded once for all files of a process.
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: alone, isolate: false },
      },
    ],
  },
});
