// How oidc-provider is set up to be a UK Open Banking bank (FAPI 1.0 Advanced, Read/Write Data API security profile).
import { createHash } from 'node:crypto';
import type { Adapter, ProviderClient, ProviderContext } from 'oidc-provider';
import { checkPlainRequest } from './authorisation-checks.ts';
import { consentIdOf } from './intent.ts';
import { problemPage } from './pages/problem.ts';
import type { PlainOAuth } from './personalities/authorisation-choices.ts';
import type { Seal } from './pki.ts';
import { providerFeatures } from './provider-features.ts';
import type { BankParts } from './running-bank.ts';
import { checkScopeNamed } from './token-answers.ts';

export const strongAuthentication = 'urn:openbanking:psd2:sca';
export const plainAuthentication = 'urn:openbanking:psd2:ca';
const dayMs = 86_400_000;

export function providerConfiguration(bank: BankParts, adapter: (model: string) => Adapter): object {
  const { personality, knobs, seal, grants } = bank;
  const { authorisation } = personality;
  return {
    adapter,
    jwks: { keys: [{ ...seal.key.export({ format: 'jwk' }), kid: seal.kid, use: 'sig', alg: 'PS256' }] },
    // Banks issue refresh tokens without offline_access.
    scopes: authorisation.plainOAuth?.scope.split(' ') ?? [
      'openid',
      'accounts',
      'payments',
      'fundsconfirmations',
    ],
    responseTypes: authorisation.responseTypes,
    clientAuthMethods: personality.clientAuthMethods,
    clientDefaults: {
      id_token_signed_response_alg: 'PS256',
      authorization_signed_response_alg: authorisation.signedResponses ? 'PS256' : undefined,
    },
    enabledJWA: {
      clientAuthSigningAlgValues: ['PS256'],
      requestObjectSigningAlgValues: ['PS256'],
      idTokenSigningAlgValues: ['PS256'],
      authorizationSigningAlgValues: ['PS256'],
    },
    subjectTypes: ['public', 'pairwise'],
    // A claim that is not listed here is left out of ID tokens without a word.
    claims: {
      acr: null,
      sid: null,
      auth_time: null,
      iss: null,
      openid: ['sub'],
      openbanking_intent_id: null,
    },
    acrValues: [strongAuthentication, plainAuthentication],
    extraClientMetadata: { properties: ['software_id', 'org_id'] },
    pkce: { required: () => authorisation.pkce === 'required' },
    ...(authorisation.plainOAuth ? { extraParams: plainParameters(bank, authorisation.plainOAuth) } : {}),
    cookies: cookies(personality.name, seal),
    interactions: {
      // Of the entrance that the customer came through.
      url: ({ req }: ProviderContext, { uid }: { uid: string }) => `${req.baseUrl}/interaction/${uid}`,
    },
    fetch: bank.directory.fetch,
    findAccount: (context: ProviderContext, sub: string) => {
      checkScopeNamed(bank, context);
      return {
        accountId: sub,
        claims: (_use: string, _scope: string, claims: Record<string, { value?: unknown } | null>) => ({
          sub,
          openbanking_intent_id: consentIdOf(authorisation, claims.openbanking_intent_id?.value),
        }),
      };
    },
    // With the account as `sub`, clients of pairwise subjects are told the consent instead.
    pairwiseIdentifier: (context: ProviderContext, accountId: string) =>
      grants.get(context.oidc?.entities.Grant?.jti ?? '')?.consentId ?? accountId,
    extraTokenClaims: (_: ProviderContext, token: { grantId?: string }) => {
      const given = grants.get(token.grantId ?? '');
      return given ? { consent_id: given.consentId } : undefined;
    },
    // Otherwise tokens end with the browser session.
    expiresWithSession: async () => false,
    // Otherwise a second consent in one browser session silently uses the first one's grant, and no page is shown.
    loadExistingGrant: async (context: ProviderContext) => {
      const grantId = context.oidc?.result?.consent?.grantId;
      return grantId === undefined ? undefined : context.oidc?.provider.Grant.find(grantId);
    },
    issueRefreshToken: async (_: ProviderContext, client: ProviderClient, source: { scopes: Set<string> }) =>
      knobs.issueRefreshTokens &&
      client.grantTypeAllowed('refresh_token') &&
      personality.refreshTokensFor.some((kind) => source.scopes.has(kind)),
    rotateRefreshToken: () => knobs.rotateRefreshTokens,
    ttl: {
      AccessToken: () => knobs.accessTokenSeconds,
      ClientCredentials: () => knobs.accessTokenSeconds,
      AuthorizationCode: 60,
      RefreshToken: () => knobs.refreshTokenSeconds,
      IdToken: 3600,
      Interaction: 3600,
      Session: 3600,
      // Longer than any refresh token: everything under a grant ends with it.
      Grant: () => knobs.refreshTokenSeconds + dayMs / 1000,
    },
    features: providerFeatures(bank),
    renderError: async (context: ProviderContext, { error, error_description }: Record<string, string>) => {
      const page = problemPage(personality, `${error}: ${error_description ?? ''}`);
      Object.assign(context, { type: 'html', body: String(await page) });
    },
  };
}

function plainParameters(bank: BankParts, { repeated }: PlainOAuth): object {
  // Called for every request, whether it has the parameter or not.
  return {
    [repeated.parameter]: (context: ProviderContext, _: unknown, client: ProviderClient) =>
      checkPlainRequest(bank, context, client),
  };
}

/** Named by bank, because the banks share one host name; signed by a key that follows from the seal, so that sessions outlive restarts. */
function cookies(bank: string, seal: Seal): object {
  const secret = createHash('sha256').update(seal.key.export({ type: 'pkcs8', format: 'der' }));
  const options = { httpOnly: true, sameSite: 'lax', secure: true, signed: true };
  return {
    keys: [secret.update(bank).digest('base64url')],
    names: { session: `${bank}_session`, interaction: `${bank}_interaction`, resume: `${bank}_resume` },
    long: options,
    short: options,
  };
}
