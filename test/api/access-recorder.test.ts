// Access records on their way to the store: together, soon, and none lost to a database that is away for a while.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAccessRecorder } from '../../api/bank-reads/access-recorder.ts';
import { StatementRefused, StoreUnavailable } from '../../store/store-error.ts';
import { newAccessRecord } from '../store/records.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp({ atOnce = 3, maxWaiting = 6 } = {}) {
  const story = {
    written: [] as string[],
    lost: 0,
    logged: 0,
    refuse: (_ids: string[]): Error | undefined => undefined,
  };
  const recorder = createAccessRecorder({
    ...{ everyMs: 500, atOnce, maxWaiting },
    write: async (tenant, records) => {
      const ids = records.map(({ id }) => id);
      const error = story.refuse(ids);
      if (error !== undefined) throw error;
      story.written.push(`${tenant}: ${ids.join(' ')}`);
    },
    metrics: {
      accessRecordsLost: (count) => {
        story.lost += count;
      },
    },
    log: {
      error: () => {
        story.logged += 1;
      },
    },
  });
  const record = (ids: string, tenant = 'default') => {
    for (const id of ids) recorder.record(tenant, newAccessRecord('consent', { id }));
  };
  return { recorder, record, story };
}

const isAway = () => new StoreUnavailable('57P01');

describe('access records', () => {
  it('are written together, half a second after the first of them', async () => {
    const { record, story } = setUp();
    record('a');
    await vi.advanceTimersByTimeAsync(300);
    record('b');
    await vi.advanceTimersByTimeAsync(199);
    expect(story.written).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(story.written).toEqual(['default: a b']);
    record('c');
    await vi.advanceTimersByTimeAsync(500);
    expect(story.written).toEqual(['default: a b', 'default: c']);
  });

  it('are so many in one statement and no more, of one tenant', async () => {
    const { record, story } = setUp();
    record('abcd');
    record('e', 'other');
    record('f');
    await vi.advanceTimersByTimeAsync(500);
    expect(story.written).toEqual(['default: a b c', 'default: d', 'other: e', 'default: f']);
  });

  it('wait, in their order, for a database that is away', async () => {
    const { record, story } = setUp();
    story.refuse = isAway;
    record('abcd');
    await vi.advanceTimersByTimeAsync(1_000);
    record('e');
    story.refuse = () => undefined;
    await vi.advanceTimersByTimeAsync(500);
    expect([story.written, story.lost]).toEqual([['default: a b c', 'default: d e'], 0]);
  });

  it('are lost, the oldest first and counted, when too many wait', async () => {
    const { record, story } = setUp();
    story.refuse = isAway;
    record('abcdefgh');
    await vi.advanceTimersByTimeAsync(500);
    record('i');
    story.refuse = () => undefined;
    await vi.advanceTimersByTimeAsync(500);
    expect(story.written).toEqual(['default: c d e', 'default: f g h', 'default: i']);
    expect(story.lost).toBe(2);
  });

  it('are lost alone when what is in one is refused', async () => {
    const { record, story } = setUp({ atOnce: 8 });
    story.refuse = (ids) =>
      ids.includes('c') ? new StatementRefused('22P05', undefined, undefined) : undefined;
    record('abcde');
    await vi.advanceTimersByTimeAsync(500);
    expect(story.written).toEqual(['default: a b', 'default: d e']);
    expect([story.lost, story.logged]).toEqual([1, 1]);
  });

  it('are written by a process that is stopped, those included that come while it writes', async () => {
    const { recorder, record, story } = setUp();
    record('a');
    story.refuse = () => {
      story.refuse = () => undefined;
      record('b');
      return undefined;
    };
    await recorder.close();
    expect([story.written, story.lost, vi.getTimerCount()]).toEqual([['default: a', 'default: b'], 0, 0]);
  });

  it('are counted as lost by a process that is stopped while the database is away', async () => {
    const { recorder, record, story } = setUp();
    story.refuse = isAway;
    record('ab');
    await recorder.close();
    expect([story.lost, vi.getTimerCount()]).toEqual([2, 0]);
  });
});
