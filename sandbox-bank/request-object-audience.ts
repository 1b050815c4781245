// Whom request objects must be addressed to, at banks that want another name there than their issuer's.
import type OidcProvider from 'oidc-provider';
import type { BankParts } from './running-bank.ts';
import { servedAt } from './served-addresses.ts';

/** oidc-provider holds the audience against its context's issuer, and everywhere else takes the provider's own. */
export function addressRequestObjects(provider: OidcProvider, bank: BankParts): void {
  const { audience } = bank.personality.authorisation;
  if (audience === undefined) return;
  const served = servedAt(bank.listeners.browser, audience);
  Object.defineProperty(provider.OIDCContext.prototype, 'issuer', {
    configurable: true,
    get: function (this: { route: string }) {
      return this.route === 'authorization' || this.route === 'pushed_authorization_request'
        ? served
        : provider.issuer;
    },
  });
}
