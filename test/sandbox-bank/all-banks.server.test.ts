// A walk through every bank of the world: found or not, a client of it by register or portal, and each API on each version
// that it has used once, by a visitor who has read what the bank wants.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { allPersonalities } from '../../sandbox-bank/personalities/index.ts';
import type { Personality } from '../../sandbox-bank/personalities/personality.ts';
import { ruleFor } from '../../sandbox-bank/personalities/token-rules.ts';
import { authorise, type Journey, makeConsent } from './journey.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import { accessRequest, call, initiation, paymentRequest } from './visited-resources.ts';
import {
  acr,
  ask,
  at,
  type Body,
  type Client,
  discover,
  exchange,
  type Kind,
  ownToken,
  type Place,
  type RegistrationChanges,
  type RequestChanges,
  refresh,
  register,
  subjectName,
  visitPortal,
  type World,
} from './visitor.ts';

type Located = Personality & { addresses: NonNullable<Personality['addresses']> };

const banks = allPersonalities().filter((bank): bank is Located => bank.addresses !== undefined);
const apiOf = { accounts: 'aisp', payments: 'pisp' } as const;
const registered = new Map<string, Client>();

let sandbox: Sandbox;
let world: World;

beforeAll(async () => {
  sandbox = await openSandbox();
  world = { sandbox, thirdParty: new ThirdParty(sandbox) };
});
afterAll(async () => {
  await world.thirdParty.close();
  await sandbox.remove();
});

it('leads past 58 banks of 17 groups', () => {
  expect(banks).toHaveLength(58);
  expect(new Set(banks.map(({ name }) => name.split('_')[0])).size).toBe(17);
});

function placeOf({ name, addresses, organisationId, clientAuthMethods }: Located): Place {
  const below = `${addresses.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const [method = 'private_key_jwt'] = clientAuthMethods;
  return { bank: name, discovery: addresses.discovery ?? below, organisationId, method };
}

/** What the bank publishes, or what its handbook says where it publishes nothing. */
async function documentOf(bank: Located): Promise<Body> {
  const { addresses, discovery } = bank;
  const { discovery: address } = placeOf(bank);
  if (discovery.served) return discover(world, placeOf(bank));
  expect((await ask(world.thirdParty, 'GET', at(sandbox.urls.browser, address))).status).toBe(404);
  return {
    token_endpoint: at(sandbox.urls.api, addresses.token ?? ''),
    authorization_endpoint: at(sandbox.urls.browser, addresses.authorisation ?? ''),
  };
}

function wishesOf({ registration, clientAuthMethods }: Located, document: Body, kind: Kind) {
  const { organisationIdentifier, grantTypes, subjectType, oneApiPerClient } = registration;
  const names = clientAuthMethods.includes('tls_client_auth') || registration.subjectName === 'always';
  const form = organisationIdentifier === 'any' ? 'name' : organisationIdentifier;
  const claims = {
    ...(registration.audience === 'issuer' ? { aud: document.issuer } : {}),
    ...(grantTypes === 'any' ? {} : { grant_types: grantTypes }),
    ...(subjectType === undefined ? {} : { subject_type: subjectType }),
    ...(names ? { tls_client_auth_subject_dn: subjectName(world.thirdParty, form) } : {}),
    ...(oneApiPerClient ? { scope: `openid ${kind}` } : {}),
  };
  return { claims, contentType: registration.contentTypes[0] ?? '' } satisfies RegistrationChanges;
}

/** One client for each group of brands, and for each kind where the bank wants two. */
async function clientOf(bank: Located, document: Body, kind: Kind): Promise<Client> {
  const book = bank.entranceTo ?? bank.registrationGroup ?? bank.name;
  const key = `${book}${bank.registration.oneApiPerClient ? kind : ''}`;
  const known = registered.get(key);
  if (known) return known;
  const client = bank.registration.offered
    ? await register(world, placeOf(bank), document, wishesOf(bank, document, kind))
    : await visitPortal(world, placeOf(bank));
  registered.set(key, client);
  return client;
}

function requestOf({ authorisation, addresses }: Located, kind: Kind): RequestChanges {
  const { browser } = sandbox.urls;
  const { audience, besideRequestObject, strongAuthentication } = authorisation;
  const { paymentAuthorisation } = addresses;
  const elsewhere = kind === 'payments' ? paymentAuthorisation : undefined;
  return {
    acr: strongAuthentication === 'refused' ? acr.weak : acr.strong,
    object: audience === undefined ? {} : { aud: at(browser, audience) },
    repeat: besideRequestObject.flatMap(({ parameter, of }) =>
      of === undefined || of.includes(kind) ? [parameter] : [],
    ),
    ...(elsewhere === undefined ? {} : { endpoint: at(browser, elsewhere) }),
  };
}

function bodyOf({ resources }: Located, kind: Kind, version: string): object {
  const words = resources.supplement[kind];
  const more = words === undefined ? {} : { SupplementaryData: words };
  if (kind === 'accounts') return accessRequest(more);
  const isPublished = version === 'v3.1' && resources.contractPresentIndicator === 'as-published';
  const indicator = isPublished ? 'ContractPresentInidicator' : 'ContractPresentIndicator';
  return paymentRequest(more, { [indicator]: true });
}

async function use(bank: Located, journey: Journey, kind: Kind, version: 'v3.1' | 'v4.0'): Promise<void> {
  const { document, client } = journey;
  const unencoded = bank.knobs.signatureStyle === 'b64-false';
  const body = bodyOf(bank, kind, version);
  const { consentId, request, token } = await makeConsent(journey, kind, body, unencoded);
  // How the plain bank is asked has a test of its own.
  if (bank.authorisation.plainOAuth) return;
  const { by, back, request: sent } = await authorise(journey, consentId, kind, requestOf(bank, kind));
  expect({ by, back }).toMatchObject({ by: bank.authorisation.responseMode, back: { state: sent.state } });
  const scopeAt = (grant: string): Record<string, string> =>
    ruleFor(bank.tokenAnswers, grant, kind).demandsScope ? { scope: kind } : {};
  const { status, body: tokens } = await exchange(
    world,
    document,
    client,
    sent,
    back.code,
    scopeAt('exchange'),
  );
  expect({ status, tokens }).toMatchObject({ status: 200, tokens: { id_token: expect.any(String) } });
  expect('refresh_token' in tokens).toBe(bank.refreshTokensFor.includes(kind));
  if ('refresh_token' in tokens) {
    const later = await refresh(world, document, client, tokens.refresh_token, scopeAt('refresh'));
    expect(later.status).toBe(200);
  }
  const url = `${journey.base(kind)}${kind === 'accounts' ? '/accounts' : '/domestic-payments'}`;
  const order = kind === 'accounts' ? {} : { body: orderOf(request, consentId), unencoded };
  const answer = await call(world, kind === 'accounts' ? 'GET' : 'POST', url, tokens.access_token, order);
  expect(answer.status).toBe(kind === 'accounts' ? 200 : 201);
  if (kind === 'accounts') {
    const pots = await call(world, 'GET', `${journey.base(kind)}/pots`, tokens.access_token);
    expect(pots.status).toBe(bank.resources.pots ? 200 : 404);
  }
  expect((await call(world, 'GET', url, token)).status).toBeGreaterThanOrEqual(400);
}

function orderOf(request: object, consentId: string): object {
  const { Data, Risk }: { Data?: { Initiation?: object }; Risk?: object } = request;
  return { Data: { ConsentId: consentId, Initiation: Data?.Initiation ?? initiation }, Risk };
}

function offersOf({ addresses }: Located) {
  return (['accounts', 'payments'] as const).flatMap((kind) =>
    (['v3.1', 'v4.0'] as const).flatMap((version) => {
      const base = addresses[apiOf[kind]][version];
      return base === undefined ? [] : [{ kind, version, base }];
    }),
  );
}

const named = (bank: Located) => [bank.name, bank] as const;

it.each(banks.map(named))('%s takes a client and gives what it offers', async (_, bank) => {
  const offers = offersOf(bank);
  expect(offers.length).toBeGreaterThan(0);
  const document = await documentOf(bank);
  for (const { kind, version, base } of offers) {
    const client = await clientOf(bank, document, kind);
    const journey = { world, document, client, base: () => at(sandbox.urls.api, base) };
    await use(bank, journey, kind, version);
  }
  const { body } = await sandbox.control('GET', '/counters');
  expect(body[bank.name].clients).toBe(bank.registration.oneApiPerClient ? 2 : 1);
  const payments = offers.filter(({ kind }) => kind === 'payments').length;
  expect(body[bank.name].paymentsExecuted).toBe(payments);
});

const registering = banks.filter(({ registration }) => registration.offered);

it.each(registering.map(named))('%s shows a registration as far as it does', async (_, bank) => {
  const document = await documentOf(bank);
  const client = await clientOf(bank, document, offersOf(bank)[0]?.kind ?? 'accounts');
  const { managedWith, methods } = bank.registration;
  const scopes: Record<string, string> = {
    'client-token-openid': 'openid',
    'client-token-first-api': 'accounts',
  };
  const token =
    managedWith === 'registration-access-token'
      ? client.accessToken
      : await ownToken(world, document, client, scopes[managedWith]);
  const url = `${document.registration_endpoint}/${client.id}`;
  const headers = { authorization: `Bearer ${token}` };
  const { status } = await ask(world.thirdParty, 'GET', url, { headers });
  expect(status).toBe(methods.includes('GET') ? 200 : 405);
});
