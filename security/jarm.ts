// Reads authorisation answers that come as one signed JWT (JARM): https://openid.net/specs/oauth-v2-jarm-final.html
import type { JSONWebKeySet } from 'jose';
import type { Clock } from '../clock.ts';
import { checkAddressing, type JwtCheck, openSignedJwt } from './signed-jwt.ts';

export class AuthorisationResponseRefused extends Error {
  override name = 'AuthorisationResponseRefused';
  readonly check: JwtCheck;

  constructor(check: JwtCheck) {
    super(`The bank's signed authorisation answer was refused: ${check}.`);
    this.check = check;
  }
}

const envelope = new Set(['iss', 'aud', 'azp', 'exp', 'iat', 'nbf', 'jti']);

/**
 * The parameters inside (`code` and `state`, or `error`, `error_description` and `state`); what stands outside counts
 * for nothing.
 * @throws {AuthorisationResponseRefused}
 */
export async function readAuthorisationResponse(answer: {
  response: string;
  keys: JSONWebKeySet;
  issuer: string;
  clientId: string;
  clock: Clock;
}): Promise<Record<string, string>> {
  const { claims } = await openSignedJwt({ jwt: answer.response, keys: answer.keys }, refuse);
  checkAddressing(claims, answer, refuse);
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(claims)) {
    if (typeof value === 'string' && !envelope.has(name)) parameters[name] = value;
  }
  return parameters;
}

function refuse(check: JwtCheck): AuthorisationResponseRefused {
  return new AuthorisationResponseRefused(check);
}
