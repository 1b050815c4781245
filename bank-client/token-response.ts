// What a token endpoint's answer brought: RFC 6749 section 5.1 as OpenID Connect Core section 3.1.3.3 narrows it, and
// what a profile forgives.
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { BankError } from './bank-error.ts';
import type { HttpAnswer } from './http.ts';
import { isSuccess, oauthRefusal, readJson } from './refusal.ts';

const tokenResponse = z.object({
  access_token: z.string().min(1),
  token_type: z.string(),
  /** Seconds; some banks send it as text. */
  expires_in: z.coerce.number().positive().optional(),
  scope: z.string().optional(),
  refresh_token: z.string().min(1).optional(),
  id_token: z.string().min(1).optional(),
});

export interface TokenAnswerChoices {
  tokenType: 'Bearer' | 'any-case';
  emptyScope: 'refused' | 'as-asked';
  extraScopes: 'refused' | 'ignored';
}

export interface TokenResponse {
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string | undefined;
  idToken: string | undefined;
}

/** RFC 6749 leaves `expires_in` out at will; then this is safely short. */
const assumedSeconds = 300;

/**
 * @param scope what was asked for; undefined: nothing in particular
 * @throws {BankError} `grant-ended`, `client-refused`, `rejected`, or `invalid-response`
 */
export function readTokenResponse(
  answer: HttpAnswer,
  clock: Clock,
  choices: TokenAnswerChoices,
  scope: string | undefined,
): TokenResponse {
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const parsed = tokenResponse.safeParse(readJson(answer));
  if (!parsed.success) throw invalidAnswer(answer, "The token endpoint's answer cannot be used.");
  const { access_token, token_type, expires_in, refresh_token, id_token, scope: given } = parsed.data;
  const spelt = choices.tokenType === 'any-case' ? /^bearer$/i : /^Bearer$/;
  if (!spelt.test(token_type)) throw invalidAnswer(answer, 'The tokens are not of the type Bearer.');
  refuseOtherScope(answer, choices, { asked: scope, given });
  return {
    accessToken: access_token,
    expiresInSeconds: expires_in ?? assumedSeconds,
    refreshToken: refresh_token,
    idToken: id_token,
  };
}

/** A scope that is left out is the one that was asked for (RFC 6749 section 5.1). */
function refuseOtherScope(
  answer: HttpAnswer,
  { emptyScope, extraScopes }: TokenAnswerChoices,
  { asked, given }: { asked: string | undefined; given: string | undefined },
): void {
  if (asked === undefined || given === undefined) return;
  if (given === '' && emptyScope === 'as-asked') return;
  const [wanted, granted] = [asked.split(' '), given.split(' ')];
  if (!wanted.every((word) => granted.includes(word)))
    throw invalidAnswer(answer, 'The tokens have less scope than was asked for.');
  if (extraScopes === 'refused' && !granted.every((word) => wanted.includes(word)))
    throw invalidAnswer(answer, 'The tokens have more scope than was asked for.');
}

/** The body is left out: it may hold tokens. */
export function invalidAnswer({ method, url, status }: HttpAnswer, text: string, cause?: unknown): BankError {
  const facts = { kind: 'invalid-response', sent: 'answered', method, url, httpStatus: status } as const;
  return new BankError(text, facts, { cause });
}
