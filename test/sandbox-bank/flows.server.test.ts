// The flows of both banks, end to end, judged by openid-client.
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  access,
  authorise,
  createAccess,
  createFundsConsent,
  createPayment,
  exchange,
  type Flow,
  initiation,
  openFlow,
  resource,
  startAuthorisation,
} from './authorisation.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';

let sandbox: Sandbox;
let thirdParty: ThirdParty;

beforeAll(async () => {
  sandbox = await openSandbox();
  thirdParty = new ThirdParty(sandbox);
});

afterAll(async () => {
  await thirdParty.close();
  await sandbox.remove();
});

const offered = [
  ['hybrid', 'private_key_jwt'],
  ['hybrid', 'tls_client_auth'],
  ['hybrid', 'client_secret_basic'],
  ['jarm', 'tls_client_auth'],
  ['jarm', 'private_key_jwt'],
] as const;

describe.each(offered)('the %s bank with %s', (bank, method) => {
  let flow: Flow;
  beforeAll(async () => {
    flow = await openFlow(sandbox, thirdParty, bank, await thirdParty.register(bank, method));
  });

  it('gives access to the accounts a customer chose', async () => {
    const { tokens, consentId } = await access(flow, { psu: 'alice', accounts: ['22289'] });
    expect(tokens.claims()).toMatchObject({
      openbanking_intent_id: consentId,
      acr: 'urn:openbanking:psd2:sca',
    });
    const answer = await thirdParty.call('GET', resource(flow, '/aisp/accounts'), tokens.access_token);
    const { Data } = (await answer.json()) as { Data: { Account: { AccountId: string }[] } };
    expect(Data.Account.map(({ AccountId }) => AccountId)).toEqual(['22289']);
  });

  it('refreshes, with a new refresh token where it rotates them', async () => {
    const { tokens } = await access(flow);
    const first = tokens.refresh_token ?? '';
    const refreshed = await openid.refreshTokenGrant(flow.configuration, first);
    expect(refreshed.access_token).not.toBe(tokens.access_token);
    expect(refreshed.refresh_token === first).toBe(bank === 'hybrid');
  });

  it('takes a payment to its order', async () => {
    const consentId = await createPayment(flow);
    const attempt = await startAuthorisation(flow, consentId, 'openid payments');
    const tokens = await exchange(flow, attempt, await authorise(flow, attempt));
    expect(tokens.refresh_token).toBeUndefined();
    const order = {
      Data: { ConsentId: consentId, Initiation: initiation },
      Risk: { PaymentContextCode: 'TransferToThirdParty' },
    };
    const url = resource(flow, '/pisp/domestic-payments');
    const answer = await thirdParty.call('POST', url, tokens.access_token, order);
    expect(answer.status).toBe(201);
    const { body } = await sandbox.control('GET', '/counters');
    expect(body[bank].paymentsByConsent[consentId]).toBe(1);
  });

  it('answers whether the account that a customer agreed to has funds, until that is withdrawn', async () => {
    const consentId = await createFundsConsent(flow);
    const attempt = await startAuthorisation(flow, consentId, 'openid fundsconfirmations');
    const tokens = await exchange(flow, attempt, await authorise(flow, attempt));
    expect(tokens.refresh_token).toBeDefined();
    const url = resource(flow, '/cbpii/funds-confirmations');
    const ask = (Amount: string) =>
      thirdParty.call('POST', url, tokens.access_token, {
        Data: { ConsentId: consentId, Reference: 'Order 17', InstructedAmount: { Amount, Currency: 'GBP' } },
      });
    const answers = [await ask('1.00'), await ask('1000000.00')];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as {
      Data: { FundsAvailable: boolean };
    }[];
    expect(bodies.map(({ Data }) => Data.FundsAvailable)).toEqual([true, false]);
    const withdrawn = await sandbox.control('POST', '/psu/withdraw', { bank, consentId });
    expect(withdrawn.status).toBe(204);
    expect((await ask('1.00')).status).toBe(401);
    await expect(
      openid.refreshTokenGrant(flow.configuration, tokens.refresh_token ?? ''),
    ).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('shows the account that is asked about to its customer alone', async () => {
    const attempt = await startAuthorisation(
      flow,
      await createFundsConsent(flow),
      'openid fundsconfirmations',
    );
    const stranger = await sandbox.control('POST', '/psu/authorise', { url: attempt.url, psu: 'bob' });
    expect([stranger.status, stranger.body.error]).toEqual([
      409,
      expect.stringContaining('no account was chosen'),
    ]);
    const redirectUrl = await authorise(flow, attempt, { psu: 'alice', accounts: ['22289'] });
    await expect(exchange(flow, attempt, redirectUrl)).resolves.toBeDefined();
  });

  it('sends a customer’s no back to the third party', async () => {
    const attempt = await startAuthorisation(flow, await createAccess(flow));
    const redirectUrl = await authorise(flow, attempt, { decision: 'deny' });
    await expect(exchange(flow, attempt, redirectUrl)).rejects.toMatchObject({ error: 'access_denied' });
  });
});
