// Confirmation of funds from end to end, at both of the sandbox's banks, on both versions, by real processes.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import { judgeOf } from '../standards/translation/judge.ts';
import {
  addSoftwareStatement,
  askedAccount,
  askFunds,
  authorise,
  bankOf,
  type Consent,
  createFundsConsent,
  delegate,
  type Profile,
  register,
  startAuthorisation,
} from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';

const consents = '/cbpii/funds-confirmation-consents';
const little = { Amount: '10.00', Currency: 'GBP' };
const dayMs = 24 * 60 * 60 * 1000;
const much = { Amount: '9999999.00', Currency: 'GBP' };

let house: House;
let statementId: string;
beforeAll(async () => {
  house = await openHouse();
  statementId = await addSoftwareStatement(house);
});
afterAll(() => house.close());

/** What the bank has seen, by its own log. */
async function seenAt(
  profile: Profile,
  pattern: RegExp,
): Promise<{ method: string; path: string; status: number }[]> {
  const requests = await house.control('GET', '/requests');
  return requests.filter(
    ({ bank, path }: Record<string, string>) => bank === bankOf[profile] && pattern.test(path ?? ''),
  );
}

// An independent validator, on the published documents: whichever version the bank speaks, callers read version 4.0.
const judgeConsent = judgeOf('v4.0', 'confirmation-funds', 'OBFundsConfirmationConsentResponse1');
const judgeAnswer = judgeOf('v4.0', 'confirmation-funds', 'OBFundsConfirmationResponse1');

const all: { profile: Profile; version: string; useV4: boolean }[] = [
  { profile: 'Sandbox_Hybrid', version: 'v4.0', useV4: true },
  { profile: 'Sandbox_Hybrid', version: 'v3.1', useV4: false },
  { profile: 'Sandbox_Jarm', version: 'v4.0', useV4: true },
  { profile: 'Sandbox_Jarm', version: 'v3.1', useV4: false },
];

describe.each(all)('$profile on $version', ({ profile, version, useV4 }) => {
  // Each bank in one version, each version at one bank: what remains hangs on either alone.
  const further = (name: string, test: () => Promise<void>) => {
    if (useV4 === (profile === 'Sandbox_Jarm')) it(name, test);
  };
  let registrationId: string;
  beforeAll(async () => {
    const registration = await register(house, profile, statementId, { CbpiiUseV4: useV4 });
    expect(registration).toMatchObject({ RegistrationScope: 'All', CbpiiUseV4: useV4 });
    registrationId = registration.Id;
  });

  const questions = new RegExp(`/${version}/cbpii/funds-confirmations$`);
  const creations = new RegExp(`/${version}/cbpii/funds-confirmation-consents$`);
  const statusAtBank = async ({ id }: Consent) =>
    (await house.ask('GET', `${consents}/${id}`)).body.ExternalApiResponse.Data.Status;

  async function authorised(): Promise<Consent> {
    const consent = await createFundsConsent(house, registrationId);
    await authorise(house, 'funds-confirmation', consent);
    return consent;
  }

  it('says yes and no under a consent that its customer has authorised', async () => {
    const consent = await createFundsConsent(house, registrationId);
    expect(await statusAtBank(consent)).toBe('AWAU');
    expect((await askFunds(house, consent, little)).body).toMatchObject({ code: 'authorisation-needed' });
    await authorise(house, 'funds-confirmation', consent);
    const read = await house.ask('GET', `${consents}/${consent.id}`);
    expect(read.body).toMatchObject({
      CreatedWithV4: useV4,
      ExternalApiResponse: {
        Data: { Status: 'AUTH', ConsentId: consent.externalApiId, DebtorAccount: askedAccount },
        Links: { Self: expect.stringMatching(new RegExp(`${consents}/${consent.id}$`)) },
      },
    });
    expect(read.body.Warnings).toBeUndefined();
    expect(judgeConsent(read.body.ExternalApiResponse)).toEqual([]);

    const before = (await seenAt(profile, questions)).length;
    const [yes, no] = [await askFunds(house, consent, little), await askFunds(house, consent, much)];
    expect([yes.status, no.status]).toEqual([201, 201]);
    expect(yes.body.ExternalApiResponse.Data).toMatchObject({
      ...{ ConsentId: consent.externalApiId, FundsAvailable: true },
      ...{ Reference: 'PURCHASE-7', InstructedAmount: little },
    });
    expect(no.body.ExternalApiResponse.Data.FundsAvailable).toBe(false);
    expect([yes.body.Warnings, no.body.Warnings]).toEqual([undefined, undefined]);
    for (const { body } of [yes, no]) expect(judgeAnswer(body.ExternalApiResponse)).toEqual([]);
    const seen = (await seenAt(profile, questions)).slice(before);
    expect(seen).toMatchObject([
      { method: 'POST', status: 201 },
      { method: 'POST', status: 201 },
    ]);
  });

  further('answers a repeated question from what was answered first, and asks the bank once', async () => {
    const consent = await authorised();
    const before = (await seenAt(profile, questions)).length;
    const key = { 'x-idempotency-key': randomUUID() };
    const first = await askFunds(house, consent, little, key);
    const second = await askFunds(house, consent, little, key);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect((await seenAt(profile, questions)).length - before).toBe(1);
    const other = await askFunds(house, consent, much, key);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency-key-reused' } });
  });

  further("hands on the bank's refusals: another currency, an account that it does not have", async () => {
    const consent = await authorised();
    const inEuros = await askFunds(house, consent, { Amount: '10.00', Currency: 'EUR' });
    expect(inEuros).toMatchObject({
      status: 400,
      body: { code: 'bank-rejected-request', bankErrorCodes: ['U023'] },
    });
    const DebtorAccount = { ...askedAccount, Identification: '1022289' };
    const body = { BankRegistrationId: registrationId, ExternalApiRequest: { Data: { DebtorAccount } } };
    const refused = await house.ask('POST', consents, body);
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'bank-rejected-request', bankErrorCodes: ['U021'] },
    });
  });

  further('keeps a consent that the bank will neither show nor delete', async () => {
    const consent = await authorised();
    for (const method of ['GET', 'DELETE']) {
      const operation = `${method} /funds-confirmation-consents/{ConsentId}`;
      const fault = { kind: 'status', status: 403 };
      await house.control('POST', '/faults', { bank: bankOf[profile], version, operation, times: 1, fault });
      const refused = await house.ask(method, `${consents}/${consent.id}`);
      expect(refused, method).toMatchObject({ status: 502, body: { code: 'client-refused' } });
    }
    await house.control('DELETE', '/faults');
    expect(await statusAtBank(consent)).toBe('AUTH');
    expect((await askFunds(house, consent, little)).status).toBe(201);
  });

  further('takes the no of a customer', async () => {
    const consent = await createFundsConsent(house, registrationId);
    const { AuthUrl } = await startAuthorisation(house, 'funds-confirmation', consent);
    const returned = redirectForm(await house.authorise(AuthUrl, { decision: 'deny' }));
    expect((await delegate(house, returned)).body.code).toBe('authorisation-refused');
    expect(await statusAtBank(consent)).toBe('RJCT');
  });

  further('lets the customer authorise the same consent again, and goes on with the new tokens', async () => {
    const consent = await authorised();
    const before = await house.ask('GET', `${consents}/${consent.id}`);
    const made = (await seenAt(profile, creations)).length;
    await house.moveClockMs(1000);
    await authorise(house, 'funds-confirmation', consent);
    const after = await house.ask('GET', `${consents}/${consent.id}`);
    expect(after.body.ExternalApiId).toBe(before.body.ExternalApiId);
    expect(after.body.AuthContextModified > before.body.AuthContextModified).toBe(true);
    expect((await askFunds(house, consent, little)).status).toBe(201);
    expect((await seenAt(profile, creations)).length).toBe(made);
  });

  further('is asked with a fresh token when the one before has ended', async () => {
    const consent = await authorised();
    await house.moveClockMs(301_000);
    expect((await askFunds(house, consent, little)).body.ExternalApiResponse.Data.FundsAvailable).toBe(true);
  });

  further('tells no more once the customer has withdrawn at the bank', async () => {
    const consent = await authorised();
    expect((await askFunds(house, consent, little)).status).toBe(201);
    await house.control('POST', '/psu/withdraw', {
      bank: bankOf[profile],
      consentId: consent.externalApiId,
    });
    expect(await statusAtBank(consent)).toBe('CANC');
    expect(await askFunds(house, consent, little)).toMatchObject({
      status: 409,
      body: { code: 'authorisation-needed' },
    });
  });

  further('answers in words of its own what the bank answers badly, and goes on afterwards', async () => {
    const spoil = (operation: string, shape: string) =>
      house.control('POST', '/faults', {
        ...{ bank: bankOf[profile], version, operation, times: 1 },
        fault: { kind: 'bad-answer', shape },
      });
    const one = '/funds-confirmation-consents/{ConsentId}';
    const invalid = { status: 502, body: { code: 'bank-response-invalid' } };

    await spoil('POST /funds-confirmation-consents', 'html-as-json');
    const ExternalApiRequest = { Data: { DebtorAccount: askedAccount } };
    const body = { BankRegistrationId: registrationId, ExternalApiRequest };
    expect(await house.ask('POST', consents, body)).toMatchObject(invalid);

    const consent = await authorised();
    await spoil(`GET ${one}`, 'cut-json');
    expect(await house.ask('GET', `${consents}/${consent.id}`)).toMatchObject(invalid);

    for (const shape of ['html-200', 'data-missing', 'required-missing', 'required-of-another-type']) {
      await spoil('POST /funds-confirmations', shape);
      expect(await askFunds(house, consent, little), shape).toMatchObject(invalid);
    }
    await spoil('POST /funds-confirmations', 'amount-malformed');
    const odd = await askFunds(house, consent, little);
    expect(odd).toMatchObject({ status: 201, body: { Warnings: [expect.stringContaining('Amount')] } });
    const fine = await askFunds(house, consent, little);
    expect([fine.status, fine.body.Warnings]).toEqual([201, undefined]);

    // Twice: the journey asks again, and finds that the bank does not know the consent any more.
    await spoil(`DELETE ${one}`, '502-page');
    expect((await house.ask('DELETE', `${consents}/${consent.id}`)).status).toBe(200);
    expect(await house.control('GET', '/faults')).toMatchObject(Array(8).fill({ hits: 1 }));
    await house.control('DELETE', '/faults');
  });

  further('leaves a question whose answer was lost to be asked again, under the same key', async () => {
    const consent = await authorised();
    const before = (await seenAt(profile, questions)).length;
    const key = { 'x-idempotency-key': randomUUID() };
    for (const kind of ['close-before', 'close-after']) {
      const operation = 'POST /funds-confirmations';
      await house.control('POST', '/faults', { operation, bank: bankOf[profile], times: 1, fault: { kind } });
      const lost = await askFunds(house, consent, little, key);
      expect(lost, kind).toMatchObject({ status: 502, body: { code: 'bank-unavailable' } });
    }
    await house.control('DELETE', '/faults');
    expect((await askFunds(house, consent, little, key)).status).toBe(201);
    // Nothing was asked a second time by itself: the bank may have heard it.
    expect((await seenAt(profile, questions)).length - before).toBe(3);
  });

  it.runIf(profile === 'Sandbox_Jarm' && useV4)(
    'is told by the bank that a withdrawn consent takes no other authorisation',
    async () => {
      const consent = await authorised();
      const withdrawal = { bank: bankOf[profile], consentId: consent.externalApiId };
      await house.control('POST', '/psu/withdraw', withdrawal);
      const body = { FundsConfirmationConsentId: consent.id };
      const refused = await house.ask('POST', '/cbpii/funds-confirmation-consent-auth-contexts', body);
      expect(refused).toMatchObject({ status: 400, body: { code: 'bank-rejected-request' } });
    },
  );

  it('forgets a consent that is deleted, here and at the bank', async () => {
    const consent = await authorised();
    expect((await house.ask('DELETE', `${consents}/${consent.id}`)).status).toBe(200);
    expect((await house.ask('GET', `${consents}/${consent.id}`)).body.code).toBe('not-found');
    expect((await askFunds(house, consent, little)).body.code).toBe('not-found');
    const seen = await seenAt(profile, new RegExp(`/${version}/cbpii/.*/${consent.externalApiId}$`));
    expect(seen.filter(({ method }) => method === 'DELETE')).toMatchObject([{ status: 204 }]);
  });

  further('lists what there is', async () => {
    const consent = await createFundsConsent(house, registrationId);
    const { body } = await house.ask('GET', `${consents}?limit=200`);
    const listed = body.Data.find(({ Id }: { Id: string }) => Id === consent.id);
    expect(listed).toMatchObject({ ExternalApiId: consent.externalApiId, CreatedWithV4: useV4 });
  });
});

describe('a registration', () => {
  it('for confirmation of funds alone is all that it takes', async () => {
    const scope = { RegistrationScope: 'FundsConfirmation' };
    const own = await register(house, 'Sandbox_Jarm', await addSoftwareStatement(house), scope);
    expect(own.RegistrationScope).toBe('FundsConfirmation');
    const consent = await createFundsConsent(house, own.Id);
    await authorise(house, 'funds-confirmation', consent);
    expect((await askFunds(house, consent, little)).status).toBe(201);
  });

  it('for something else gets no token for it', async () => {
    const scope = { RegistrationScope: 'AccountAndTransaction' };
    const other = await register(house, 'Sandbox_Jarm', await addSoftwareStatement(house), scope);
    const ExternalApiRequest = { Data: { DebtorAccount: askedAccount } };
    const body = { BankRegistrationId: other.Id, ExternalApiRequest };
    const refused = await house.ask('POST', consents, body);
    const invalidScope = { code: 'bank-rejected-request', bankErrorCodes: ['invalid_scope'] };
    expect(refused).toMatchObject({ status: 400, body: invalidScope });
  });
});

describe('version 3.1', () => {
  it('has no form for an account that is named by proxy, which is said before the bank is asked', async () => {
    const { Id } = await register(house, 'Sandbox_Hybrid', statementId, { CbpiiUseV4: false });
    const DebtorAccount = { ...askedAccount, Proxy: { Code: 'TELE', Identification: '+44-7700900000' } };
    const body = { BankRegistrationId: Id, ExternalApiRequest: { Data: { DebtorAccount } } };
    const refused = await house.ask('POST', consents, body);
    expect(refused).toMatchObject({ status: 422, body: { code: 'not-translatable' } });
    expect(Object.keys(refused.body.errors)).toEqual(['ExternalApiRequest.Data.DebtorAccount.Proxy']);
  });

  it('is left with the registration, for consents that were made on it as well', async () => {
    const { Id } = await register(house, 'Sandbox_Hybrid', statementId, { CbpiiUseV4: false });
    const consent = await createFundsConsent(house, Id);
    await authorise(house, 'funds-confirmation', consent);
    const path = `/manage/bank-registrations/${Id}`;
    const headers = { 'x-obc-exclude-external-api-operation': 'true' };
    const changed = await house.ask('PUT', path, { CbpiiUseV4: true }, headers);
    expect(changed, JSON.stringify(changed.body)).toMatchObject({ status: 200, body: { CbpiiUseV4: true } });
    const inVersion4 = /\/v4\.0\/cbpii\/funds-confirmations$/;
    const before = (await seenAt('Sandbox_Hybrid', inVersion4)).length;
    expect((await askFunds(house, consent, little)).status).toBe(201);
    expect((await seenAt('Sandbox_Hybrid', inVersion4)).length - before).toBe(1);
    const read = await house.ask('GET', `${consents}/${consent.id}`);
    expect(read.body.ExternalApiResponse.Data.Status).toBe('AUTH');
    expect((await house.ask('DELETE', `${consents}/${consent.id}`)).status).toBe(200);
    const seen = await seenAt('Sandbox_Hybrid', new RegExp(`/v4.0/cbpii/.*/${consent.externalApiId}$`));
    expect(seen.at(-1)).toMatchObject({ method: 'DELETE', status: 204 });
  });
});

it('a consent that comes to its end is of no more use, here as at the bank', async () => {
  const { Id } = await register(house, 'Sandbox_Hybrid', statementId);
  const { now } = await house.control('GET', '/clock');
  const end = new Date(Date.parse(now) + 2 * dayMs).toISOString();
  const consent = await createFundsConsent(house, Id, end);
  await authorise(house, 'funds-confirmation', consent);
  expect((await askFunds(house, consent, little)).status).toBe(201);
  await house.moveClockMs(2 * dayMs + 1000);
  await eventually(async () => {
    expect((await askFunds(house, consent, little)).body.code).toBe('consent-not-usable');
  });
  const read = await house.ask('GET', `${consents}/${consent.id}`);
  expect(read.body.ExternalApiResponse.Data).toMatchObject({ Status: 'EXPD' });
});
