import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Files are independent, and much of their time goes to programs that they start: every core is used.
    maxWorkers: '100%',
    testTimeout: 60_000,
    setupFiles: ['test/setup.ts'],
  },
});
