// A bank that is slow, down, throttles, answers nonsense, or acts and then loses its answer: every step ends typed,
// nothing is sent twice that must not be, and every payment is executed once.
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  addSoftwareStatement,
  authorise,
  type Consent,
  createAccess,
  createPaymentConsent,
  delegate,
  executedPayments,
  read,
  register,
  submitPayment,
  visitBank,
} from './customer-journeys.ts';
import { type House, openHouse } from './house.ts';

let house: House;
let registrationId: string;

beforeAll(async () => {
  house = await openHouse({ BANK_TIMEOUT_MS: '2000' });
  registrationId = (await register(house, 'Sandbox_Hybrid')).Id;
});
afterAll(() => house.close());
afterEach(() => house.control('DELETE', '/faults'));

type Fault = { kind: string; [member: string]: unknown };

const order = (path: string, fault: Fault, times = 1, method = 'POST') =>
  house.control('POST', '/faults', { bank: 'hybrid', path, method, times, fault });

async function requestsTo(path: string): Promise<number> {
  const requests: Record<string, string>[] = await house.control('GET', '/requests');
  return requests.filter((request) => request.path === path).length;
}

async function grants(grantType: string): Promise<number> {
  const requests: Record<string, string>[] = await house.control('GET', '/requests');
  return requests.filter((request) => request.grantType === grantType).length;
}

describe('a registration', () => {
  // Under a statement of its own: registrations of one statement share the client that is there.
  let own: string;
  beforeEach(async () => {
    own = await addSoftwareStatement(house);
  });
  const ask = (key = randomUUID()) =>
    house.ask(
      'POST',
      '/manage/bank-registrations',
      { BankProfile: 'Sandbox_Hybrid', SoftwareStatementId: own },
      { 'x-idempotency-key': key },
    );

  it('is made once more when the bank says that it did not look at it', async () => {
    await order('/register', { kind: 'status', status: 503 });
    expect((await ask()).status).toBe(201);
  });

  it('that the bank refuses is told in its words, and told the same again', async () => {
    const body = '{"error":"unapproved_software_statement","error_description":"We do not know you."}';
    await order('/register', { kind: 'status', status: 400, body });
    const key = randomUUID();
    const answers = [await ask(key), await ask(key)];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 502, body: { code: 'client-refused' } });
      expect(answer.body.endpointResponse).toMatchObject({ error: 'unapproved_software_statement' });
    }
  });

  it('whose answer is lost is not made a second time', async () => {
    await order('/register', { kind: 'close-after' });
    const before = await requestsTo('/register');
    const key = randomUUID();
    const answers = [await ask(key), await ask(key)];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 502, body: { code: 'outcome-unknown' } });
    }
    expect((await requestsTo('/register')) - before).toBe(1);
  });

  it('with a redirect address that the directory does not know says which, before the bank hears of it', async () => {
    const before = await requestsTo('/register');
    const answer = await house.ask('POST', '/manage/bank-registrations', {
      ...{ BankProfile: 'Sandbox_Hybrid', SoftwareStatementId: own },
      DefaultFragmentRedirectUri: 'https://elsewhere.example/',
    });
    expect(answer).toMatchObject({ status: 422, body: { code: 'configuration-missing' } });
    expect(answer.body.detail).toContain('https://elsewhere.example/');
    expect((await requestsTo('/register')) - before).toBe(0);
  });

  it('fails typed when the directory is down', async () => {
    const fault = { kind: 'status', status: 500 };
    await house.control('POST', '/faults', { bank: 'directory', path: '/as/token.oauth2', fault });
    expect(await ask()).toMatchObject({ status: 502, body: { code: 'bank-unavailable' } });
  });
});

describe('a consent', () => {
  const path = '/open-banking/v4.0/aisp/account-access-consents';
  const ask = () =>
    house.ask('POST', '/aisp/account-access-consents', {
      BankRegistrationId: registrationId,
      TemplateRequest: { Type: 'MaximumPermissions' },
    });

  it.each<[string, Fault]>([
    ['throttles', { kind: 'status', status: 429, retryAfter: 1 }],
    ['fails', { kind: 'status', status: 500 }],
    ['hangs up', { kind: 'close-before' }],
    ['loses half of its answer', { kind: 'truncate' }],
  ])('is created at the second attempt when the bank %s', async (_, fault) => {
    await order(path, fault);
    expect((await ask()).status).toBe(201);
  });

  it.each<[string, Fault, object]>([
    ['answers nonsense', { kind: 'garbage' }, { status: 502, body: { code: 'bank-response-invalid' } }],
    ['answers HTML', { kind: 'content-type' }, { status: 502, body: { code: 'bank-response-invalid' } }],
    [
      'answers something else',
      { kind: 'garbage', body: '{"Data":{}}' },
      { body: { code: 'bank-response-invalid' } },
    ],
    ['stays down', { kind: 'status', status: 500 }, { status: 502, body: { code: 'bank-unavailable' } }],
    [
      'refuses',
      { kind: 'status', status: 400, body: '{"Errors":[{"ErrorCode":"U002","Message":"No."}]}' },
      { status: 400, body: { code: 'bank-rejected-request', bankErrorCodes: ['U002'] } },
    ],
  ])('fails typed when the bank %s', async (_, fault, expected) => {
    await order(path, fault, 3);
    expect(await ask()).toMatchObject(expected);
  });
});

describe('a read', () => {
  let consent: Consent;
  beforeAll(async () => {
    consent = await createAccess(house, registrationId);
    await authorise(house, 'account-access', consent);
  });

  it.each<[string, Fault, object]>([
    ['is too slow', { kind: 'delay', ms: 5_000 }, { status: 504, body: { code: 'bank-timeout' } }],
    ['hangs up', { kind: 'close-before' }, { status: 502, body: { code: 'bank-unavailable' } }],
    ['fails', { kind: 'status', status: 500 }, { status: 502, body: { code: 'bank-unavailable' } }],
    ['answers nonsense', { kind: 'garbage' }, { status: 502, body: { code: 'bank-response-invalid' } }],
    ['loses half of its answer', { kind: 'truncate' }, { status: 502, body: { code: 'bank-unavailable' } }],
  ])('fails typed when the bank %s', async (_, fault, expected) => {
    await order('/open-banking/v4.0/aisp/accounts', fault, 1, 'GET');
    expect(await read(house, consent, '/aisp/accounts')).toMatchObject(expected);
  });

  it('hands on how long to wait when the bank throttles, and does not ask it again before', async () => {
    const path = '/open-banking/v4.0/aisp/accounts';
    await order(path, { kind: 'status', status: 429, retryAfter: 170 }, 1, 'GET');
    const before = await requestsTo(path);
    const answers = [
      await read(house, consent, '/aisp/accounts'),
      await read(house, consent, '/aisp/accounts'),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 429, body: { code: 'bank-rate-limited' } });
    const [told, left] = answers.map(({ headers }) => Number(headers.get('retry-after')));
    expect(told).toBe(170);
    expect(left).toBeLessThanOrEqual(170);
    expect((await requestsTo(path)) - before).toBe(1);
    await house.moveClockMs(170_000);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });

  it('takes a fresh token when the bank no longer wants the stored one', async () => {
    const before = await grants('refresh_token');
    await order('/open-banking/v4.0/aisp/accounts', { kind: 'status', status: 401 }, 1, 'GET');
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
    expect((await grants('refresh_token')) - before).toBe(1);
  });
});

describe('a code exchange', () => {
  it('whose answer is lost is not made again; the customer may authorise again', async () => {
    const consent = await createAccess(house, registrationId);
    const form = await visitBank(house, 'account-access', consent);
    const before = await grants('authorization_code');
    await order('/token', { kind: 'close-after' });
    expect(await delegate(house, form)).toMatchObject({ status: 502, body: { code: 'outcome-unknown' } });
    expect(await delegate(house, form)).toMatchObject({ status: 502, body: { code: 'outcome-unknown' } });
    expect((await grants('authorization_code')) - before).toBe(1);
    await authorise(house, 'account-access', consent);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });

  it('is made again when the bank says that it did not look at it', async () => {
    const consent = await createAccess(house, registrationId);
    const form = await visitBank(house, 'account-access', consent);
    await order('/token', { kind: 'status', status: 503 });
    expect((await delegate(house, form)).status).toBe(201);
  });
});

describe('a refresh', () => {
  let consent: Consent;
  beforeAll(async () => {
    consent = await createAccess(house, registrationId);
    await authorise(house, 'account-access', consent);
  });

  it('whose answer is lost is tried once more with the same token', async () => {
    await house.moveClockMs(301_000);
    const before = await grants('refresh_token');
    await order('/token', { kind: 'close-after' });
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
    expect((await grants('refresh_token')) - before).toBe(2);
  });

  it('that stays without an answer costs readers their answer, not the grant', async () => {
    await house.moveClockMs(301_000);
    await order('/token', { kind: 'close-after' }, 2);
    const answer = await read(house, consent, '/aisp/accounts');
    expect(answer).toMatchObject({ status: 502, body: { code: 'outcome-unknown' } });
    await house.moveClockMs(11_000); // past the ten seconds whose readers share one answer
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });

  it('that is answered with nonsense costs readers their answer, not the grant', async () => {
    await house.moveClockMs(301_000);
    await order('/token', { kind: 'garbage' });
    const answer = await read(house, consent, '/aisp/accounts');
    expect(answer).toMatchObject({ status: 502, body: { code: 'bank-response-invalid' } });
    await house.moveClockMs(11_000);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });

  it('whose ID token is about somebody else brings no tokens into use', async () => {
    await house.moveClockMs(301_000);
    const changes = { from: 'token', claims: { sub: 'somebody-else' } };
    await house.control('POST', '/knobs', { bank: 'hybrid', idTokenChanges: changes });
    const answer = await read(house, consent, '/aisp/accounts');
    expect(answer).toMatchObject({ status: 502, body: { code: 'bank-response-invalid' } });
    await house.control('POST', '/knobs', { bank: 'hybrid', idTokenChanges: null });
    await house.moveClockMs(11_000);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });

  it('that the bank refuses ends the grant: the customer has to authorise', async () => {
    await house.moveClockMs(301_000);
    await order('/token', { kind: 'status', status: 400, body: '{"error":"invalid_grant"}' });
    const answers = [
      await read(house, consent, '/aisp/accounts'),
      await read(house, consent, '/aisp/accounts'),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'authorisation-needed' } });
    }
    await authorise(house, 'account-access', consent);
    expect((await read(house, consent, '/aisp/accounts')).status).toBe(200);
  });
});

describe('a payment', () => {
  const path = '/open-banking/v4.0/pisp/domestic-payments';
  async function authorised(): Promise<Consent> {
    const consent = await createPaymentConsent(house, registrationId);
    await authorise(house, 'domestic-payment', consent);
    return consent;
  }
  const executed = (consent: Consent) => executedPayments(house, 'Sandbox_Hybrid', consent);

  it.each<[string, Fault]>([
    ['hangs up before it acts', { kind: 'close-before' }],
    ['acts and hangs up', { kind: 'close-after' }],
    ['acts and loses half of its answer', { kind: 'truncate' }],
    ['acts and answers nonsense', { kind: 'garbage' }],
    ['acts and answers HTML', { kind: 'content-type' }],
    ['acts after we have given up', { kind: 'delay', ms: 4_000 }],
    ['acts and answers after we have given up', { kind: 'delay-answer', ms: 4_000 }],
    ['fails', { kind: 'status', status: 500 }],
    ['is in maintenance', { kind: 'status', status: 503 }],
    ['throttles', { kind: 'status', status: 429, retryAfter: 1 }],
  ])('is executed once when the bank %s', async (_, fault) => {
    const consent = await authorised();
    await order(path, fault, 2);
    const answer = await submitPayment(house, consent);
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 });
    expect(await executed(consent)).toBe(1);
  });

  it('that the bank refuses fails with its words, and nothing is executed', async () => {
    const consent = await authorised();
    const body = '{"Errors":[{"ErrorCode":"U021","Message":"No such account."}]}';
    await order(path, { kind: 'status', status: 400, body });
    for (const answer of [await submitPayment(house, consent), await submitPayment(house, consent)]) {
      expect(answer).toMatchObject({ status: 400, body: { code: 'bank-rejected-request' } });
      expect(answer.body.endpointResponse.Errors[0].Message).toBe('No such account.');
    }
    expect(await executed(consent)).toBe(0);
  });

  it('whose answer was lost, and whose token has ended since, is known to be executed', async () => {
    const consent = await authorised();
    await house.control('POST', '/faults', {
      bank: 'hybrid',
      path,
      method: 'POST',
      times: 1,
      fault: { kind: 'close-after' },
    });
    await order(path, { kind: 'status', status: 401 }, 10);
    expect(await submitPayment(house, consent)).toMatchObject({
      status: 502,
      body: { code: 'outcome-unknown' },
    });
    expect(await executed(consent)).toBe(1);
  });

  it('of another amount than was consented to is refused before the bank hears of it', async () => {
    const consent = await authorised();
    const before = await requestsTo(path);
    const answer = await house.ask('POST', '/pisp/domestic-payments', {
      DomesticPaymentConsentId: consent.id,
      ExternalApiRequest: {
        Data: {
          ConsentId: '',
          Initiation: {
            InstructionIdentification: 'INSTR-1',
            EndToEndIdentification: 'E2E-1',
            InstructedAmount: { Amount: '99.00', Currency: 'GBP' },
            CreditorAccount: {
              SchemeName: 'UK.OBIE.SortCodeAccountNumber',
              Identification: '99000212345678',
              Name: 'Halcyon Interiors',
            },
          },
        },
        Risk: { PaymentContextCode: 'TransferToThirdParty' },
      },
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'payment-differs-from-consent' } });
    expect((await requestsTo(path)) - before).toBe(0);
  });
});
