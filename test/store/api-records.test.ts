import { describe, expectTypeOf, it } from 'vitest';
import type { ReadContexts } from '../../api/bank-reads/fresh-token.ts';
import type { ApiRecords } from '../../api/records.ts';
import type { ClientVersion } from '../../store/read-access.ts';
import type { ReadAccessCache } from '../../store/read-access-cache.ts';
import type { Store } from '../../store/store.ts';

describe('the store', () => {
  it('offers all that the API asks of it', () => {
    expectTypeOf<Store>().toExtend<ApiRecords>();
    expectTypeOf<ReadAccessCache>().toExtend<ReadContexts<ClientVersion>>();
  });
});
