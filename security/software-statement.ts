// The directory's software statement assertion: what we are in the directory's own, signed words.
// https://openbankinguk.github.io/dcr-docs-pub/v3.3/dynamic-client-registration.html#software-statement
import { decodeJwt, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { type JwsCheck, openSignedJwt } from './signed-jwt.ts';

const claims = z.looseObject({
  software_id: z.string().min(1),
  org_id: z.string().min(1),
  software_redirect_uris: z.array(z.string()),
  software_roles: z.array(z.string()),
  software_jwks_endpoint: z.string(),
});

export type SoftwareStatementClaims = z.output<typeof claims>;

export class SoftwareStatementRefused extends Error {
  override name = 'SoftwareStatementRefused';
  readonly check: JwsCheck;

  constructor(check: JwsCheck) {
    super(`The software statement was refused: ${check}.`);
    this.check = check;
  }
}

/** Its claims, its signature unseen: the directory was asked over mutual TLS. @throws {SoftwareStatementRefused} */
export function readSoftwareStatement(assertion: string): SoftwareStatementClaims {
  try {
    return claims.parse(decodeJwt(assertion));
  } catch {
    throw new SoftwareStatementRefused('format');
  }
}

/** @param keys of the directory @throws {SoftwareStatementRefused} */
export async function verifySoftwareStatement(
  assertion: string,
  keys: JSONWebKeySet,
): Promise<SoftwareStatementClaims> {
  await openSignedJwt({ jwt: assertion, keys }, (check) => new SoftwareStatementRefused(check));
  return readSoftwareStatement(assertion);
}
