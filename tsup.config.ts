import { defineConfig } from 'tsup';

/**
 * chartjs-node-canvas looks its canvas up by a computed `require.resolve`, which no bundler can follow. In the bundle it
 * requires ours by name.
 */
const chartsFindTheirCanvas = {
  name: 'charts-find-their-canvas',
  setup(build: {
    onLoad(options: { filter: RegExp }, load: () => { contents: string; loader: 'js' }): void;
  }) {
    build.onLoad({ filter: /chartjs-node-canvas[\\/]dist[\\/]freshRequire\.js$/ }, () => ({
      contents: "exports.freshRequire = () => require('canvas');",
      loader: 'js',
    }));
  },
};

// Flat entries keep `new URL('./worker.js', import.meta.url)` right for whoever starts the worker pool.
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    testing: 'src/testing.ts',
    cli: 'src/cli/main.ts',
    worker: 'src/evaluate/worker.ts',
  },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  clean: true,
  splitting: true,
  sourcemap: true,
  dts: { entry: { index: 'src/index.ts', testing: 'src/testing.ts' } },
  esbuildPlugins: [chartsFindTheirCanvas],
  // Bundled CommonJS asks for a `require`, which modules do not have.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
