// A client library that nobody here wrote finds nothing to complain about at banks without peculiarities: the hybrid flow
// with its detached signature, and the code in the query.
import * as openid from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeConsent, startJourney } from './journey.ts';
import { oddBank, placeOf, resourceOf } from './odd-banks.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';
import { ThirdParty } from './third-party.ts';
import { acr, type World } from './visitor.ts';

let sandbox: Sandbox;
let world: World;

beforeAll(async () => {
  const query = { responseTypes: ['code' as const], responseMode: 'query' as const, fapi: 'none' as const };
  const personalities = [oddBank('hybridflow'), oddBank('codeflow', { authorisation: query })];
  sandbox = await openSandbox({ personalities });
  world = { sandbox, thirdParty: new ThirdParty(sandbox) };
});
afterAll(async () => {
  await world.thirdParty.close();
  await sandbox.remove();
});

async function configurationOf(name: string, clientId: string): Promise<openid.Configuration> {
  const { thirdParty } = world;
  const issuer = new URL(`${sandbox.urls.browser}/at/https/${name}.example/bank`);
  const fetch = (url: string, options: object) => thirdParty.fetch(url, options);
  const configuration = await openid.discovery(
    issuer,
    clientId,
    { id_token_signed_response_alg: 'PS256', use_mtls_endpoint_aliases: false },
    openid.PrivateKeyJwt(await thirdParty.sealKey()),
    { [openid.customFetch]: fetch as unknown as openid.CustomFetch },
  );
  openid.enableNonRepudiationChecks(configuration);
  return configuration;
}

it.each(['hybridflow', 'codeflow'])('the %s bank is as the standards have it', async (name) => {
  const { thirdParty } = world;
  const journey = await startJourney(world, placeOf(name), () =>
    resourceOf(sandbox.urls.api, name, '/v4.0/aisp'),
  );
  const configuration = await configurationOf(name, journey.client.id);
  if (name === 'hybridflow') {
    openid.useCodeIdTokenResponseType(configuration);
    openid.enableDetachedSignatureResponseChecks(configuration);
  }
  const { consentId } = await makeConsent(journey, 'accounts');
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const parameters = new URLSearchParams({
    redirect_uri: thirdParty.facts.redirectUris[0] ?? '',
    scope: 'openid accounts',
    claims: JSON.stringify({
      id_token: { openbanking_intent_id: { value: consentId, essential: true }, acr: acr.strong },
    }),
    ...{ state, nonce },
  });
  const url = await openid.buildAuthorizationUrlWithJAR(
    configuration,
    parameters,
    await thirdParty.sealKey(),
  );
  const { body } = await sandbox.control('POST', '/psu/authorise', { url: url.href });
  const tokens = await openid.authorizationCodeGrant(configuration, new URL(body.redirectUrl), {
    ...{ expectedState: state, expectedNonce: nonce, idTokenExpected: true },
  });
  expect(tokens.claims()).toMatchObject({ sub: consentId, openbanking_intent_id: consentId });
  const refreshed = await openid.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
  expect(refreshed.claims()).toMatchObject({ sub: consentId });
});
