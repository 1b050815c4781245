// Every operation of payment initiation, reached through our API on banks of both versions: with success, with a refusal by
// the bank and with a bad answer. What was sent and answered is judged by the sandbox, and its counter says what was paid.
import { createHash } from 'node:crypto';
import postgres from 'postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { consentRequestOf, laterDay } from '../sandbox-bank/payment-requests.ts';
import {
  authorise,
  type Consent,
  consentIdMember,
  create,
  executedPayments,
  type PaymentFamily,
  register,
} from './customer-journeys.ts';
import { type Answer, type House, openHouse } from './house.ts';
import { expectReached, type Outcome } from './reached-operations.ts';

const families: PaymentFamily[] = [
  ...(['domestic-payment', 'domestic-scheduled-payment', 'domestic-standing-order'] as const),
  ...(['international-payment', 'international-scheduled-payment', 'international-standing-order'] as const),
  'file-payment',
];
const asking = ['domestic-payment', 'international-payment', 'international-scheduled-payment'];
const operations = Object.values(paymentInitiation).map(({ method, path }) => `${method} ${path}`);

const consentsOf = (family: PaymentFamily) => `/pisp/${family}-consents`;
const ordersOf = (family: PaymentFamily) => `/pisp/${family}s`;
const file = JSON.stringify({
  Data: {
    DomesticPayments: ['4.10', '5.90'].map((Amount) => ({
      ...{ InstructionIdentification: 'I', EndToEndIdentification: 'E' },
      InstructedAmount: { Amount, Currency: 'GBP' },
    })),
  },
});
const FileHash = createHash('sha256').update(file).digest('base64');
const monthMs = 30 * 86_400_000;

let house: House;
let statementId: string;

beforeAll(async () => {
  house = await openHouse({ BANK_CIRCUIT_FAILURES: '1000' });
  statementId = (await register(house, 'Sandbox_Hybrid')).SoftwareStatementId;
});
afterAll(() => house.close());

/** In version 4, as callers write it, with its days ahead of the houses' clock. */
async function requestOf(family: PaymentFamily, version: 'v3.1' | 'v4.0', changes: object = {}) {
  const { now } = await house.control('GET', '/clock');
  const later = new Date(Date.parse(now) + monthMs).toISOString();
  // A file is handed on as it is: which version's it is has to be said.
  const FileType = `UK.OBIE.PaymentInitiation.${version === 'v4.0' ? '4.0' : '3.1'}`;
  const ofFile = family === 'file-payment' ? { FileType, FileHash } : {};
  const request = consentRequestOf(family, 'v4.0', ofFile);
  const { Data, Risk } = JSON.parse(JSON.stringify(request).replaceAll(laterDay, later));
  // The one form that a standing order of version 3 has as well.
  const reference = { Structured: [{ CreditorReferenceInformation: { Reference: 'Invoice 7' } }] };
  if (family.endsWith('order')) Data.Initiation.RemittanceInformation = reference;
  return { Data: { ...Data, Initiation: { ...Data.Initiation, ...changes } }, ...(Risk && { Risk }) };
}

describe.each([
  { version: 'v4.0', profile: 'Sandbox_Hybrid', bank: 'hybrid' },
  { version: 'v3.1', profile: 'Sandbox_Jarm', bank: 'jarm' },
] as const)('on a bank of $version', ({ version, profile, bank }) => {
  let registrationId: string;

  beforeAll(async () => {
    const changes = { PispUseV4: version === 'v4.0' };
    registrationId = (await register(house, profile, statementId, changes)).Id;
  });
  beforeEach(() => house.control('PUT', '/operations', { judged: true }));

  const reached = (outcome: Outcome, which = operations) =>
    expectReached(house, { bank, version }, outcome, which);
  const asking4 = (path: string) =>
    house.ask('GET', path, undefined, { 'x-obc-bank-registration-id': registrationId });

  async function consented(family: PaymentFamily) {
    const request = await requestOf(family, version);
    const { Id, ExternalApiId } = await create(house, consentsOf(family), {
      ...{ BankRegistrationId: registrationId, ExternalApiRequest: request },
    });
    return { id: Id, externalApiId: ExternalApiId, request };
  }

  const upload = (consent: Consent) =>
    house.ask('POST', `${consentsOf('file-payment')}/${consent.id}/file`, file, {
      'content-type': 'application/json',
    });

  async function authorised(family: PaymentFamily) {
    const consent = await consented(family);
    if (family === 'file-payment') expect(await upload(consent)).toMatchObject({ status: 200 });
    await authorise(house, family, consent);
    return consent;
  }

  type Consented = Awaited<ReturnType<typeof consented>>;

  const pay = (family: PaymentFamily, { id, request: { Data, Risk } }: Consented) =>
    house.ask('POST', ordersOf(family), {
      [consentIdMember(family)]: id,
      ExternalApiRequest: { Data: { ConsentId: '', Initiation: Data.Initiation }, ...(Risk && { Risk }) },
    });

  /** Everything of a family that can be read of a consent and its order. */
  function readsOf(family: PaymentFamily, consent: Consent, orderId: string): [string, string][] {
    const order = `${ordersOf(family)}/${orderId}`;
    const own = `${consentsOf(family)}/${consent.id}`;
    const published = (of: string, below = '') =>
      operations.find((each) => each.startsWith(`GET ${of.slice('/pisp'.length)}/{`) && ends(each, below));
    const ends = (operation: string, below: string) =>
      below === '' ? operation.endsWith('}') : operation.endsWith(`}${below}`);
    const reads = [
      [published(consentsOf(family)), own],
      [published(ordersOf(family)), order],
      [published(ordersOf(family), '/payment-details'), `${order}/payment-details`],
      [published(consentsOf(family), '/funds-confirmation'), `${own}/funds-confirmation`],
      [published(consentsOf(family), '/file'), `${own}/file`],
      [published(ordersOf(family), '/report-file'), `${order}/report-file`],
    ];
    return reads.flatMap(([operation, path]) => (operation && path ? [[operation, path]] : []));
  }

  it('each succeeds, and pays once', async () => {
    for (const family of families) {
      const consent = await authorised(family);
      const funds = `${consentsOf(family)}/${consent.id}/funds-confirmation`;
      if (asking.includes(family)) {
        const { body } = await house.ask('GET', funds);
        expect(body.ExternalApiResponse.Data.FundsAvailableResult.FundsAvailable).toBe(true);
      }
      const paid = await pay(family, consent);
      expect([family, paid.status, paid.body.Warnings]).toEqual([family, 201, undefined]);
      expect(await pay(family, consent)).toMatchObject({ status: 201, body: paid.body });
      const id = paid.headers.get('location')?.split('/').at(-1) ?? '';
      for (const [operation, path] of readsOf(family, consent, id)) {
        if (path === funds) continue; // asked before it was paid
        const { status, body } = await house.ask('GET', path);
        expect([operation, status, body?.Warnings]).toEqual([operation, 200, undefined]);
        if (path.endsWith('}/file')) expect(JSON.stringify(body)).toBe(file);
      }
      expect([family, await executedPayments(house, profile, consent)]).toEqual([family, 1]);
    }
    expect(operations).toHaveLength(41);
    await reached('success');
  });

  it('each refusal of the bank is told as one', async () => {
    const sql = postgres(house.everything.environment.DATABASE_URL ?? '', { onnotice: () => {} });
    /** From then on we know of a consent that the bank does not have. */
    const estrange = ({ id }: Consent) =>
      sql`UPDATE consent SET external_api_id = 'not-one' WHERE id = ${id}`;
    const refused = ({ body }: Answer, what: string) =>
      expect([what, body.code]).toEqual([
        what,
        expect.stringMatching(
          /^(bank-rejected-request|client-refused|consent-not-usable|authorisation-needed)$/,
        ),
      ]);
    const unpayable: Record<PaymentFamily, object> = {
      'domestic-payment': { LocalInstrument: 'UK.OBIE.SWIFT' },
      'domestic-scheduled-payment': { LocalInstrument: 'UK.OBIE.SWIFT' },
      'domestic-standing-order': { FirstPaymentAmount: { Amount: '1.00', Currency: 'XTS' } },
      'international-payment': { CurrencyOfTransfer: 'XTS' },
      'international-scheduled-payment': { CurrencyOfTransfer: 'XTS' },
      'international-standing-order': { CurrencyOfTransfer: 'XTS' },
      'file-payment': { LocalInstrument: 'UK.OBIE.SWIFT' },
    };
    try {
      for (const family of families) {
        const ExternalApiRequest = await requestOf(family, version, unpayable[family]);
        const asked = { BankRegistrationId: registrationId, ExternalApiRequest };
        refused(await house.ask('POST', consentsOf(family), asked), `POST ${family}-consents`);
        const consent = await authorised(family);
        await estrange(consent);
        for (const [operation, path] of readsOf(family, consent, 'not-an-order'))
          refused(await asking4(path), operation);
        refused(await pay(family, consent), `POST ${family}s`);
        expect(await executedPayments(house, profile, consent)).toBe(0);
      }
      const unheard = await consented('file-payment');
      await estrange(unheard);
      refused(await upload(unheard), 'upload');
    } finally {
      await sql.end();
    }
    await reached('refusal');
  });

  it('each bad answer of the bank ends typed, and pays no more than once', async () => {
    const spoilt = async (operation: string, ask: () => Promise<Answer>, shape = 'html-as-json') => {
      const { id } = await house.control('POST', '/faults', {
        ...{ bank, version, operation, fault: { kind: 'bad-answer', shape } },
        // The journey that follows a payment reads it too: what is read is spoilt until it is mended.
        ...(operation.startsWith('POST') ? { times: 1 } : {}),
      });
      const answer = await ask();
      await house.control('DELETE', `/faults/${id}`);
      return answer;
    };
    const invalid = { status: 502, body: { code: 'bank-response-invalid' } };
    const down = { status: 502, body: { code: 'bank-unavailable' } };
    for (const family of families) {
      const asked = {
        BankRegistrationId: registrationId,
        ExternalApiRequest: await requestOf(family, version),
      };
      const createConsent = () => house.ask('POST', consentsOf(family), asked);
      expect(await spoilt(`POST /${family}-consents`, createConsent), family).toMatchObject(invalid);
      const consent = await consented(family);
      // What a journey makes good: it sends the same again, and the bank answers what it answered.
      const uploading = 'POST /file-payment-consents/{ConsentId}/file';
      if (family === 'file-payment')
        expect(await spoilt(uploading, () => upload(consent), '502-page')).toMatchObject({ status: 200 });
      await authorise(house, family, consent);
      const reads = (orderId: string) => readsOf(family, consent, orderId);
      const before = reads('').filter(([operation]) => operation.includes('funds'));
      const paidOnce = async () => {
        const answer = await spoilt(`POST /${family}s`, () => pay(family, consent));
        expect([family, answer.status]).toEqual([family, 201]);
        return answer.headers.get('location')?.split('/').at(-1) ?? '';
      };
      for (const [operation, path] of before)
        expect(await spoilt(operation, () => asking4(path)), operation).toMatchObject(invalid);
      for (const [operation, path] of reads(await paidOnce())) {
        if (operation.includes('funds')) continue;
        // A file may be anything.
        const isFile = operation.endsWith('file');
        const answer = await spoilt(operation, () => asking4(path), isFile ? '502-page' : undefined);
        expect(answer, operation).toMatchObject(isFile ? down : invalid);
      }
      expect([family, await executedPayments(house, profile, consent)]).toEqual([family, 1]);
    }
    await reached('bad-answer');
  });
});
