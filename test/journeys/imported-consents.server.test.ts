// An access that is at the bank already, taken over with real processes; and the same account under two consents.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { authorise, type Consent, create, createAccess, read, register } from './customer-journeys.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let registrationId: string;
let original: Consent;

beforeAll(async () => {
  house = await openHouse();
  registrationId = (await register(house, 'Sandbox_Hybrid')).Id;
  original = await createAccess(house, registrationId);
  await authorise(house, 'account-access', original);
});
afterAll(() => house.close());

async function importOriginal(AuthContext?: object): Promise<Consent> {
  await house.control('DELETE', '/requests');
  const { Id, ExternalApiId, Status } = await create(house, '/aisp/account-access-consents', {
    BankRegistrationId: registrationId,
    ExternalApiObject: { ExternalApiId: original.externalApiId, ...(AuthContext && { AuthContext }) },
  });
  expect(await house.control('GET', '/requests')).toEqual([]);
  expect(Status).toBe(AuthContext === undefined ? 'awaiting-authorisation' : 'authorised');
  return { id: Id, externalApiId: ExternalApiId };
}

const identities = async (consent: Consent) =>
  (await read(house, consent, '/aisp/accounts')).body.AccountIdentities.map(
    ({ Identity }: { Identity: string }) => Identity,
  );

it.each([
  ['authorised elsewhere', { State: 's', Nonce: 'n' }],
  ['authorised nowhere', undefined],
])('an access that was %s is read once its customer authorises it here', async (_, context) => {
  const imported = await importOriginal(context);
  expect(await read(house, imported, '/aisp/accounts')).toMatchObject({
    ...{ status: 409, body: { code: 'authorisation-needed' } },
  });
  await authorise(house, 'account-access', imported);
  expect((await read(house, imported, '/aisp/accounts')).status).toBe(200);
  // How it stands at the bank is learned by reading it.
  const { body } = await house.ask('GET', `/aisp/account-access-consents/${imported.id}`);
  expect(body).toMatchObject({ ExternalApiStatus: 'AUTH', ExternalApiId: original.externalApiId });
  expect(body.Permissions).toContain('ReadAccountsDetail');
});

it('a refresh token that is no good is found out by the first reader, who is told to send the customer', async () => {
  const imported = await importOriginal({ State: 's', Nonce: 'n', RefreshToken: 'not-one-of-the-banks' });
  expect(await read(house, imported, '/aisp/accounts')).toMatchObject({
    ...{ status: 409, body: { code: 'authorisation-needed' } },
  });
  const requests: { grantType?: string }[] = await house.control('GET', '/requests');
  expect(requests.map(({ grantType }) => grantType)).toContain('refresh_token');
});

it('accounts have the same identities under another consent', async () => {
  const another = await createAccess(house, registrationId);
  await authorise(house, 'account-access', another);
  await authorise(house, 'account-access', original);
  const found = await identities(original);
  expect(new Set(found).size).toBe(found.length);
  expect(found.length).toBeGreaterThan(0);
  expect(await identities(another)).toEqual(found);
});
