// How many requests a bank was answering at one moment.
import { expect, it } from 'vitest';
import { mostAtOnce } from '../../bench/bank-traffic.ts';

const request = (startMs: number, durationMs: number) => ({
  ...{ bank: 'any', path: '/accounts', durationMs },
  at: new Date(startMs).toISOString(),
});

it.each([
  ['none', [], 0],
  ['one after the other', [request(0, 10), request(10, 10), request(20, 5)], 1],
  ['some of them at once', [request(0, 30), request(10, 30), request(20, 5), request(50, 5)], 3],
])('%s', (_, requests, most) => {
  expect(mostAtOnce(requests)).toBe(most);
});
