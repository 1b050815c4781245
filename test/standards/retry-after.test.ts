import { expect, it } from 'vitest';
import { retryAfterMs } from '../../standards/retry-after.ts';

const nowMs = Date.parse('2026-11-20T12:00:00Z');

it.each([
  ['17', 17_000],
  ['0', 0],
  ['Fri, 20 Nov 2026 12:00:30 GMT', 30_000],
  ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
  ['soon', undefined],
  [undefined, undefined],
])('Retry-After %s is %s ms', (header, expected) => {
  expect(retryAfterMs(header, nowMs)).toBe(expected);
});
