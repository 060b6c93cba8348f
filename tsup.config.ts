import { defineConfig } from 'tsup';

// Flat entries keep `new URL('./worker.js', import.meta.url)` right for whoever starts the worker pool.
export default defineConfig({
  entry: { index: 'src/index.ts', cli: 'src/cli/main.ts', worker: 'src/evaluate/worker.ts' },
  format: 'esm',
  target: 'node20',
  platform: 'node',
  clean: true,
  splitting: true,
  sourcemap: true,
  dts: { entry: { index: 'src/index.ts' } },
});
