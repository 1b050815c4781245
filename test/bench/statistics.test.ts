// The statistics and CPU counters that the figures rest on.
import { expect, it } from 'vitest';
import { cpuMs, treeCpuMs } from '../../bench/cpu-time.ts';
import { median, quantile, rounded } from '../../bench/statistics.ts';

it('takes the middle one by size, not by place', () => {
  expect(median([9, 1, 100, 3, 2])).toBe(3);
});

it('takes the mean of the two in the middle when there are two', () => {
  expect(median([9, 1, 4, 3])).toBe(3.5);
});

it('takes the value that one in a hundred exceeds', () => {
  const values = Array.from({ length: 1_000 }, (_, index) => index);
  expect(quantile(values, 0.99)).toBe(990);
  expect(quantile([7], 0.99)).toBe(7);
});

it('has no median of nothing', () => {
  expect(median([])).toBeNaN();
});

it('rounds to the digits asked for', () => {
  expect([rounded(1.2346), rounded(1.2346, 3), rounded(1608.4, 0)]).toEqual([1.23, 1.235, 1608]);
});

it.runIf(process.platform === 'linux')('counts the CPU that a process itself says it has used', () => {
  const { user, system } = process.cpuUsage();
  const saidMs = (user + system) / 1000;
  // The kernel counts in hundredths of a second, user and system apart; children waited for come on top.
  expect(cpuMs(process.pid)).toBeGreaterThanOrEqual(saidMs - 20);
  const ownMs = cpuMs(process.pid);
  expect(treeCpuMs(process.pid)).toBeGreaterThanOrEqual(ownMs);
});
