// The three journeys from end to end, at both of the sandbox's banks, by real processes.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../embedded/free-port.ts';
import {
  authorise,
  bankOf,
  create,
  createAccess,
  createPaymentConsent,
  executedPayments,
  type Profile,
  read,
  register,
  submitPayment,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, houseOf, openHouse } from './house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

describe.each<Profile>(['Sandbox_Hybrid', 'Sandbox_Jarm'])('%s', (profile) => {
  let registrationId: string;

  it('registers us, tells what it knows of us, and answers the same to the same key', async () => {
    const registration = await register(house, profile);
    registrationId = registration.Id;
    expect(registration).toMatchObject({
      BankProfile: profile,
      TokenEndpointAuthMethod: profile === 'Sandbox_Jarm' ? 'TlsClientAuth' : 'PrivateKeyJwt',
      RegistrationScope: 'All',
    });
    const known = await house.ask('GET', `/manage/bank-registrations/${registrationId}`);
    expect(known.body.ExternalApiResponse).toMatchObject({ client_id: registration.ExternalApiId });
  });

  it('gives access to accounts, balances and transactions, page by page', async () => {
    const consent = await createAccess(house, registrationId);
    await authorise(house, 'account-access', consent);
    const accounts = await read(house, consent, '/aisp/accounts');
    expect(accounts.status).toBe(200);
    const [account] = accounts.body.ExternalApiResponse.Data.Account;
    const balances = await read(house, consent, `/aisp/accounts/${account.AccountId}/balances`);
    expect(balances.body.ExternalApiResponse.Data.Balance.length).toBeGreaterThan(0);
    const first = await read(house, consent, `/aisp/accounts/22289/transactions`);
    expect(first.body.ExternalApiResponse.Data.Transaction.length).toBeGreaterThan(0);
    const next = await read(house, consent, first.body.ExternalApiResponse.Links.Next);
    expect(next.status).toBe(200);
    expect(next.body.ExternalApiResponse.Data.Transaction).not.toEqual(
      first.body.ExternalApiResponse.Data.Transaction,
    );
  });

  it('refreshes once, however many readers and processes find the token expired', async () => {
    const consent = await createAccess(house, registrationId);
    await authorise(house, 'account-access', consent);
    const before = await refreshesOf(profile);
    await house.moveClockMs(301_000);
    const second = await otherApi();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, reader) =>
        read(reader % 2 === 0 ? house : second, consent, '/aisp/accounts'),
      ),
    );
    await second.close();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await refreshesOf(profile)) - before).toBe(1);
    await house.moveClockMs(301_000);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
    expect((await refreshesOf(profile)) - before).toBe(2);
  });

  it('forgets a consent that is deleted, here and at the bank', async () => {
    const consent = await createAccess(house, registrationId);
    await authorise(house, 'account-access', consent);
    expect((await house.ask('DELETE', `/aisp/account-access-consents/${consent.id}`)).status).toBe(200);
    expect((await read(house, consent, '/aisp/accounts')).body.code).toBe('not-found');
    const requests = await house.control('GET', '/requests');
    const deletions = requests.filter(
      ({ bank, method, path }: Record<string, string>) =>
        bank === bankOf[profile] && method === 'DELETE' && path?.includes(consent.externalApiId),
    );
    expect(deletions).toMatchObject([{ status: 204 }]);
  });

  it('takes one payment, whatever is asked again, and follows it until it has arrived', async () => {
    const consent = await createPaymentConsent(house, registrationId);
    await authorise(house, 'domestic-payment', consent);
    const funds = await house.ask('GET', `/pisp/domestic-payment-consents/${consent.id}/funds-confirmation`);
    expect(funds.body.ExternalApiResponse.Data.FundsAvailableResult.FundsAvailable).toBe(true);

    const key = { 'x-idempotency-key': randomUUID() };
    const answers = await Promise.all([1, 2, 3, 4].map(() => submitPayment(house, consent, key)));
    answers.push(await submitPayment(house, consent, key), await submitPayment(house, consent));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201, 201]);
    const ids = answers.map(({ body }) => body.ExternalApiResponse.Data.DomesticPaymentId);
    expect(new Set(ids).size).toBe(1);

    await eventually(async () => {
      const payment = await house.ask('GET', `/pisp/domestic-payments/${ids[0]}`);
      expect(payment.body.ExternalApiResponse.Data.Status).toBe('ACCC');
    });
    expect(await executedPayments(house, profile, consent)).toBe(1);
  });

  it('forgets us when the registration is deleted, and the bank does too', async () => {
    const registration = await register(house, profile);
    const path = `/manage/bank-registrations/${registration.Id}`;
    const headers = { 'x-obc-exclude-external-api-operation': 'false' };
    expect((await house.ask('DELETE', path)).status).toBe(400); // it has to be said whether the bank is told
    expect((await house.ask('DELETE', path, undefined, headers)).status).toBe(200);
    expect((await house.ask('GET', path)).body.code).toBe('not-found');
    const requests = await house.control('GET', '/requests');
    const deletions = requests.filter(
      (request: Record<string, string>) =>
        request.method === 'DELETE' && request.path === `/register/${registration.ExternalApiId}`,
    );
    expect(deletions).toMatchObject([{ status: 204 }]);
  });
});

it('creates are answered the same for the same idempotency key, and refused for another body', async () => {
  const { Id: BankRegistrationId } = await register(house, 'Sandbox_Hybrid');
  const headers = { 'x-idempotency-key': randomUUID() };
  const body = { BankRegistrationId, TemplateRequest: { Type: 'MaximumPermissions' } };
  const first = await create(house, '/aisp/account-access-consents', body, headers);
  const second = await create(house, '/aisp/account-access-consents', body, headers);
  expect(second.Id).toBe(first.Id);
  const other = { ...body, Reference: 'another' };
  const refused = await house.ask('POST', '/aisp/account-access-consents', other, headers);
  expect(refused).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
});

/** Another API process of the same installation. */
async function otherApi(): Promise<House> {
  const { everything } = house;
  const [API_PORT, PUBLIC_PORT] = [String(await freePort()), String(await freePort())];
  const api = await everything.start('api', { API_PORT, PUBLIC_PORT });
  const seen = { ...everything, roles: { ...everything.roles, api }, stop: api.stop };
  return houseOf(seen, house.folder);
}

async function refreshesOf(profile: Profile): Promise<number> {
  const requests = await house.control('GET', '/requests');
  return requests.filter(
    ({ bank, grantType }: Record<string, string>) =>
      bank === bankOf[profile] && grantType === 'refresh_token',
  ).length;
}
