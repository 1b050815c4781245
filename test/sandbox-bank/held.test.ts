// Requests that are held at the bank, as tests wait for them.
import { expect, it } from 'vitest';
import { HeldRequests } from '../../sandbox-bank/control/held.ts';

const request = { bank: 'hybrid', method: 'GET', path: '/accounts', acted: false };

it('whoever waits for one is told as soon as it is held', async () => {
  const held = new HeldRequests();
  const waiting = held.listWithin(60_000);
  void held.hold(request, () => false);
  expect(await waiting).toEqual([{ id: '1', ...request, isGone: false }]);
  expect(await held.listWithin(60_000)).toHaveLength(1);
});

it('nobody waits for longer than they want to', async () => {
  expect(await new HeldRequests().listWithin(1)).toEqual([]);
});

it('one whose client has gone says so, and is let go all the same', async () => {
  const held = new HeldRequests();
  let isGone = false;
  const released = held.hold(request, () => isGone);
  isGone = true;
  expect(held.list()).toMatchObject([{ isGone: true }]);
  expect(held.release('1', 'close')).toBe(true);
  expect(await released).toBe('close');
  expect(held.list()).toEqual([]);
});
