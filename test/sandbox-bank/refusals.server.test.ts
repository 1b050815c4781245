// What both banks refuse: other people's tokens and certificates, registrations that do not add up, codes and requests
// that were used, changed or made by somebody else. A connector that is judged by this bank must be judged strictly.
import { randomUUID } from 'node:crypto';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  access,
  authorise,
  createAccess,
  exchange,
  type Flow,
  openFlow,
  resource,
  startAuthorisation,
} from './authorisation.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';

let sandbox: Sandbox;
let us: ThirdParty;
let others: ThirdParty;
let hybrid: Flow;
let jarm: Flow;

beforeAll(async () => {
  sandbox = await openSandbox();
  us = new ThirdParty(sandbox);
  const { body } = await sandbox.control('POST', '/tpps', { organisationName: 'Others Ltd' });
  others = new ThirdParty(sandbox, body.folder);
  hybrid = await openFlow(sandbox, us, 'hybrid', await us.register('hybrid', 'private_key_jwt'));
  jarm = await openFlow(sandbox, us, 'jarm', await us.register('jarm', 'tls_client_auth'));
});
afterAll(async () => {
  await Promise.all([us.close(), others.close()]);
  await sandbox.remove();
});

const accounts = (flow: Flow) => resource(flow, '/aisp/accounts');

describe('a token', () => {
  let token: string;
  beforeAll(async () => {
    token = (await access(hybrid)).tokens.access_token;
  });

  it('is good with the certificate that it was asked for with, and with no other', async () => {
    expect((await us.call('GET', accounts(hybrid), token)).status).toBe(200);
    expect((await others.call('GET', accounts(hybrid), token)).status).toBe(401);
    const nobody = new ThirdParty(sandbox, sandbox.tppDir, 'none');
    expect((await nobody.call('GET', accounts(hybrid), token)).status).toBe(401);
    await expect(nobody.call('GET', accounts(jarm), token)).rejects.toThrow(); // the strict bank hangs up
    await nobody.close();
  });

  it('is good at the bank that gave it, for what it was given', async () => {
    expect((await us.call('GET', accounts(jarm), token)).status).toBe(401);
    const consents = resource(hybrid, '/aisp/account-access-consents/any');
    expect((await us.call('GET', consents, token)).status).toBe(403);
    const own = await openid.clientCredentialsGrant(hybrid.configuration, { scope: 'payments' });
    expect((await us.call('GET', accounts(hybrid), own.access_token)).status).toBe(403);
    expect((await us.call('GET', accounts(hybrid), 'made-up')).status).toBe(401);
  });

  it('ends with time, and with its client', async () => {
    const { tokens } = await access(hybrid);
    await sandbox.control('POST', '/clock', { advanceMs: 301_000 });
    expect((await us.call('GET', accounts(hybrid), tokens.access_token)).status).toBe(401);
    await sandbox.control('POST', '/clock', { offsetMs: 0 });
    const client = await us.register('hybrid', 'private_key_jwt');
    const flow = await openFlow(sandbox, us, 'hybrid', client);
    const { access_token } = await openid.clientCredentialsGrant(flow.configuration, { scope: 'accounts' });
    const own = `${sandbox.urls.api}/hybrid/register/${client.client_id}`;
    const authorization = `Bearer ${access_token}`;
    expect((await us.fetch(own, { headers: { authorization } })).status).toBe(200);
    expect((await us.fetch(own, { method: 'DELETE', headers: { authorization } })).status).toBe(204);
    expect((await us.fetch(own, { headers: { authorization } })).status).toBe(401);
  });
});

describe('a registration', () => {
  const refused = async (changes: Parameters<ThirdParty['askRegistration']>[2], by = us) => {
    const answer = await by.askRegistration('hybrid', 'private_key_jwt', changes);
    return { status: answer.status, ...((await answer.json()) as { error: string }) };
  };

  it.each<[string, Record<string, unknown>, string]>([
    ['for another bank', { aud: '0015800001KESTRELB' }, 'invalid_client_metadata'],
    ['that has expired', { exp: 1 }, 'invalid_client_metadata'],
    ['without an id', { jti: 'no-uuid' }, 'invalid_client_metadata'],
    ['by another software', { iss: 'SomebodyElse' }, 'invalid_client_metadata'],
    ['with a foreign redirect address', { redirect_uris: ['https://evil.example/'] }, 'invalid_redirect_uri'],
    ['with RS256', { id_token_signed_response_alg: 'RS256' }, 'invalid_client_metadata'],
    [
      'with a method that is not offered',
      { token_endpoint_auth_method: 'client_secret_jwt' },
      'invalid_client_metadata',
    ],
    ['with a scope beyond its roles', { scope: 'openid everything' }, 'invalid_client_metadata'],
  ])('%s is refused', async (_, claims, error) => {
    expect(await refused({ claims })).toMatchObject({ status: 400, error });
  });

  it('is made once, by the software that the statement is about, over its own connection', async () => {
    const jti = randomUUID();
    expect((await us.askRegistration('hybrid', 'private_key_jwt', { claims: { jti } })).status).toBe(201);
    expect(await refused({ claims: { jti } })).toMatchObject({ status: 400 });
    const statement = await us.softwareStatement();
    expect(await refused({ statement }, others)).toMatchObject({ status: 400 });
    const [header, payload, signature = ''] = statement.split('.');
    const tampered = [header, payload, `A${signature.slice(1)}`].join('.');
    expect(await refused({ statement: tampered })).toMatchObject({
      ...{ status: 400, error: 'invalid_software_statement' },
    });
    expect(await refused({ contentType: 'application/json' })).toMatchObject({ status: 400 });
    expect(await refused({ kid: 'unknown' })).toMatchObject({ status: 400 });
  });
});

describe('a code', () => {
  it('is good once, for the redirect address and verifier that it belongs to', async () => {
    const attempt = await startAuthorisation(jarm, await createAccess(jarm));
    const back = await authorise(jarm, attempt);
    await expect(exchange(jarm, { ...attempt, verifier: 'x'.repeat(43) }, back)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    const other = await startAuthorisation(jarm, await createAccess(jarm));
    const otherBack = await authorise(jarm, other);
    await exchange(jarm, other, otherBack);
    await expect(exchange(jarm, other, otherBack)).rejects.toMatchObject({ error: 'invalid_grant' });
  });
});

describe('a refresh token', () => {
  it('that was replaced is refused, and takes its successors with it', async () => {
    const { tokens } = await access(jarm);
    const first = tokens.refresh_token ?? '';
    const second = await openid.refreshTokenGrant(jarm.configuration, first);
    await expect(openid.refreshTokenGrant(jarm.configuration, first)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
    await expect(
      openid.refreshTokenGrant(jarm.configuration, second.refresh_token ?? ''),
    ).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('an authorisation request', () => {
  const asked = async (address: string) => {
    const answer = await sandbox.control('POST', '/psu/authorise', { url: address });
    return answer.status === 200 ? String(answer.body.redirectUrl) : 'stuck';
  };

  it('without a signature is refused', async () => {
    const attempt = await startAuthorisation(hybrid, await createAccess(hybrid));
    const url = new URL(attempt.url);
    const [, payload] = (url.searchParams.get('request') ?? '').split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    url.searchParams.set('request', `${none}.${payload}.`);
    expect(await asked(url.href)).not.toContain('code=');
    url.searchParams.delete('request');
    expect(await asked(url.href)).not.toContain('code=');
  });

  it('about a consent that is nobody’s, or another client’s, is refused', async () => {
    const made = await startAuthorisation(hybrid, randomUUID());
    expect(await asked(made.url)).not.toContain('code=');
    const theirs = await openFlow(
      sandbox,
      others,
      'hybrid',
      await others.register('hybrid', 'private_key_jwt'),
    );
    const attempt = await startAuthorisation(hybrid, await createAccess(theirs));
    expect(await asked(attempt.url)).not.toContain('code=');
  });

  it('without a nonce is refused where an ID token comes with the code', async () => {
    const attempt = await startAuthorisation(hybrid, await createAccess(hybrid), 'openid accounts', {
      nonce: undefined,
    });
    expect(await asked(attempt.url)).not.toContain('code=');
  });
});

it('everything survives a restart: clients, tokens, consents and payments', async () => {
  const { tokens } = await access(hybrid);
  sandbox = await sandbox.restart();
  expect((await us.call('GET', accounts(hybrid), tokens.access_token)).status).toBe(200);
  const refreshed = await openid.refreshTokenGrant(hybrid.configuration, tokens.refresh_token ?? '');
  expect((await us.call('GET', accounts(hybrid), refreshed.access_token)).status).toBe(200);
});
