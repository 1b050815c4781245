// Identities of accounts stand beside the bank's answer, for those accounts that can be told from others.
import { describe, expect, it } from 'vitest';
import { fakeApi } from './fake-api.ts';
import { bankApi, consentId } from './stories.ts';

const identified = (Identification: string) => [
  { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification, Name: 'A' },
];

async function read(path: string, body: object) {
  const { send, bankReads } = fakeApi();
  bankReads.readUnderConsent = async () => ({ body, interactionId: null, url: `${bankApi}/x`, warnings: [] });
  const { json } = await send('GET', path, { headers: { 'x-obc-account-access-consent-id': consentId } });
  return json;
}

describe('account identities', () => {
  it('are those of the accounts that can be told from others, whatever the bank calls them', async () => {
    const one = { Data: { Account: [{ AccountId: 'a', Account: identified('20000319825731') }] } };
    const same = [{ AccountId: 'b', Account: identified('20000319825731') }, { AccountId: 'c' }];
    const first = await read('/aisp/accounts', one);
    expect(first.ExternalApiResponse).toEqual(one);
    expect(first.AccountIdentities).toEqual([{ AccountId: 'a', Identity: expect.any(String) }]);
    const second = await read('/aisp/accounts/b', { Data: { Account: same } });
    const [{ Identity }] = first.AccountIdentities as [{ Identity: string }];
    expect(second.AccountIdentities).toEqual([{ AccountId: 'b', Identity }]);
  });

  it.each([
    ['/aisp/accounts', {}],
    ['/aisp/accounts', { Data: { Account: [{ AccountId: 'a' }] } }],
    ['/aisp/accounts', { Data: { Account: [{ AccountId: 'a', Account: [{ SchemeName: 5 }, null] }, 7] } }],
    ['/aisp/accounts', { Data: { Account: 'none' } }],
    ['/aisp/balances', { Data: { Account: [{ AccountId: 'a', Account: identified('20000319825731') }] } }],
  ])('are left out of %s where there are none: %j', async (path, body) => {
    expect(await read(path, body)).not.toHaveProperty('AccountIdentities');
  });
});
