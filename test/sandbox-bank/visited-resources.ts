// Calls of a bank's resource server by the visitor: consents of both kinds, payments, and what they look like.
import { randomUUID } from 'node:crypto';
import { type Answer, ask, type Changes, type World } from './visitor.ts';

export const permissions = [
  'ReadAccountsDetail',
  'ReadBalances',
  'ReadTransactionsDetail',
  'ReadTransactionsCredits',
];

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

export const risk = { PaymentContextCode: 'TransferToThirdParty' };

export function accessRequest(more: Changes = {}): object {
  return { Data: { Permissions: permissions, ...more }, Risk: {} };
}

export function paymentRequest(more: Changes = {}, riskMore: Changes = {}): object {
  return { Data: { Initiation: { ...initiation, ...more } }, Risk: { ...risk, ...riskMore } };
}

export interface CallOptions {
  body?: object;
  /** The message signature in the style of versions up to 3.1.3. */
  unencoded?: boolean;
  headers?: Record<string, string>;
}

/** Bodies of payment requests are signed; those of account access are not. */
export async function call(
  { thirdParty }: World,
  method: string,
  url: string,
  token: string,
  { body, unencoded = false, headers = {} }: CallOptions = {},
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const isSigned = text !== undefined && url.includes('/domestic-');
  return ask(thirdParty, method, url, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(isSigned
        ? {
            'x-jws-signature': await signature(thirdParty, text, unencoded),
            'x-idempotency-key': randomUUID(),
          }
        : {}),
      ...headers,
    },
    ...(text === undefined ? {} : { body: text }),
  });
}

async function signature(thirdParty: World['thirdParty'], text: string, unencoded: boolean): Promise<string> {
  const name = (claim: string) => `http://openbanking.org.uk/${claim}`;
  const { key, kid } = await thirdParty.sealKey();
  const claims = [name('iat'), name('iss'), name('tan')];
  const header = {
    ...(unencoded ? { b64: false } : {}),
    ...{ alg: 'PS256', kid },
    [name('iat')]: Math.floor(Date.now() / 1000) - 1,
    [name('iss')]: `${thirdParty.facts.organisationId}/${thirdParty.facts.softwareId}`,
    [name('tan')]: 'openbanking.org.uk',
    crit: unencoded ? ['b64', ...claims] : claims,
  };
  const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
  const payload = unencoded ? text : Buffer.from(text).toString('base64url');
  const input = Buffer.from(`${encoded}.${payload}`);
  const bytes = await crypto.subtle.sign({ name: 'RSA-PSS', saltLength: 32 }, key, input);
  return `${encoded}..${Buffer.from(bytes).toString('base64url')}`;
}
