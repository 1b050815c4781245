// Where banks with real addresses are found, and where nobody is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oddBank, placeOf, resourceOf } from './odd-banks.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import { accessRequest, call } from './visited-resources.ts';
import { ask, at, discover, makeRequest, ownToken, register, sendCustomer, type World } from './visitor.ts';

let sandbox: Sandbox;
let world: World;

const elsewhere = 'https://docs.elsewhere.example/openid';
const odd = oddBank('elsewhere');
const api = 'https://api.elsewhere.example/open-banking';

beforeAll(async () => {
  const addresses = {
    issuer: 'https://elsewhere.example/bank/',
    discovery: elsewhere,
    aisp: { 'v4.0': `${api}/v4.0/aisp` },
  };
  const shared = { 'v4.0': 'https://api.shared.example/open-banking/v4.0/aisp' };
  const brand = (name: string) =>
    oddBank(name, {
      addresses: { issuer: `https://${name}.example/bank`, aisp: shared },
      registrationGroup: 'brands',
    });
  sandbox = await openSandbox({
    personalities: [{ ...odd, addresses }, oddBank('usual'), brand('north'), brand('south')],
  });
  world = { sandbox, thirdParty: new ThirdParty(sandbox) };
});
afterAll(async () => {
  await world.thirdParty.close();
  await sandbox.remove();
});

const status = async (url: string) => (await ask(world.thirdParty, 'GET', url)).status;

describe('a bank', () => {
  it('has its documents and pages on one listener, and what wants a certificate on the other', async () => {
    const { browser, api } = sandbox.urls;
    const document = await discover(world, placeOf('usual'));
    expect(document).toMatchObject({
      issuer: `${browser}/at/https/usual.example/bank`,
      authorization_endpoint: expect.stringMatching(`^${browser}/at/https/usual.example/bank/`),
      jwks_uri: expect.stringMatching(`^${browser}/at/https/usual.example/bank/`),
      token_endpoint: expect.stringMatching(`^${api}/at/https/usual.example/bank/`),
      registration_endpoint: expect.stringMatching(`^${api}/at/https/usual.example/bank/`),
    });
    expect(await status(document.jwks_uri)).toBe(200);
    expect(await status(document.jwks_uri.replace(browser, api))).toBe(404);
    expect(await status(resourceOf(api, 'usual', '/v4.0/aisp/accounts'))).toBe(401);
  });

  it('keeps the slash of its issuer, and its document where it says, not below the issuer', async () => {
    const document = await discover(world, { ...placeOf('elsewhere'), discovery: elsewhere });
    expect(document.issuer).toBe(`${sandbox.urls.browser}/at/https/elsewhere.example/bank/`);
    const below = 'https://elsewhere.example/bank/.well-known/openid-configuration';
    expect(await status(at(sandbox.urls.browser, below))).toBe(404);
  });

  it.each([
    'http/usual.example/bank/.well-known/openid-configuration',
    'https/other.example/bank/.well-known/openid-configuration',
    'https/usual.example:443/bank/.well-known/openid-configuration',
    'https/usual.example/bank/.well-known/openid-configuration/',
    'https/usual.example/bank',
  ])('is not at %s', async (path) => {
    expect(await status(`${sandbox.urls.browser}/at/${path}`)).toBe(404);
  });

  it('is told of in faults and in the log by the paths that all banks have', async () => {
    const document = await discover(world, placeOf('usual'));
    const client = await register(world, placeOf('usual'), document);
    const fault = { bank: 'usual', path: '/token', times: 1, fault: { kind: 'status', status: 503 } };
    await sandbox.control('POST', '/faults', fault);
    await expect(ownToken(world, document, client)).rejects.toThrow('503');
    await ownToken(world, document, client);
    await status(resourceOf(sandbox.urls.api, 'usual', '/v4.0/aisp/accounts'));
    const { body } = await sandbox.control('GET', '/requests');
    const seen = body.filter(({ bank }: { bank: string }) => bank === 'usual');
    expect(seen.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['/.well-known/openid-configuration', '/register', '/token']),
    );
    expect(seen.at(-1)).toMatchObject({ path: '/open-banking/v4.0/aisp/accounts', status: 401 });
  });

  it('serves no version and no API but those it has', async () => {
    const { api } = sandbox.urls;
    const at = (path: string) => status(resourceOf(api, 'elsewhere', path));
    expect(await at('/v4.0/aisp/accounts')).toBe(401);
    expect(await at('/v3.1/aisp/accounts')).toBe(404);
    expect(await at('/v4.0/pisp/domestic-payments/1')).toBe(404);
  });
});

describe('brands that share a resource server', () => {
  it('know the same clients, and each its own consents', async () => {
    const [north, south] = [await discover(world, placeOf('north')), await discover(world, placeOf('south'))];
    const client = await register(world, placeOf('north'), north);
    const url = `${sandbox.urls.api}/at/https/api.shared.example/open-banking/v4.0/aisp/account-access-consents`;
    const consentAt = async (document: typeof north) => {
      const token = await ownToken(world, document, client, 'accounts');
      const answer = await call(world, 'POST', url, token, { body: accessRequest() });
      expect(answer.status).toBe(201);
      return { token, consentId: answer.body.Data.ConsentId };
    };
    const [one, other] = [await consentAt(north), await consentAt(south)];
    expect((await call(world, 'GET', `${url}/${one.consentId}`, one.token)).status).toBe(200);
    expect((await call(world, 'GET', `${url}/${one.consentId}`, other.token)).status).toBe(400);
    expect((await call(world, 'GET', `${url}/${one.consentId}`, 'made-up')).status).toBe(401);
    const request = await makeRequest(world, south, client, one.consentId);
    expect((await sendCustomer(world, request)).back.error).toBe('invalid_request');
    const { body } = await sandbox.control('GET', '/counters');
    expect([body.north.consentsCreated, body.south.consentsCreated]).toEqual([1, 1]);
    expect([body.north.clients, body.south.clients, body.elsewhere.clients]).toEqual([1, 1, 0]);
  });

  it('are told apart after a restart too', async () => {
    const document = await discover(world, placeOf('south'));
    const client = await register(world, placeOf('south'), document);
    const token = await ownToken(world, document, client, 'accounts');
    const again = await sandbox.restart();
    const { api } = again.urls;
    const url = `${api}/at/https/api.shared.example/open-banking/v4.0/aisp/account-access-consents/none`;
    const thirdParty = new ThirdParty(again);
    expect((await call({ ...world, thirdParty }, 'GET', url, token)).status).toBe(400);
    await thirdParty.close();
    sandbox = again;
  });
});
