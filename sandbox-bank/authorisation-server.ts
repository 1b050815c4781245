// One bank's authorisation server: oidc-provider with what UK banks add around it.
import type OidcProvider from 'oidc-provider';
import type { ProviderContext } from 'oidc-provider';
import { createAdapters } from './adapter.ts';
import { discoveryDocument, keySet } from './discovery.ts';
import { changeIdTokens } from './id-token-changes.ts';
import { providerConfiguration } from './provider-configuration.ts';
import { OidcProvider as Provider } from './provider-module.ts';
import { addressRequestObjects } from './request-object-audience.ts';
import type { Journal } from './resources/journal.ts';
import type { BankParts } from './running-bank.ts';
import { tokenAnswer } from './token-answers.ts';
import { grantTypeOf } from './token-counters.ts';

export interface AuthorisationServerHooks {
  /** Which grant a token request asked for, for the request log. */
  grantTypeSeen(context: ProviderContext, grantType: string): void;
}

/** `clients`: where the clients are, which brands may share. */
export function createAuthorisationServer(
  bank: BankParts,
  { journal, clients }: { journal: Journal; clients: Journal },
  hooks: AuthorisationServerHooks,
): OidcProvider {
  const leavesOldOnesGood = (model: string) =>
    model === 'RefreshToken' && bank.knobs.oldRefreshTokensStayGood;
  const own = createAdapters(journal, bank.clock, (model) => !leavesOldOnesGood(model));
  const shared = createAdapters(clients, bank.clock);
  const adapter = (model: string) => (model === 'Client' ? shared : own)(model);
  const provider = new Provider(bank.urls.issuer, providerConfiguration(bank, adapter));
  provider.use(async (context, next) => {
    await next();
    if (context.path === '/.well-known/openid-configuration')
      context.body = discoveryDocument(bank, context.body);
    if (context.path === '/jwks') context.body = keySet(bank, context.body);
    if (context.path.startsWith('/auth')) answerInQuery(bank, context);
    if (context.path !== '/token') return;
    hooks.grantTypeSeen(context, grantTypeOf(context));
    context.body = tokenAnswer(bank, context);
  });
  provider.on('grant.success', (context) => bank.tokenCounters.granted(context));
  provider.on('grant.error', (context) => bank.tokenCounters.refused(context));
  provider.on('server_error', (_, error) => process.stderr.write(`sandbox bank: ${error?.stack}\n`));
  changeIdTokens(provider, bank);
  addressRequestObjects(provider, bank);
  return provider;
}

/** Some banks send a code with an ID token in the query, which OpenID Connect has for the fragment only. */
function answerInQuery({ personality }: BankParts, { res }: ProviderContext): void {
  const location = res.getHeader('location');
  if (personality.authorisation.responseMode === 'query' && typeof location === 'string')
    res.setHeader('location', location.replace('#', '?'));
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
