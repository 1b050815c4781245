// What one sandbox bank is like: the choices real banks differ in, as data.
import type { AuthorisationKnobs } from '../knobs.ts';
import type { ResourceKnobs } from '../resources/deps.ts';

export type ClientAuthMethod = 'private_key_jwt' | 'tls_client_auth' | 'client_secret_basic';

export interface Personality {
  /** First segment of every path of this bank. */
  name: string;
  /** What customers know it as. */
  displayName: string;
  /** Its organisation in the directory, 18 characters. */
  organisationId: string;
  organisationIdentifier: string;
  clientAuthMethods: ClientAuthMethod[];
  responseTypes: ('code id_token' | 'code')[];
  /** FAPI 1.0 Final brings s_hash, and request objects with `nbf` and `exp` at most an hour apart. */
  fapi: '1.0 Final' | undefined;
  /** Whether authorisation answers may come as one signed JWT (JARM). */
  signedAuthorisationResponses: boolean;
  pushedAuthorisationRequests: boolean;
  pkce: 'required' | 'optional';
  /** Whom `sub` names: the customer, or the consent as most banks have it. */
  subject: 'customer' | 'consent';
  /** True: a connection without our authority's certificate is closed; false: it is answered 401. */
  strictTls: boolean;
  /** Where its knobs begin, as far as they differ from the default. */
  knobs: Partial<AuthorisationKnobs & ResourceKnobs>;
}
