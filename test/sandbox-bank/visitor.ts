// A third party at any bank, by hand: every message can be made otherwise, and every answer is shown as it came.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Response } from 'undici';
import type { Sandbox } from './sandbox.ts';
import type { ThirdParty } from './third-party.ts';

export type Method = 'private_key_jwt' | 'tls_client_auth' | 'client_secret_basic' | 'client_secret_post';
export type Kind = 'accounts' | 'payments';

/** Where a bank is and what it is called, as a third party knows it beforehand. */
export interface Place {
  bank: string;
  /** The real address of the discovery document. */
  discovery: string;
  organisationId: string;
  method: Method;
}

export interface World {
  sandbox: Sandbox;
  thirdParty: ThirdParty;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export type Body = any;

export interface Answer {
  status: number;
  body: Body;
  headers: Response['headers'];
}

export interface Client {
  id: string;
  secret?: string;
  method: Method;
  /** Opens its registration, at banks that hand one out. */
  accessToken?: string;
}

export interface Request {
  /** Where the customer is sent. */
  url: string;
  state: string;
  nonce: string;
  verifier: string;
  redirectUri: string;
}

/** Members to set in a message, or to leave out by undefined. */
export type Changes = Record<string, unknown>;

/** A real address as the sandbox serves it. */
export function at(listener: string, realAddress: string): string {
  return `${listener}/at/${realAddress.replace('://', '/')}`;
}

export async function discover({ sandbox, thirdParty }: World, place: Place): Promise<Body> {
  const answer = await ask(thirdParty, 'GET', at(sandbox.urls.browser, place.discovery));
  if (answer.status !== 200) throw new Error(`discovery: ${answer.status}`);
  return answer.body;
}

export async function ask(
  thirdParty: ThirdParty,
  method: string,
  url: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const answer = await thirdParty.fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
}

export interface RegistrationChanges {
  claims?: Changes;
  contentType?: string;
}

export async function askRegistration(
  { thirdParty }: World,
  place: Place,
  document: Body,
  { claims = {}, contentType = 'application/jwt' }: RegistrationChanges = {},
  target: { method: string; url: string; token?: string } = {
    method: 'POST',
    url: document.registration_endpoint,
  },
): Promise<Answer> {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const { softwareId, redirectUris } = thirdParty.facts;
  const jwt = await thirdParty.sign(
    present({
      iss: softwareId,
      aud: place.organisationId,
      iat: nowSeconds,
      exp: nowSeconds + 300,
      jti: randomUUID(),
      redirect_uris: redirectUris,
      token_endpoint_auth_method: place.method,
      ...(place.method === 'private_key_jwt' ? { token_endpoint_auth_signing_alg: 'PS256' } : {}),
      ...(place.method === 'tls_client_auth' ? { tls_client_auth_subject_dn: subjectName(thirdParty) } : {}),
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      response_types: document.response_types_supported,
      software_id: softwareId,
      scope: 'openid accounts payments',
      software_statement: await thirdParty.softwareStatement(),
      application_type: 'web',
      id_token_signed_response_alg: 'PS256',
      request_object_signing_alg: 'PS256',
      ...claims,
    }),
  );
  const authorization = target.token === undefined ? {} : { authorization: `Bearer ${target.token}` };
  const headers = { 'content-type': contentType, ...authorization };
  return ask(thirdParty, target.method, target.url, { headers, body: jwt });
}

export async function register(
  world: World,
  place: Place,
  document: Body,
  changes: RegistrationChanges = {},
): Promise<Client & { answer: Body }> {
  const { status, body } = await askRegistration(world, place, document, changes);
  if (status !== 201) throw new Error(`registration: ${status} ${JSON.stringify(body)}`);
  const { client_id: id, client_secret: secret, registration_access_token: accessToken } = body;
  return { id, secret, accessToken, method: place.method, answer: body };
}

/** Makes a client in the bank's portal. */
export async function visitPortal(
  { sandbox, thirdParty }: World,
  { bank, method }: Pick<Place, 'bank' | 'method'>,
  scope = 'openid accounts payments',
): Promise<Client> {
  const { softwareId, redirectUris } = thirdParty.facts;
  const { status, body } = await sandbox.control('POST', '/clients', {
    bank,
    softwareId,
    redirectUris,
    scope,
  });
  if (status !== 201) throw new Error(`portal: ${status} ${JSON.stringify(body)}`);
  const { clientId, clientSecret, registrationAccessToken } = body;
  return { id: clientId, secret: clientSecret, accessToken: registrationAccessToken, method };
}

/** How a transport certificate's subject is written: in which form attribute 2.5.4.97, the rest as RFC 4514 has it. */
export function subjectName(
  { certificate }: ThirdParty,
  form: 'name' | 'oid-hex' | 'oid-text' = 'name',
): string {
  const write = (attribute: string): string => {
    const [type, value = ''] = attribute.split('=');
    if (type !== 'organizationIdentifier') return attribute;
    const hex = Buffer.from([0x13, value.length, ...Buffer.from(value)])
      .toString('hex')
      .toUpperCase();
    return { name: attribute, 'oid-hex': `2.5.4.97=#${hex}`, 'oid-text': `2.5.4.97=${value}` }[form];
  };
  return certificate.subject.split('\n').reverse().map(write).join(',');
}

export async function askToken(
  { thirdParty }: World,
  document: Body,
  client: Client,
  form: Record<string, string | undefined>,
): Promise<Answer> {
  const authentication = await authenticationOf(thirdParty, document, client);
  const body = new URLSearchParams(present({ ...form, ...authentication.form }) as Record<string, string>);
  return ask(thirdParty, 'POST', document.token_endpoint, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...authentication.headers },
    body: body.toString(),
  });
}

export async function ownToken(
  world: World,
  document: Body,
  client: Client,
  scope?: string,
): Promise<string> {
  const form = { grant_type: 'client_credentials', scope };
  const { status, body } = await askToken(world, document, client, form);
  if (status !== 200) throw new Error(`client credentials: ${status} ${JSON.stringify(body)}`);
  return body.access_token;
}

async function authenticationOf(thirdParty: ThirdParty, document: Body, { id, secret = '', method }: Client) {
  const basic = Buffer.from(`${id}:${secret}`).toString('base64');
  switch (method) {
    case 'tls_client_auth':
      return { form: { client_id: id }, headers: {} };
    case 'client_secret_post':
      return { form: { client_id: id, client_secret: secret }, headers: {} };
    case 'client_secret_basic':
      return { form: {}, headers: { authorization: `Basic ${basic}` } };
    case 'private_key_jwt': {
      const nowSeconds = Math.floor(Date.now() / 1000);
      const client_assertion = await thirdParty.sign({
        ...{ iss: id, sub: id, aud: document.token_endpoint, jti: randomUUID() },
        ...{ iat: nowSeconds, exp: nowSeconds + 60 },
      });
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      return { form: { client_id: id, client_assertion, client_assertion_type }, headers: {} };
    }
  }
}

export interface RequestChanges {
  /** Claims of the request object. */
  object?: Changes;
  /** Parameters beside it. */
  beside?: Record<string, string>;
  /** Names of parameters of the request object to repeat beside it. */
  repeat?: ('nonce' | 'state')[];
  endpoint?: string;
  /** Stands before the consent id. */
  prefix?: string;
  acr?: object;
  redirectUri?: string;
}

const strong = 'urn:openbanking:psd2:sca';
const weak = 'urn:openbanking:psd2:ca';
export const acr = {
  strong: { essential: true, values: [strong, weak] },
  weak: { essential: true, values: [weak] },
};

export async function makeRequest(
  { thirdParty }: World,
  document: Body,
  client: Client,
  consentId: string,
  kind: Kind = 'accounts',
  changes: RequestChanges = {},
): Promise<Request> {
  const [state, nonce, verifier] = [randomUUID(), randomUUID(), randomBytes(32).toString('base64url')];
  const redirectUri = changes.redirectUri ?? thirdParty.facts.redirectUris[0] ?? '';
  const nowSeconds = Math.floor(Date.now() / 1000);
  const intent = { value: `${changes.prefix ?? ''}${consentId}`, essential: true };
  const parameters = {
    client_id: client.id,
    response_type: document.response_types_supported[0],
    scope: `openid ${kind}`,
  };
  const request = await thirdParty.sign(
    present({
      ...parameters,
      ...{ iss: client.id, aud: document.issuer, iat: nowSeconds, nbf: nowSeconds, exp: nowSeconds + 300 },
      ...{ jti: randomUUID(), redirect_uri: redirectUri, state, nonce },
      claims: { id_token: { openbanking_intent_id: intent, acr: changes.acr ?? acr.strong } },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes.object,
    }),
  );
  const repeated = Object.fromEntries((changes.repeat ?? []).map((name) => [name, { state, nonce }[name]]));
  const query = new URLSearchParams({ ...parameters, ...repeated, ...changes.beside, request });
  const endpoint = changes.endpoint ?? document.authorization_endpoint;
  return { url: `${endpoint}?${query}`, state, nonce, verifier, redirectUri };
}

/** What came back at the third party's door: `query` or `fragment`, and its parameters. Throws when nothing comes. */
export async function sendCustomer(
  { sandbox }: World,
  { url }: { url: string },
  wish: Changes = {},
): Promise<{ by: 'query' | 'fragment'; back: Record<string, string> }> {
  const { status, body } = await sandbox.control('POST', '/psu/authorise', { url, ...wish });
  if (status !== 200) throw new Error(`customer: ${JSON.stringify(body)}`);
  const { hash, searchParams } = new URL(body.redirectUrl);
  const by = hash === '' ? 'query' : 'fragment';
  return {
    by,
    back: Object.fromEntries(by === 'query' ? searchParams : new URLSearchParams(hash.slice(1))),
  };
}

export function exchange(
  world: World,
  document: Body,
  client: Client,
  { redirectUri, verifier }: Request,
  code: string | undefined,
  more: Record<string, string> = {},
): Promise<Answer> {
  return askToken(world, document, client, {
    ...{ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
    ...more,
  });
}

export function refresh(
  world: World,
  document: Body,
  client: Client,
  refreshToken: string,
  more: Record<string, string> = {},
): Promise<Answer> {
  const form = { grant_type: 'refresh_token', refresh_token: refreshToken, ...more };
  return askToken(world, document, client, form);
}

/** The claims of an ID token, unchecked. */
export function claimsIn(idToken: string): Body {
  return decodeJwt(idToken);
}

function present(members: Changes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
