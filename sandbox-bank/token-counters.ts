// How often the token endpoint was asked and how often it gave: tests of "sent once" read it here.
import type { ProviderContext } from 'oidc-provider';

export interface TokenCounts {
  /** Codes exchanged and refreshes granted. */
  codeExchanges: number;
  refreshes: number;
  clientCredentials: number;
  /** Requests that oidc-provider refused, by grant type. */
  refusals: Record<string, number>;
}

const names: Record<string, Exclude<keyof TokenCounts, 'refusals'>> = {
  authorization_code: 'codeExchanges',
  refresh_token: 'refreshes',
  client_credentials: 'clientCredentials',
};

export class TokenCounters {
  #counts: TokenCounts = { codeExchanges: 0, refreshes: 0, clientCredentials: 0, refusals: {} };

  granted(context: ProviderContext): void {
    const name = names[grantTypeOf(context)];
    if (name !== undefined) this.#counts[name] += 1;
  }

  refused(context: ProviderContext): void {
    const type = grantTypeOf(context);
    this.#counts.refusals[type] = (this.#counts.refusals[type] ?? 0) + 1;
  }

  read(): TokenCounts {
    return structuredClone(this.#counts);
  }
}

/** One of the known grant types: whatever else a request says is not repeated. */
export function grantTypeOf(context: ProviderContext): string {
  const type = context.oidc?.params?.grant_type;
  return typeof type === 'string' && Object.hasOwn(names, type) ? type : 'other';
}
