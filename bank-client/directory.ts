// The Open Banking directory, as far as a registration needs it: a fresh software statement, signed by the directory.
// https://openbanking.atlassian.net/wiki/spaces/DZ (directory, software statement assertions)
import type { Clock } from '../clock.ts';
import {
  type SoftwareStatementClaims,
  SoftwareStatementRefused,
  verifySoftwareStatement,
} from '../security/software-statement.ts';
import type { Transport } from './http.ts';
import type { KeySets } from './key-sets.ts';
import type { OwnIdentity } from './own-identity.ts';
import { isSuccess, oauthRefusal } from './refusal.ts';
import { createTokenEndpoint } from './token-endpoint.ts';
import { invalidAnswer, readTokenResponse } from './token-response.ts';

export interface DirectoryAddresses {
  tokenUrl: string;
  apiUrl: string;
  jwksUrl: string;
}

export interface SoftwareStatementAssertion {
  /** As it is sent to the bank. */
  assertion: string;
  claims: SoftwareStatementClaims;
}

export const openBankingDirectory: DirectoryAddresses = {
  tokenUrl: 'https://matls-sso.openbanking.org.uk/as/token.oauth2',
  apiUrl: 'https://matls-ssaapi.openbanking.org.uk',
  jwksUrl: 'https://keystore.openbanking.org.uk/keystore/openbanking.jwks',
};

/** The directory's own choice of words, within RFC 6749. */
const directoryTokens = { tokenType: 'any-case', emptyScope: 'as-asked', extraScopes: 'ignored' } as const;
const scope = 'ASPSPReadAccess TPPReadAccess AuthoritiesReadAccess';

/** Its signature is verified with the directory's keys. @returns rejects with a BankError */
export async function fetchSoftwareStatement(
  parts: { transport: Transport; clock: Clock; keySets: KeySets },
  { tokenUrl, apiUrl, jwksUrl }: DirectoryAddresses,
  identity: OwnIdentity,
): Promise<SoftwareStatementAssertion> {
  const { transport, clock, keySets } = parts;
  const { organisationId, softwareId } = identity;
  const client = { clientId: softwareId, tokenEndpointAuthMethod: 'private_key_jwt' };
  const tokenEndpoint = createTokenEndpoint(parts, identity, client, tokenUrl);
  const tokenAnswer = await tokenEndpoint.ask({ grant_type: 'client_credentials', scope }, { once: false });
  const { accessToken } = readTokenResponse(tokenAnswer, clock, directoryTokens, undefined);

  const path = [organisationId, 'ssa', softwareId].map(encodeURIComponent).join('/');
  const answer = await transport.send({
    method: 'GET',
    url: `${apiUrl}/api/v2/tpp/${path}`,
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/jws+json' },
    identity: identity.transport,
  });
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const assertion = answer.body.toString('utf8').trim();
  try {
    const claims = await keySets.check(
      jwksUrl,
      (keys) => verifySoftwareStatement(assertion, keys),
      (error) => error instanceof SoftwareStatementRefused && error.check === 'unknown-key',
    );
    return { assertion, claims };
  } catch (error) {
    if (!(error instanceof SoftwareStatementRefused)) throw error;
    throw invalidAnswer(answer, "The directory's software statement cannot be used.", error);
  }
}
