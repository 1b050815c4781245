// One authorisation from consent to tokens, each step checked by openid-client.
import { createHash } from 'node:crypto';
import * as openid from 'openid-client';
import { redirectUri, type Sandbox } from './sandbox.ts';
import type { BankName, RegisteredClient, ThirdParty } from './third-party.ts';

export const permissions = [
  'ReadAccountsDetail',
  'ReadBalances',
  'ReadTransactionsDetail',
  'ReadTransactionsCredits',
];

export interface Flow {
  sandbox: Sandbox;
  thirdParty: ThirdParty;
  bank: BankName;
  client: RegisteredClient;
  configuration: openid.Configuration;
}

export async function openFlow(
  sandbox: Sandbox,
  thirdParty: ThirdParty,
  bank: BankName,
  client: RegisteredClient,
): Promise<Flow> {
  return { sandbox, thirdParty, bank, client, configuration: await thirdParty.configuration(bank, client) };
}

export function resource(flow: Flow, path: string): string {
  return `${flow.sandbox.urls.api}/${flow.bank}/open-banking/v4.0${path}`;
}

export async function createAccess(flow: Flow): Promise<string> {
  const { access_token } = await openid.clientCredentialsGrant(flow.configuration, { scope: 'accounts' });
  return createConsent(flow, '/aisp/account-access-consents', access_token, {
    Data: { Permissions: permissions },
    Risk: {},
  });
}

export const initiation = {
  InstructionIdentification: 'INSTR-1',
  EndToEndIdentification: 'E2E-1',
  InstructedAmount: { Amount: '12.50', Currency: 'GBP' },
  CreditorAccount: {
    SchemeName: 'UK.OBIE.SortCodeAccountNumber',
    Identification: '99000212345678',
    Name: 'Halcyon Interiors',
  },
};

export async function createPayment(flow: Flow): Promise<string> {
  const { access_token } = await openid.clientCredentialsGrant(flow.configuration, { scope: 'payments' });
  return createConsent(flow, '/pisp/domestic-payment-consents', access_token, {
    Data: { Initiation: initiation },
    Risk: { PaymentContextCode: 'TransferToThirdParty' },
  });
}

export const askedAbout = {
  SchemeName: 'UK.OBIE.SortCodeAccountNumber',
  Identification: '99000110222890',
};

export async function createFundsConsent(flow: Flow): Promise<string> {
  const { access_token } = await openid.clientCredentialsGrant(flow.configuration, {
    scope: 'fundsconfirmations',
  });
  return createConsent(flow, '/cbpii/funds-confirmation-consents', access_token, {
    Data: { DebtorAccount: askedAbout },
  });
}

async function createConsent(flow: Flow, path: string, token: string, body: object): Promise<string> {
  const answer = await flow.thirdParty.call('POST', resource(flow, path), token, body);
  if (answer.status !== 201) throw new Error(`consent: ${answer.status} ${await answer.text()}`);
  const { Data } = (await answer.json()) as { Data: { ConsentId: string } };
  return Data.ConsentId;
}

export interface Attempt {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** An authorisation address with a signed request object; `changes` replace parameters, undefined ones leave out. */
export async function startAuthorisation(
  flow: Flow,
  consentId: string,
  scope = 'openid accounts',
  changes: Record<string, string | undefined> = {},
): Promise<Attempt> {
  const { configuration, thirdParty, bank } = flow;
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const verifier = openid.randomPKCECodeVerifier();
  const parameters = Object.entries({
    redirect_uri: redirectUri,
    scope,
    state,
    nonce,
    claims: JSON.stringify({
      id_token: {
        openbanking_intent_id: { value: consentId, essential: true },
        acr: { essential: true, values: ['urn:openbanking:psd2:sca', 'urn:openbanking:psd2:ca'] },
      },
    }),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] satisfies [string, string]]));
  const url = await openid.buildAuthorizationUrlWithJAR(
    configuration,
    new URLSearchParams(parameters),
    await thirdParty.sealKey(),
  );
  // openid-client sends it where there is PAR; both banks take it by value too.
  void bank;
  return { url: url.href, state, nonce, verifier };
}

export async function authorise(
  flow: Flow,
  attempt: Attempt,
  wish: Record<string, unknown> = {},
): Promise<string> {
  const answer = await flow.sandbox.control('POST', '/psu/authorise', { url: attempt.url, ...wish });
  if (answer.status !== 200) throw new Error(`authorise: ${JSON.stringify(answer.body)}`);
  return answer.body.redirectUrl;
}

export function exchange(flow: Flow, attempt: Attempt, redirectUrl: string) {
  return openid.authorizationCodeGrant(flow.configuration, new URL(redirectUrl), {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.verifier,
    idTokenExpected: true,
  });
}

/** Everything at once: tokens for an access of some accounts. */
export async function access(flow: Flow, wish: Record<string, unknown> = {}) {
  const consentId = await createAccess(flow);
  const attempt = await startAuthorisation(flow, consentId);
  const tokens = await exchange(flow, attempt, await authorise(flow, attempt, wish));
  return { consentId, tokens };
}
