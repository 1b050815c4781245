// The flows of both banks, end to end, judged by openid-client.
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  access,
  authorise,
  createAccess,
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

  it('sends a customer’s no back to the third party', async () => {
    const attempt = await startAuthorisation(flow, await createAccess(flow));
    const redirectUrl = await authorise(flow, attempt, { decision: 'deny' });
    await expect(exchange(flow, attempt, redirectUrl)).rejects.toMatchObject({ error: 'access_denied' });
  });
});
