// Three suites: quick (starts no server), server (Postgres, Temporal, the sandbox bank, whole processes) and browser.
import { defineConfig } from 'vitest/config';

const servers = { globalSetup: ['test/setup/servers.ts'], testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.server.test.ts', 'test/**/*.browser.test.ts'],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'server', include: ['test/**/*.server.test.ts'], ...servers } },
      { test: { name: 'browser', include: ['test/**/*.browser.test.ts'], ...servers } },
    ],
  },
});
