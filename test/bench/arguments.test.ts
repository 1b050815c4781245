// What `npm run bench` makes of its arguments, without measuring anything.
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['bench/run.ts', ...args], { encoding: 'utf8' });

it.each([
  { what: 'nothing', args: [] },
  { what: 'an unknown name', args: ['everything'] },
  { what: 'a name that every object has', args: ['toString'] },
  { what: 'two names', args: ['read-path', 'journeys'] },
])('says what can be measured when asked for $what', ({ args }) => {
  const { status, stdout, stderr } = bench(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe(
    'Say what to measure: read-path, paging, journeys, bank-profiles, refresh-storm, cold-start.\n',
  );
});

it('names an option that it does not know', () => {
  const { status, stdout, stderr } = bench('read-path', '--jsn');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain("Unknown option '--jsn'");
});
