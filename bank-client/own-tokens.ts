// The client's own tokens (client credentials, RFC 6749 section 4.4), one per scope, asked for once however many callers
// need one, and kept until shortly before they end.
import type { Clock } from '../clock.ts';
import type { TokenEndpoint } from './token-endpoint.ts';
import { readTokenResponse } from './token-response.ts';

export interface OwnTokens {
  get(scope: string): Promise<string>;
  /** The bank no longer takes the token. */
  forget(scope: string): void;
}

interface Kept {
  token: Promise<string>;
  untilMs: number;
}

/** A token that ends while the call is under way is of no use. */
const leewayMs = 10_000;

export function createOwnTokens(tokenEndpoint: TokenEndpoint, clock: Clock): OwnTokens {
  const kept = new Map<string, Kept>();

  function ask(scope: string): Kept {
    const entry: Kept = { untilMs: Number.POSITIVE_INFINITY, token: request() };
    entry.token.catch(() => kept.get(scope) === entry && kept.delete(scope));
    return entry;

    async function request(): Promise<string> {
      const answer = await tokenEndpoint.ask({ grant_type: 'client_credentials', scope }, { once: false });
      const { accessToken, expiresInSeconds } = readTokenResponse(answer, clock);
      entry.untilMs = clock.nowMs() + expiresInSeconds * 1000 - leewayMs;
      return accessToken;
    }
  }

  return {
    get(scope) {
      let entry = kept.get(scope);
      if (entry === undefined || entry.untilMs <= clock.nowMs()) {
        entry = ask(scope);
        kept.set(scope, entry);
      }
      return entry.token;
    },
    forget: (scope) => kept.delete(scope),
  };
}
