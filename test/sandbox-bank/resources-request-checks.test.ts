// What every endpoint checks before it does anything, in the order banks check it.
import { describe, expect, it } from 'vitest';
import { operations } from '../../sandbox-bank/resources/operations.ts';
import {
  access,
  agreedPayment,
  allPermissions,
  consentRequest,
  newKey,
  openBank,
  type Version,
} from './resources-bank.ts';

const interactionId = '93bac548-d2de-4546-b106-880a5018460d';
const versions: Version[] = ['v3.1', 'v4.0'];

describe.each(versions)('every endpoint of %s', (version) => {
  const bank = openBank();
  const accounts = `/${version}/aisp/accounts`;

  it.each(operations.map((operation) => [operation.method, operation] as const))(
    'answers 401 without a body when the token is not good (%s %#)',
    async (method, { group, path, isServed }) => {
      const options = isServed ? { unpublished: true as const } : {};
      const own = isServed ? openBank({ choices: { pots: true } }) : bank;
      const answer = await own.ask(
        method,
        `/${version}/${group}${path.replace(/\{\w+\}/g, '22289')}`,
        options,
      );
      expect(answer.status).toBe(401);
      expect(answer.headers.get('x-fapi-interaction-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('echoes the interaction id on success, refusal and unknown paths, and makes one otherwise', async () => {
    const headers = { 'x-fapi-interaction-id': interactionId };
    const token = await access(bank, version);
    const good = await bank.ask('GET', accounts, { token, headers });
    const refused = await bank.ask('GET', `${accounts}/0`, { token, headers });
    const unknown = await bank.ask('GET', `/${version}/aisp/nothing`, { token, headers, unpublished: true });
    expect([good.status, refused.status, unknown.status]).toEqual([200, 400, 404]);
    for (const answer of [good, refused, unknown]) {
      expect(answer.headers.get('x-fapi-interaction-id')).toBe(interactionId);
    }
    const own = await bank.ask('GET', accounts, { token });
    expect(own.headers.get('x-fapi-interaction-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refuses an interaction id that is not a UUID and an address that is none', async () => {
    const token = await access(bank, version);
    const code = version === 'v4.0' ? 'U006' : 'UK.OBIE.Header.Invalid';
    for (const headers of [{ 'x-fapi-interaction-id': 'mine' }, { 'x-fapi-customer-ip-address': 'home' }]) {
      expect((await bank.ask('GET', accounts, { token, headers })).codes).toEqual([code]);
    }
    const headers = { 'x-fapi-customer-ip-address': '2001:db8::1' };
    expect((await bank.ask('GET', accounts, { token, headers })).status).toBe(200);
  });

  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['text/html, application/*;q=0.8', 200],
    ['*/*', 200],
    ['text/html', 406],
    ['application/json;q=0', 406],
    ['application/jose+jwe', 406],
  ])('answers Accept: %s with %i', async (accept, status) => {
    const token = await access(bank, version);
    expect((await bank.ask('GET', accounts, { token, headers: { accept } })).status).toBe(status);
  });

  it.each([
    ['application/json', 201],
    ['application/json; charset=utf-8', 201],
    ['application/json; charset="UTF-8"', 201],
    ['application/json; charset=latin1', 415],
    ['text/plain', 415],
    [undefined, 415],
  ])('answers Content-Type: %s with %i', async (type, status) => {
    const body = { Data: { Permissions: allPermissions }, Risk: {} };
    const asked = {
      token: 'client',
      raw: new TextEncoder().encode(JSON.stringify(body)),
      headers: { 'content-type': type },
    };
    expect((await bank.ask('POST', `/${version}/aisp/account-access-consents`, asked)).status).toBe(status);
  });

  it('answers 405 to a method the path does not have', async () => {
    const answer = await bank.ask('PUT', accounts, { token: 'client', unpublished: true });
    expect([answer.status, answer.body]).toEqual([405, undefined]);
  });

  it('refuses a token without the scope, and a token of the wrong kind', async () => {
    const body = { Data: { Permissions: allPermissions }, Risk: {} };
    const consents = `/${version}/aisp/account-access-consents`;
    expect((await bank.ask('POST', consents, { token: 'payments-only', body })).status).toBe(403);
    const payments = `/${version}/pisp/domestic-payment-consents`;
    const asked = { body: consentRequest(), key: newKey() };
    expect((await bank.ask('POST', payments, { token: 'accounts-only', ...asked })).status).toBe(403);
    expect((await bank.ask('POST', payments, { token: 'payments-only', ...asked })).status).toBe(201);
    const token = await access(bank, version);
    expect((await bank.ask('POST', consents, { token, body })).status).toBe(403);
    expect((await bank.ask('GET', accounts, { token: 'client' })).status).toBe(403);
  });

  it('refuses the token of a payment at accounts, and the token of an access at payments', async () => {
    const payment = await agreedPayment(bank, version);
    expect((await bank.ask('GET', accounts, { token: payment.token })).status).toBe(403);
    const asked = { token: await access(bank, version), key: newKey(), body: payment.order };
    expect((await bank.ask('POST', `/${version}/pisp/domestic-payments`, asked)).status).toBe(403);
  });

  it('refuses the token of one third party in the hands of another', async () => {
    const token = (await access(bank, version)).replace('consent:', 'stolen:');
    expect((await bank.ask('GET', accounts, { token })).status).toBe(403);
  });

  it('judges the consent before the body', async () => {
    const asked = { token: await access(bank, version), key: newKey(), raw: '{', signature: 'nonsense' };
    expect((await bank.ask('POST', `/${version}/pisp/domestic-payments`, asked)).status).toBe(403);
  });

  it('refuses bodies that are not JSON in UTF-8', async () => {
    const code = version === 'v4.0' ? 'U010' : 'UK.OBIE.Resource.InvalidFormat';
    for (const raw of ['{', new Uint8Array([0x22, 0xff, 0x22])]) {
      const answer = await bank.ask('POST', `/${version}/aisp/account-access-consents`, {
        token: 'client',
        raw,
      });
      expect([answer.status, answer.codes]).toEqual([400, [code]]);
    }
  });

  it('does not expect message signatures on account information nor on reads', async () => {
    const code = version === 'v4.0' ? 'U020' : 'UK.OBIE.Signature.Unexpected';
    const headers = { 'x-jws-signature': 'a..b' };
    const body = { Data: { Permissions: allPermissions }, Risk: {} };
    const consents = `/${version}/aisp/account-access-consents`;
    expect((await bank.ask('POST', consents, { token: 'client', body, headers })).codes).toEqual([code]);
    const token = await access(bank, version);
    expect((await bank.ask('GET', accounts, { token, headers })).codes).toEqual([code]);
  });

  it('answers 500 with a body and a signature when the bank itself fails', async () => {
    const broken = openBank();
    const { consentId, token } = await agreedPayment(broken, version);
    broken.state.account = () => {
      throw new Error('the books are lost');
    };
    const path = `/${version}/pisp/domestic-payment-consents/${consentId}/funds-confirmation`;
    const answer = await broken.ask('GET', path, { token });
    expect([answer.status, answer.codes]).toEqual([
      500,
      [version === 'v4.0' ? 'U000' : 'UK.OBIE.UnexpectedError'],
    ]);
    expect(JSON.stringify(answer.body)).not.toContain('books');
  });
});
