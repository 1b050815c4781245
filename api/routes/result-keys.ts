// GET /.well-known/jwks.json: the keys that verify what customers bring back.
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { type Api, addOperation } from '../operation.ts';
import { tag } from '../schemas/payment-journeys.ts';
import { resultKeySet } from '../signed-result.ts';

export const resultKeysPath = '/.well-known/jwks.json';

const KeySet = z.object({ keys: z.array(z.record(z.string(), z.string())) }).openapi('JsonWebKeySet', {
  description: 'RFC 7517. A key signs for 90 days and verifies for a day longer.',
});

export function addResultKeysRoute(api: Api, deps: Pick<ApiDeps, 'records'>): void {
  addOperation(
    api,
    {
      ...{ method: 'get', path: resultKeysPath, id: 'GetResultKeys', tag, status: 200, response: KeySet },
      summary: 'Read the keys that sign `paymentJourneyResult`, which customers bring to the return URL',
    },
    async (_, c) => c.json(await resultKeySet(deps)),
  );
}
