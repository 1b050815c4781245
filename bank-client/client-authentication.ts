// How a client proves who it is at token and pushed-authorisation endpoints: OpenID Connect Core section 9 and
// RFC 8705 section 2.1.
import type { Clock } from '../clock.ts';
import { makeClientAssertion } from '../security/client-assertion.ts';
import type { OwnIdentity } from './own-identity.ts';

export interface ClientCredentials {
  clientId: string;
  tokenEndpointAuthMethod: string;
  clientSecret?: string | undefined;
}

export interface ClientProof {
  headers: Record<string, string>;
  form: Record<string, string>;
}

/** @param audience what the assertion is for: the token endpoint, also at the pushed-authorisation endpoint */
export async function proveClient(
  { clientId, tokenEndpointAuthMethod, clientSecret = '' }: ClientCredentials,
  identity: OwnIdentity,
  audience: string,
  clock: Clock,
): Promise<ClientProof> {
  switch (tokenEndpointAuthMethod) {
    case 'private_key_jwt':
      return {
        headers: {},
        form: {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: await makeClientAssertion({ clientId, audience, ...identity.signing, clock }),
        },
      };
    case 'tls_client_auth':
      return { headers: {}, form: { client_id: clientId } };
    case 'client_secret_post':
      return { headers: {}, form: { client_id: clientId, client_secret: clientSecret } };
    case 'client_secret_basic': {
      const pair = [clientId, clientSecret].map((part) => encodeURIComponent(part)).join(':');
      return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, form: {} };
    }
    default:
      throw new Error(
        `The bank chose a client authentication that is not supported: ${tokenEndpointAuthMethod}.`,
      );
  }
}
