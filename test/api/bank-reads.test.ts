// Reads put together: version, token and connection of each call, kept connections, and what is measured.

import { describe, expect, it } from 'vitest';
import {
  type BankCall,
  type ClientVersion,
  createBankReads,
  type ReadingBank,
} from '../../api/bank-reads/create-bank-reads.ts';
import type { ReadContext } from '../../api/bank-reads/fresh-token.ts';
import type { BankCallMeasurement } from '../../api/metrics.ts';
import { BankError } from '../../bank-client/bank-error.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { confirmationOfFunds } from '../../standards/uk-open-banking/confirmation-of-funds.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';

type Access = ReadContext<ClientVersion>;

const nowMs = 1_000_000;
const notExpected = () => Promise.reject(new Error('a read with the customer does not count'));

function setUp(changes: Partial<Access> = {}, clientChanges: Partial<ClientVersion> = {}) {
  const client: ClientVersion = {
    ...{
      registrationId: 'r',
      aispUseV4: true,
      revision: 1,
      obWacCertificateId: 'w',
      obSealCertificateId: 's',
    },
    ...clientChanges,
  };
  const access: Access = {
    ...{ family: 'account-access', status: 'authorised', bankProfile: 'Sandbox_Hybrid' },
    ...{ externalApiId: 'bank-consent-1', createdWithV4: true, connection: client, confirmedAtMs: nowMs },
    grant: { version: 1, accessToken: 'token-1', expiresAtMs: nowMs + 60_000 },
    ...changes,
  };
  const story = {
    calls: [] as BankCall[],
    connections: 0,
    measured: [] as BankCallMeasurement[],
    isRegistered: true,
    isCurrent: true,
    answer: async () => ({ body: {}, interactionId: null, url: 'https://bank/x' }),
  };
  const bank: ReadingBank = {
    ...{ bankProfile: 'Sandbox_Hybrid', aispUseV4: false, pispUseV4: true, cbpiiUseV4: false },
    unattendedReadsPerDay: 4,
    writeRequest: (resource, version, body) => `${resource} ${version} ${body}`,
    call: async (call) => {
      story.calls.push(call);
      return story.answer();
    },
    openFile: async (call) => {
      story.calls.push(call);
      return { headers: {}, interactionId: 'i', body: new ReadableStream() };
    },
    readRegistration: async () => ({ body: { client_id: 'c' }, interactionId: null, url: 'https://bank/r' }),
    authorisationTerms: () => ({
      redirectUri: 'https://tpp/',
      redirectMode: 'fragment',
      expectsIdToken: true,
    }),
    authorisationAddress: async ({ state }) => `https://bank/auth?state=${state}`,
  };
  const load = async () => ({ ...access, connection: { ...client } });
  const reads = createBankReads({
    contexts: { loadForRead: load, loadAnew: load },
    connect: async () => {
      story.connections += 1;
      return story.isRegistered
        ? { stamp: { ...client }, isCurrent: () => story.isCurrent, bank }
        : undefined;
    },
    unattendedReads: { claim: notExpected, giveBack: notExpected },
    journeys: { refreshGrant: async (_, fromVersion) => ({ version: fromVersion + 1 }) },
    clock: { nowMs: () => nowMs, now: () => new Date(nowMs) },
    metrics: { bankCalled: (call) => void story.measured.push(call) },
  });
  return { reads, story, client, bank };
}

const read = {
  ...({ consentId: 'c', family: 'account-access', endpoint: accountInformation.getAccount } as const),
  ...{ params: { AccountId: 'a' }, query: 'x=1', customerIpAddress: '10.0.0.1' },
};

describe('a read under a consent', () => {
  it.each([
    [true, 'v4.0'],
    [false, 'v3.1'],
  ])("is made with the customer's token, in the registration's version (%s)", async (aispUseV4, version) => {
    const { reads, story } = setUp({}, { aispUseV4 });
    await reads.readUnderConsent('default', read);
    const { endpoint, params, query, customerIpAddress } = read;
    expect(story.calls).toEqual([
      { endpoint, params, query, customerIpAddress, accessToken: 'token-1', version },
    ]);
  });

  it("of a payment names the consent, in the consent's version", async () => {
    const { reads, story } = setUp({ family: 'domestic-payment', createdWithV4: false });
    const endpoint = paymentInitiation.getDomesticPaymentFundsConfirmation;
    await reads.readUnderConsent('default', { ...read, family: 'domestic-payment', endpoint, params: {} });
    expect(story.calls).toMatchObject([{ version: 'v3.1', params: { ConsentId: 'bank-consent-1' } }]);
  });

  it.each([
    [true, false, 'v4.0'],
    [false, false, 'v3.1'],
    [false, true, 'v4.0'],
  ])(
    'that asks about funds has a body, and goes from version 3 to 4 with its registration: %s, %s',
    async (createdWithV4, cbpiiUseV4, version) => {
      const { reads, story, bank } = setUp({ family: 'funds-confirmation', createdWithV4 });
      bank.cbpiiUseV4 = cbpiiUseV4;
      await reads.readUnderConsent('default', {
        ...({ consentId: 'c', family: 'funds-confirmation', params: {}, query: '' } as const),
        ...{ endpoint: confirmationOfFunds.createFundsConfirmation, customerIpAddress: undefined },
        question: { resource: 'fundsConfirmation', body: { Data: {} } },
      });
      const body = `fundsConfirmation ${version} {"Data":{}}`;
      expect(story.calls).toMatchObject([{ version, accessToken: 'token-1', body }]);
    },
  );

  it.each([{ revision: 2 }, { obWacCertificateId: 'w2' }, { obSealCertificateId: 's2' }])(
    'keeps its connection until something about it changes: %s',
    async (change) => {
      const { reads, story, client } = setUp();
      await reads.readUnderConsent('default', read);
      await reads.readUnderConsent('default', read);
      expect(story.connections).toBe(1);
      Object.assign(client, change);
      await reads.readUnderConsent('default', read);
      await reads.readUnderConsent('default', read);
      expect(story.connections).toBe(2);
    },
  );

  it('does not keep a connection that is not there', async () => {
    const { reads, story } = setUp();
    story.isRegistered = false;
    await expect(reads.readUnderConsent('default', read)).rejects.toMatchObject({
      code: 'registration-not-usable',
    });
    story.isRegistered = true;
    await reads.readUnderConsent('default', read);
    expect(story.calls).toHaveLength(1);
  });
});

describe('a read with the token of the client', () => {
  const asClient = { bankRegistrationId: 'r', params: {}, query: '', customerIpAddress: undefined };

  it('is made in the version that is asked for, else in that of the registration', async () => {
    const { reads, story } = setUp();
    const aisp = { ...asClient, endpoint: accountInformation.getAccountAccessConsent };
    const pisp = { ...asClient, endpoint: paymentInitiation.getDomesticPayment };
    const cbpii = { ...asClient, endpoint: confirmationOfFunds.getFundsConfirmationConsent };
    await reads.readAsClient('default', aisp);
    await reads.readAsClient('default', pisp);
    await reads.readAsClient('default', { ...pisp, useV4: false });
    await reads.readAsClient('default', cbpii);
    expect(story.calls.map(({ version, accessToken }) => [version, accessToken])).toEqual([
      ['v3.1', undefined],
      ['v4.0', undefined],
      ['v3.1', undefined],
      ['v3.1', undefined],
    ]);
  });

  it('is refused when the registration is not there', async () => {
    const { reads, story } = setUp();
    story.isRegistered = false;
    const answer = reads.readAsClient('default', {
      ...asClient,
      endpoint: paymentInitiation.getDomesticPayment,
    });
    await expect(answer).rejects.toMatchObject({ code: 'registration-not-usable' });
  });
});

describe('every call', () => {
  const timeout = { kind: 'timeout', sent: 'maybe-sent', method: 'GET', url: '' } as const;

  it.each([
    [undefined, 'answered'],
    [new BankError('x', timeout), 'timeout'],
    [Object.assign(new Error('x'), timeout), 'error'],
  ])('is measured by bank, endpoint and outcome', async (error, outcome) => {
    const { reads, story } = setUp();
    if (error !== undefined) story.answer = () => Promise.reject(error);
    await reads.readUnderConsent('default', read).catch(() => {});
    expect(story.measured).toEqual([
      {
        bank: 'Sandbox_Hybrid',
        endpoint: 'GET /accounts/{AccountId}',
        outcome,
        durationMs: expect.any(Number),
      },
    ]);
  });
});

describe('what a bank is asked about authorisation and registration', () => {
  it('goes over the connection of the registration', async () => {
    const { reads } = setUp();
    expect((await reads.readRegistration('default', 'r')).body).toEqual({ client_id: 'c' });
    expect(await reads.authorisationTerms('default', 'r')).toMatchObject({ redirectMode: 'fragment' });
    const request = {
      ...({ bankRegistrationId: 'r', family: 'account-access', externalApiConsentId: 'c' } as const),
      ...{ createdWithV4: true, authorisedBefore: false },
      ...{ state: 's', nonce: 'n', codeVerifier: 'v' },
    };
    expect(await reads.authorisationAddress('default', request)).toBe('https://bank/auth?state=s');
  });
});
