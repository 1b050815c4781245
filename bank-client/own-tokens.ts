// The client's own tokens (client credentials, RFC 6749 section 4.4), one per scope, asked for once however many callers
// need one, and kept until shortly before they end.
import type { BankProfile } from '../bank-profiles/profile.ts';
import type { Clock } from '../clock.ts';
import type { TokenEndpoint } from './token-endpoint.ts';
import { invalidAnswer, readTokenResponse } from './token-response.ts';

export interface OwnTokens {
  /** @param scope undefined: a token of no scope in particular */
  get(scope: string | undefined): Promise<string>;
  /** The bank no longer takes the token. */
  forget(scope: string | undefined): void;
}

interface Kept {
  token: Promise<string>;
  untilMs: number;
}

/** A token that ends while the call is under way is of no use. */
const leewayMs = 10_000;

export function createOwnTokens(
  tokenEndpoint: TokenEndpoint,
  clock: Clock,
  choices: BankProfile['clientCredentials'],
): OwnTokens {
  const kept = new Map<string | undefined, Kept>();

  function ask(scope: string | undefined): Kept {
    const entry: Kept = { untilMs: Number.POSITIVE_INFINITY, token: request() };
    entry.token.catch(() => kept.get(scope) === entry && kept.delete(scope));
    return entry;

    async function request(): Promise<string> {
      const form = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) };
      const answer = await tokenEndpoint.ask(form, { once: false });
      const { accessToken, expiresInSeconds, refreshToken, idToken } = readTokenResponse(
        answer,
        clock,
        choices,
        scope,
      );
      if (refreshToken !== undefined && choices.refreshToken === 'refused')
        throw invalidAnswer(answer, "A refresh token came with the client's own token.");
      if (idToken !== undefined) throw invalidAnswer(answer, "An ID token came with the client's own token.");
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
