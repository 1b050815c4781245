// A resource server without sockets: a fake authorisation server, a clock tests move, and a third party that signs.
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { expect } from 'vitest';
import type { z } from 'zod';
import type { Clock } from '../../clock.ts';
import { bankUsers } from '../../sandbox-bank/data/users.ts';
import { ResourceChoices } from '../../sandbox-bank/personalities/resource-choices.ts';
import { createResourceApp } from '../../sandbox-bank/resources/app.ts';
import { BankState } from '../../sandbox-bank/resources/bank-state.ts';
import { type Authentication, type Caller, defaultResourceKnobs } from '../../sandbox-bank/resources/deps.ts';
import { faultsOfAnswer, verifiedSignature } from './resources-published.ts';

export type Version = 'v3.1' | 'v4.0';

export const start = Date.parse('2026-11-20T15:00:00Z');
export const origin = 'https://localhost:8444/hybrid/open-banking';

const bankKeys = await generateKeyPair('PS256', { extractable: true });
const thirdPartyKeys = await generateKeyPair('PS256', { extractable: true });
export const bankKey = await exportJWK(bankKeys.publicKey);

export const thirdParty: Caller = {
  kind: 'client',
  clientId: 'client-1',
  orgId: 'organisation-1',
  softwareId: 'software-1',
  scopes: ['openid', 'accounts', 'payments', 'fundsconfirmations'],
};

/**
 * Tokens are words: `client`, `stranger`, `accounts-only`, `payments-only`, `consent:<id>` for a customer's token, or
 * `stolen:<id>` for one that another third party holds.
 */
function callerOf(token: string | undefined): Authentication {
  if (token === 'client') return thirdParty;
  if (token === 'stranger') return { ...thirdParty, clientId: 'client-2' };
  if (token === 'accounts-only') return { ...thirdParty, scopes: ['accounts'] };
  if (token === 'payments-only') return { ...thirdParty, scopes: ['payments'] };
  const [kind, consentId] = token?.split(':') ?? [];
  if (kind === 'consent' && consentId) return { ...thirdParty, kind: 'customer', consentId };
  if (kind === 'stolen' && consentId)
    return { ...thirdParty, clientId: 'client-2', kind: 'customer', consentId };
  return { refusal: 401 };
}

export interface Asked {
  token?: string;
  body?: unknown;
  /** The bytes to send in place of the body's JSON. */
  raw?: string | Uint8Array;
  headers?: Record<string, string | undefined>;
  key?: string;
  /** Members of the signature's header to change; false sends no signature. */
  signature?: Record<string, unknown> | string | false;
  /** Leave the published documents aside: the path or the method is not in them. */
  unpublished?: true;
}

export interface Answered {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape, which Ajv has judged before.
  body: any;
  headers: Headers;
  codes: string[];
  raw: Response;
}

export function openBank(options: { folder?: string; choices?: z.input<typeof ResourceChoices> } = {}) {
  let nowMs = start;
  const clock: Clock = { nowMs: () => nowMs, now: () => new Date(nowMs) };
  const { folder } = options;
  const state = new BankState({ seed: 'test', clock, ...(folder === undefined ? {} : { folder }) });
  const knobs = defaultResourceKnobs();
  const app = createResourceApp({
    authenticate: async (request) => callerOf(request.headers.authorization?.replace('Bearer ', '')),
    clientKeys: async () => ({ keys: [{ ...(await exportJWK(thirdPartyKeys.publicKey)), kid: 'seal-1' }] }),
    signing: {
      key: bankKeys.privateKey,
      kid: 'bank-seal',
      orgId: 'bank-organisation',
      trustAnchor: 'openbanking.org.uk',
    },
    clock,
    personality: 'hybrid',
    groupUrl: (version, group) => `${origin}/${version}/${group}`,
    servedAt: (address) => address,
    choices: ResourceChoices.parse(options.choices ?? {}),
    state,
    knobs,
  });

  /** Every answer is judged by the published documents, and its signature where there is one. */
  async function ask(method: string, path: string, asked: Asked = {}): Promise<Answered> {
    const bytes = asked.raw ?? (asked.body === undefined ? undefined : JSON.stringify(asked.body));
    const signed =
      method === 'POST' && path.includes('/pisp/') && bytes !== undefined && asked.signature !== false;
    const headers = new Headers(
      Object.entries({
        authorization: asked.token === undefined ? undefined : `Bearer ${asked.token}`,
        'content-type': bytes === undefined ? undefined : 'application/json',
        'x-idempotency-key': asked.key,
        'x-jws-signature': signed ? await signatureOf(asked, bytes, nowMs) : undefined,
        ...asked.headers,
      }).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] satisfies [string, string]])),
    );
    const incoming = new IncomingMessage(new Socket());
    incoming.headers.authorization = headers.get('authorization') ?? undefined;
    const raw = await app.request(
      path,
      { method, headers, ...(bytes === undefined ? {} : { body: bytes }) },
      { incoming },
    );
    if (!asked.unpublished) expect(await faultsOfAnswer(method, path, raw)).toEqual([]);
    if (raw.headers.has('x-jws-signature')) await verifiedSignature(raw, bankKey);
    const isFile = raw.headers.has('content-disposition');
    const text = isFile ? '' : await raw.clone().text();
    const body = text === '' ? undefined : JSON.parse(text);
    const codes = (body?.Errors ?? []).map(({ ErrorCode }: { ErrorCode: string }) => ErrorCode);
    return { status: raw.status, body, headers: raw.headers, codes, raw };
  }

  return {
    state,
    knobs,
    ask,
    advance: (ms: number) => {
      nowMs += ms;
    },
  };
}

export type Bank = ReturnType<typeof openBank>;

async function signatureOf(asked: Asked, bytes: string | Uint8Array, nowMs: number): Promise<string> {
  if (typeof asked.signature === 'string') return asked.signature;
  return signDetached(bytes, nowMs, asked.signature === false ? {} : (asked.signature ?? {}));
}

/** A signature as the third party makes it; `changes` replace members of its header, undefined ones leave it. */
export async function signDetached(
  bytes: string | Uint8Array,
  nowMs: number,
  changes: Record<string, unknown> = {},
) {
  const name = (claim: string) => `http://openbanking.org.uk/${claim}`;
  const header = Object.fromEntries(
    Object.entries({
      alg: 'PS256',
      kid: 'seal-1',
      [name('iat')]: Math.floor(nowMs / 1000),
      [name('iss')]: 'organisation-1/software-1',
      [name('tan')]: 'openbanking.org.uk',
      crit: [...(changes.b64 === false ? ['b64'] : []), name('iat'), name('iss'), name('tan')],
      ...changes,
    }).filter(([, value]) => value !== undefined),
  );
  // Signed by hand: a library refuses to make most of the headers that a bank must refuse.
  const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
  const payload =
    header.b64 === false ? Buffer.from(bytes) : Buffer.from(Buffer.from(bytes).toString('base64url'));
  const input = Buffer.concat([Buffer.from(`${encoded}.`), payload]);
  const padding = { name: 'RSA-PSS', saltLength: 32 };
  const signature = await crypto.subtle.sign(padding, thirdPartyKeys.privateKey, input);
  return `${encoded}..${Buffer.from(signature).toString('base64url')}`;
}

export const allPermissions = [
  'ReadAccountsDetail',
  'ReadBalances',
  'ReadTransactionsDetail',
  'ReadTransactionsCredits',
  'ReadTransactionsDebits',
];

/** An access given by a customer, ready to use; answers the token. */
export async function access(
  bank: Bank,
  version: Version,
  accountIds = ['22289'],
  more: object = {},
): Promise<string> {
  const body = { Data: { Permissions: allPermissions, ...more }, Risk: {} };
  const { body: consent } = await bank.ask('POST', `/${version}/aisp/account-access-consents`, {
    token: 'client',
    body,
  });
  const owner = bankUsers.find(({ accounts }) =>
    accounts.some(({ accountId }) => accountId === accountIds[0]),
  );
  bank.state.authoriseConsent(consent.Data.ConsentId, { psu: owner?.username ?? '', accountIds });
  return `consent:${consent.Data.ConsentId}`;
}

export function instruction(amount = '10.00', more: object = {}) {
  return {
    InstructionIdentification: 'INSTR-1',
    EndToEndIdentification: 'E2E-1',
    InstructedAmount: { Amount: amount, Currency: 'GBP' },
    CreditorAccount: {
      SchemeName: 'UK.OBIE.SortCodeAccountNumber',
      Identification: '99000212345678',
      Name: 'Halcyon Interiors',
    },
    ...more,
  };
}

export function consentRequest(initiation: object = instruction(), more: object = {}) {
  return { Data: { Initiation: initiation, ...more }, Risk: { PaymentContextCode: 'TransferToThirdParty' } };
}

/** A consent to ask about the funds of an account, given by its customer; answers the token. */
export async function fundsAccess(
  bank: Bank,
  version: Version,
  debtorAccount: object = everydayAccount,
  more: object = {},
): Promise<string> {
  const body = { Data: { DebtorAccount: debtorAccount, ...more } };
  const path = `/${version}/cbpii/funds-confirmation-consents`;
  const consentId: string = (await bank.ask('POST', path, { token: 'client', body })).body.Data.ConsentId;
  bank.state.authoriseConsent(consentId, { psu: 'alice', accountIds: ['22289'] });
  return `consent:${consentId}`;
}

/** Alice's account 22289. */
export const everydayAccount = {
  SchemeName: 'UK.OBIE.SortCodeAccountNumber',
  Identification: '99000110222890',
  Name: 'MS A HART',
};

let keys = 0;
export function newKey(): string {
  keys += 1;
  return `key-${keys}`;
}

/** A payment consent the customer authorised for account 22289. */
export async function agreedPayment(
  bank: Bank,
  version: Version,
  initiation: object = instruction(),
  more: object = {},
) {
  const request = consentRequest(initiation, more);
  const path = `/${version}/pisp/domestic-payment-consents`;
  const { body } = await bank.ask('POST', path, { token: 'client', key: newKey(), body: request });
  const consentId: string = body.Data.ConsentId;
  bank.state.authoriseConsent(consentId, { psu: 'alice', accountIds: ['22289'] });
  const order = { Data: { ConsentId: consentId, Initiation: initiation }, Risk: request.Risk };
  return { consentId, token: `consent:${consentId}`, order };
}
