// One bank's authorisation server: oidc-provider with what UK banks add around it.
import type OidcProvider from 'oidc-provider';
import type { ProviderContext } from 'oidc-provider';
import { createAdapters } from './adapter.ts';
import { changeIdTokens } from './id-token-changes.ts';
import { providerConfiguration } from './provider-configuration.ts';
import { OidcProvider as Provider } from './provider-module.ts';
import type { Journal } from './resources/journal.ts';
import type { BankParts } from './running-bank.ts';
import { grantTypeOf } from './token-counters.ts';

export interface AuthorisationServerHooks {
  /** Which grant a token request asked for, for the request log. */
  grantTypeSeen(context: ProviderContext, grantType: string): void;
}

export function createAuthorisationServer(
  bank: BankParts,
  journal: Journal,
  hooks: AuthorisationServerHooks,
): OidcProvider {
  const adapter = createAdapters(journal, bank.clock);
  const provider = new Provider(bank.urls.issuer, providerConfiguration(bank, adapter));
  provider.use(async (context, next) => {
    await next();
    if (context.path === '/.well-known/openid-configuration') context.body = discoveryOf(bank, context.body);
    if (context.path === '/token') hooks.grantTypeSeen(context, grantTypeOf(context));
    if (context.path === '/token' && !bank.knobs.idTokenOnRefresh) withoutIdTokenOnRefresh(context);
  });
  provider.on('grant.success', (context) => bank.tokenCounters.granted(context));
  provider.on('grant.error', (context) => bank.tokenCounters.refused(context));
  provider.on('server_error', (_, error) => process.stderr.write(`sandbox bank: ${error?.stack}\n`));
  changeIdTokens(provider, bank);
  return provider;
}

/** oidc-provider names every endpoint on the host that was asked; those that want a certificate are elsewhere. */
function discoveryOf({ urls, personality }: BankParts, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('issuer' in body)) return body;
  const onApi: Record<string, string> = {
    token_endpoint: '/token',
    pushed_authorization_request_endpoint: '/request',
    introspection_endpoint: '/token/introspection',
    revocation_endpoint: '/token/revocation',
  };
  const moved = Object.entries(onApi)
    .filter(([name]) => name in body)
    .map(([name, path]) => [name, `${urls.api}${path}`]);
  const grantTypes = 'grant_types_supported' in body ? [body.grant_types_supported].flat() : [];
  return {
    ...body,
    ...Object.fromEntries(moved),
    // Hybrid makes oidc-provider list it; nobody may have it.
    grant_types_supported: grantTypes.filter((type) => type !== 'implicit'),
    registration_endpoint: `${urls.api}/register`,
    response_modes_supported: personality.signedAuthorisationResponses
      ? ['query.jwt', 'fragment.jwt', 'jwt']
      : ['fragment'],
    tls_client_certificate_bound_access_tokens: true,
  };
}

function withoutIdTokenOnRefresh(context: ProviderContext): void {
  const { body } = context;
  if (grantTypeOf(context) !== 'refresh_token' || typeof body !== 'object' || body === null) return;
  context.body = Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'id_token'));
}

/** Ends whatever was given before under a consent: a customer who authorises again gets one living grant. */
export async function endGrants(
  { grants, provider }: Pick<BankParts, 'grants'> & { provider: OidcProvider },
  consentId: string,
): Promise<void> {
  for (const given of [...grants.values()].filter((grant) => grant.consentId === consentId)) {
    const { AccessToken, RefreshToken, AuthorizationCode } = provider;
    for (const model of [AccessToken, RefreshToken, AuthorizationCode])
      await model.revokeByGrantId(given.grantId);
    await (await provider.Grant.find(given.grantId))?.destroy();
    grants.delete(given.grantId);
  }
}
