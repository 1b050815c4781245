// What a token endpoint's answer brought: RFC 6749 section 5.1, read as widely as banks write it.
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { BankError } from './bank-error.ts';
import type { HttpAnswer } from './http.ts';
import { isSuccess, oauthRefusal, readJson } from './refusal.ts';

const tokenResponse = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  /** Seconds; some banks send it as text. */
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  id_token: z.string().min(1).optional(),
});

export interface TokenResponse {
  accessToken: string;
  expiresInSeconds: number;
  refreshToken: string | undefined;
  idToken: string | undefined;
}

/** RFC 6749 leaves `expires_in` out at will; then this is safely short. */
const assumedSeconds = 300;

/** @throws {BankError} `grant-ended`, `client-refused`, `rejected`, or `invalid-response` */
export function readTokenResponse(answer: HttpAnswer, clock: Clock): TokenResponse {
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const parsed = tokenResponse.safeParse(readJson(answer));
  if (!parsed.success) throw invalidAnswer(answer, "The token endpoint's answer cannot be used.");
  const { access_token, expires_in, refresh_token, id_token } = parsed.data;
  return {
    accessToken: access_token,
    expiresInSeconds: expires_in ?? assumedSeconds,
    refreshToken: refresh_token,
    idToken: id_token,
  };
}

/** The body is left out: it may hold tokens. */
export function invalidAnswer({ method, url, status }: HttpAnswer, text: string, cause?: unknown): BankError {
  const facts = { kind: 'invalid-response', sent: 'answered', method, url, httpStatus: status } as const;
  return new BankError(text, facts, { cause });
}
