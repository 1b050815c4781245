// Choices that no bank of the 58 needs today, each at a bank of the sandbox that does need it: with the choice we get
// along, without it we fail, and say at what.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify } from '../../activities/classify.ts';
import { createTokenActivities } from '../../activities/tokens.ts';
import { variant } from '../../bank-matrix/variant.ts';
import { profileBook } from '../../bank-profiles/book.ts';
import { mergePatch } from '../../bank-profiles/merge-patch.ts';
import { type BankProfileSource, bankProfileSchema } from '../../bank-profiles/profile.ts';
import type { PersonalityFacts } from '../../sandbox-bank/personalities/personality.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import { authorise, bankOf, createConsent } from '../activities/consent-steps.ts';
import { openWorkshop, register, tenant, type Workshop } from '../activities/workshop.ts';

interface OddBank {
  /** As the connector that is in use with UK banks calls the choice. */
  quirk: string;
  /** How the bank is. */
  habits: Partial<PersonalityFacts>;
  /** What a profile has to say of it. */
  choice: object;
  /** What an operator is told without the choice. */
  failure: { code: string; detail?: string };
  /** The customer authorises twice. */
  again?: boolean;
}

const odd: Record<string, OddBank> = {
  OddMethods: {
    quirk: 'OpenIdConfigurationGet.TokenEndpointAuthMethodsSupportedResponse',
    habits: { discovery: { tokenAuthMethods: ['client_secret_jwt'] } },
    choice: { discovery: { tokenEndpointAuthMethods: ['private_key_jwt'] } },
    failure: {
      code: 'bank-response-invalid',
      detail: 'does not offer the client authentication private_key_jwt',
    },
  },
  OddModes: {
    quirk: 'OpenIdConfigurationGet.ResponseModesSupportedResponse',
    habits: { discovery: { responseModes: ['query'] } },
    choice: { discovery: { responseModes: ['fragment'] } },
    failure: { code: 'bank-response-invalid', detail: 'does not offer the response mode fragment' },
  },
  OddKeys: {
    quirk: 'JwksGet.ResponseHasNoRootProperty',
    habits: { discovery: { bareKeySet: true } },
    choice: { discovery: { keySet: 'bare-array' } },
    failure: { code: 'bank-response-invalid', detail: 'The key set cannot be used' },
  },
  OddScope: {
    quirk: 'BankRegistrationPost.ScopeClaimJsonConverter',
    habits: { registration: { scopeInRequest: 'list' } },
    choice: { registration: { requestScope: 'array' } },
    failure: { code: 'bank-rejected-request' },
  },
  OddDn: {
    quirk: 'DynamicClientRegistrationApiVersion',
    habits: { registration: { version: '3.1' }, clientAuthMethods: ['tls_client_auth'] },
    choice: { registration: { version: '3.1', tokenEndpointAuthMethod: 'tls_client_auth' } },
    failure: { code: 'bank-rejected-request' },
  },
  OddNonce: {
    quirk: 'IdTokenProcessing.IdTokenNonceClaimIsPreviousValue',
    habits: { idTokens: [{ repeatsFirstNonce: true }] },
    choice: { idToken: { nonce: 'of-first-authorisation' } },
    failure: { code: 'redirect-refused', detail: 'nonce' },
    again: true,
  },
  OddIssuer: {
    quirk: 'IdTokenProcessing.IssClaim',
    habits: { idTokens: [{ issuer: 'https://other-issuer.example' }] },
    choice: {
      idToken: { issuer: { variable: 'SANDBOX_BANK_BROWSER_URL', path: '/at/https/other-issuer.example' } },
    },
    failure: { code: 'redirect-refused', detail: 'issuer' },
  },
  OddPrefix: {
    quirk: 'ConsentAuthGet.ConsentIdClaimPrefix',
    habits: { authorisation: { consentIdPrefix: 'urn:odd:consent:' } },
    choice: { grants: { accountAccess: { authorisation: { consentIdPrefix: 'urn:odd:consent:' } } } },
    // The bank sends the customer back with an error in place of a code.
    failure: { code: 'redirect-refused', detail: 'code' },
  },
  OddState: {
    quirk: 'ConsentAuthGet.AddRedundantOAuth2StateRequestParameter',
    habits: { authorisation: { besideRequestObject: [{ parameter: 'state' }] } },
    choice: { grants: { accountAccess: { authorisation: { stateParameter: true } } } },
    // The bank sends the customer back with an error in place of a code.
    failure: { code: 'redirect-refused', detail: 'code' },
  },
};

/** As the sandbox's own hybrid bank, but for what is odd. */
function profileOf(name: string, choice: object): BankProfileSource {
  const at = (listener: string, path: string) => ({
    variable: `SANDBOX_BANK_${listener}_URL`,
    path: `/${name}${path}`,
  });
  const usual = {
    ...{ group: 'Odd', source: 'this test', brand: name, organisationId: organisationIdOf(name) },
    issuer: at('BROWSER', ''),
    accountInformation: { baseUrls: { 'v4.0': at('API', '/open-banking/v4.0/aisp') } },
    ...{ registration: { read: true }, authorisation: { strongAuthentication: true } },
  };
  return bankProfileSchema.parse(mergePatch(usual, choice));
}

const organisationIdOf = (name: string) => `001580ODD${name.toUpperCase()}`.padEnd(18, 'X').slice(0, 18);
const names = Object.keys(odd);
const habitsOf: [name: string, habits: OddBank['habits']][] = [
  ...Object.entries(odd).map(([name, { habits }]): [string, OddBank['habits']] => [name, habits]),
  ['OddLinks', { resources: { links: [{ wrong: true }] } }],
];
const personalities = habitsOf.map(
  ([name, habits]): PersonalityFacts => ({
    ...{
      name,
      displayName: name,
      organisationId: organisationIdOf(name),
      organisationIdentifier: 'PSDGB-FCA-799999',
    },
    ...{ clientAuthMethods: ['private_key_jwt'], ...habits },
  }),
);
// A bank without the choice is registered with as another one, so that each has its own client.
const profiles = profileBook(
  new Map([
    ...names.map((name) => [`Odd_${name}`, profileOf(name, odd[name]?.choice ?? {})] as const),
    ...names.map((name) => [`Odd_${name}Plain`, profileOf(name, plain(name))] as const),
    ['Odd_OddLinks', profileOf('OddLinks', { links: { anyBaseUrl: ['accountAccessConsent'] } })],
    ['Odd_OddLinksPlain', profileOf('OddLinks', {})],
    ...['expected', 'ignored'].map((refreshToken) => {
      const choice = { grants: { accountAccess: { codeExchange: { refreshToken } } } };
      return [
        `Odd_Refresh${refreshToken}`,
        profileOf('OddModes', mergePatch(odd.OddModes?.choice, choice) as object),
      ] as const;
    }),
    ['Cooperative_Kept', variant('Cooperative_Cooperative', 'Kept', {})],
    [
      'Cooperative_Forgotten',
      variant('Cooperative_Cooperative', 'Forgotten', {
        grants: { accountAccess: { authorisation: { reauthorisation: 'own-records' } } },
      }),
    ],
  ]),
);

/** Everything but the choice: the client authentication has to stay. */
function plain(name: string): object {
  return name === 'OddDn' ? { registration: { tokenEndpointAuthMethod: 'tls_client_auth' } } : {};
}

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop({ profiles, personalities });
});
afterAll(() => shop.close());

/** Registration, consent, authorisation, a read and a refresh. */
async function live(profile: string, again: boolean): Promise<number> {
  const { deps, sandbox } = shop;
  const bankRegistrationId = await register(deps, await shop.requested({ bankProfile: profile }));
  const body = { Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} };
  const consentId = await createConsent(deps, { family: 'account-access', bankRegistrationId, body });
  await authorise(deps, sandbox, consentId);
  if (again) await authorise(deps, sandbox, consentId);
  const before = await deps.store.grants.load(tenant, consentId);
  await createTokenActivities(deps).refreshGrant({
    ...{ tenant, consentId, family: 'account-access', fromVersion: before?.version ?? 0 },
  });
  const grant = await deps.store.grants.load(tenant, consentId);
  const answer = await (await bankOf(deps, bankRegistrationId)).call({
    ...{ endpoint: accountInformation.getAccounts, version: 'v4.0', params: {} },
    accessToken: grant?.accessToken,
  });
  return (answer.body as { Data: { Account: unknown[] } }).Data.Account.length;
}

describe.each(Object.entries(odd))('%s', (name, { quirk, failure, again = false }) => {
  it(`${quirk}: with the choice the journey is a usual one`, async () => {
    expect(await live(`Odd_${name}`, again)).toBeGreaterThan(0);
  });

  it(`${quirk}: without it, the failure says what does not fit`, async () => {
    const error = await live(`Odd_${name}Plain`, again).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    const { details, message } = classify(error) ?? {};
    expect([
      details?.code ?? String(error),
      failure.detail === undefined || message?.includes(failure.detail),
    ]).toEqual([failure.code, true]);
  });
});

describe('a consent that was authorised before we knew of it', () => {
  it.each([
    ['with the choice', {}, true],
    [
      'without it',
      { grants: { accountAccess: { authorisation: { reauthorisation: 'own-records' } } } },
      false,
    ],
  ])('ConsentAuthGet.DetectReAuthCaseViaConsentStatus: %s', async (name, change, goesWell) => {
    const bankRegistrationId = await adopted(name, change);
    const body = { Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} };
    const consent = { family: 'account-access', bankRegistrationId, body, useV4: false } as const;
    const consentId = await createConsent(shop.deps, consent);
    await authorise(shop.deps, shop.sandbox, consentId);
    const again = authorise(shop.deps, shop.sandbox, consentId, { authorisedBefore: false });
    if (goesWell) return await expect(again).resolves.toBeUndefined();
    await expect(again).rejects.toThrow('failed a check: code');
  });
});

describe('a refresh token that is not to be kept', () => {
  it.each([
    ['expected', expect.any(String)],
    ['ignored', undefined],
  ])('AuthCodeGrantPost.UnexpectedResponseRefreshTokenMayBePresent: %s', async (refreshToken, kept) => {
    const profile = `Odd_Refresh${refreshToken}`;
    const bankRegistrationId = await register(shop.deps, await shop.requested({ bankProfile: profile }));
    const body = { Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} };
    const consentId = await createConsent(shop.deps, { family: 'account-access', bankRegistrationId, body });
    await authorise(shop.deps, shop.sandbox, consentId);
    expect((await shop.deps.store.grants.load(tenant, consentId))?.refreshToken).toEqual(kept);
  });
});

describe('links that lead anywhere', () => {
  it.each([
    ['with the choice', 'Odd_OddLinks', true],
    ['without it', 'Odd_OddLinksPlain', false],
  ])('ReadWriteGet.ResponseLinksMayHaveIncorrectUrlBeforeQuery: %s', async (_, bankProfile, isRight) => {
    const bankRegistrationId = await register(shop.deps, await shop.requested({ bankProfile }));
    const body = { Data: { Permissions: ['ReadAccountsBasic'] }, Risk: {} };
    const consentId = await createConsent(shop.deps, { family: 'account-access', bankRegistrationId, body });
    const answer = await shop.deps.store.consents.findBankResponse(tenant, consentId);
    if (answer === undefined) throw new Error('no answer');
    const { Data, Links } = answer.body as { Data: { ConsentId: string }; Links: { Self: string } };
    expect(Links.Self === `${answer.url}/${Data.ConsentId}`).toBe(isRight);
  });
});

/** A client of the bank that hands them out by hand, under a profile with a change. */
async function adopted(name: string, change: object): Promise<string> {
  const { softwareId, redirectUris } = JSON.parse(
    readFileSync(join(shop.sandbox.tppDir, 'tpp.json'), 'utf8'),
  );
  const bank = { bank: 'Cooperative_Cooperative', softwareId, redirectUris, scope: 'openid accounts' };
  const { body: client } = await shop.sandbox.control('POST', '/clients', bank);
  const bankProfile = Object.keys(change).length === 0 ? 'Cooperative_Kept' : 'Cooperative_Forgotten';
  expect(profiles.find(bankProfile), name).toBeDefined();
  const requested = await shop.requested({
    ...{ bankProfile, externalApiId: client.clientId, externalApiSecret: client.clientSecret },
    ...{ useSimulatedBank: true, registrationScope: 'AccountAndTransaction' },
  });
  return await register(shop.deps, requested);
}
