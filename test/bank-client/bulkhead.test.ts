// Places at a bank, and who gets the next one.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBulkhead } from '../../bank-client/bulkhead.ts';

const forMs = 2_000;

describe('a bulkhead', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('gives as many places as there are, each name its own', () => {
    const { enter } = createBulkhead({ perPlace: 0, forMs });
    expect([enter('a', 2), enter('a', 2)]).toEqual([expect.any(Function), expect.any(Function)]);
    expect(enter('a', 2)).toBeUndefined();
    expect(enter('b', 2)).toEqual(expect.any(Function));
  });

  it('hands a place on to whoever has waited longest', async () => {
    const { enter } = createBulkhead({ perPlace: 2, forMs });
    const leave = await enter('a', 1);
    const entered: string[] = [];
    const waiting = ['first', 'second'].map(async (name) => {
      const leaveLater = await enter('a', 1);
      entered.push(name);
      return leaveLater;
    });
    expect(enter('a', 1)).toBeUndefined(); // two wait already
    leave?.();
    const leaveFirst = await waiting[0];
    expect(entered).toEqual(['first']);
    leaveFirst?.();
    expect(await waiting[1]).toEqual(expect.any(Function));
    expect(entered).toEqual(['first', 'second']);
  });

  it('lets nobody wait longer than that, and keeps no place for who has gone', async () => {
    const { enter } = createBulkhead({ perPlace: 5, forMs });
    const leave = await enter('a', 1);
    const gone = enter('a', 1);
    await vi.advanceTimersByTimeAsync(forMs);
    expect(await gone).toBeUndefined();
    const stays = enter('a', 1);
    leave?.();
    expect(await stays).toEqual(expect.any(Function));
  });

  it('has all its places again when everybody has left', async () => {
    const { enter } = createBulkhead({ perPlace: 1, forMs });
    for (let round = 0; round < 3; round++) {
      const places = [enter('a', 2), enter('a', 2), enter('a', 2)];
      for (const place of places) (await place)?.();
      expect(places).toHaveLength(3);
    }
    const all = [enter('a', 2), enter('a', 2)];
    expect(all).toEqual([expect.any(Function), expect.any(Function)]);
  });
});
