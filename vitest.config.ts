// Three suites: quick (starts no server), server (Postgres, Temporal, the sandbox bank, whole processes) and browser.
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const servers = { globalSetup: ['test/setup/servers.ts'], testTimeout: 60_000, hookTimeout: 120_000 };

/** What takes longest begins first: at the end it would run alone, beside a core with nothing to do. */
const long = [
  'short-storm',
  'matrix',
  'bad-answers',
  'bad-days',
  'figures',
  'broken-builds',
  'quirk-twins',
  'every-payment',
  'killed-workers',
];
const rank = ({ moduleId }: TestSpecification) => {
  const at = long.findIndex((name) => moduleId.endsWith(`/${name}.server.test.ts`));
  return at === -1 ? long.length : at;
};
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
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
