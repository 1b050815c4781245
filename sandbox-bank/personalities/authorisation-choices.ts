// How a bank wants to be asked for a customer's authorisation, and how it answers.
import { z } from 'zod';
import { realAddress } from './addresses.ts';
import { Kind } from './token-rules.ts';

/** A bank that speaks plain OAuth 2 (RFC 6749 with RFC 7636): no OpenID Connect, no request objects, no ID tokens. */
const PlainOAuth = z.strictObject({
  /** Scopes of an authorisation, word for word. */
  scope: z.string(),
  /** The parameter that names the consent. */
  consentParameter: z.string(),
  /** What `login_hint` must be. */
  loginHint: z.string(),
  /** The parameter and value that a repeated authorisation needs, and the first one must not have. */
  repeated: z.strictObject({ parameter: z.string(), value: z.string() }),
  /** The one parameter of the address: all others, unencoded and joined, as base64url. */
  wholeQueryIn: z.string(),
});

export const Authorisation = z.strictObject({
  responseTypes: z.array(z.enum(['code id_token', 'code'])).default(['code id_token']),
  /** The one response mode; `any`: as the client asks. */
  responseMode: z.enum(['fragment', 'query', 'any']).default('fragment'),
  /** FAPI 1.0 Final brings s_hash, and request objects with `nbf` and `exp` at most an hour apart. */
  fapi: z.enum(['1.0 Final', 'none']).default('1.0 Final'),
  /** Whether answers may come as one signed JWT (JARM). */
  signedResponses: z.boolean().default(false),
  pushedRequests: z.boolean().default(false),
  pkce: z.enum(['required', 'optional']).default('optional'),
  /**
   * Strong customer authentication: done when asked for (`welcome`), and requests must ask for it (`demanded`), or the bank
   * has none and refuses requests that ask for it (`refused`).
   */
  strongAuthentication: z.enum(['welcome', 'demanded', 'refused']).default('welcome'),
  /** Whom request objects must be addressed to, where it is not the issuer. */
  audience: realAddress.optional(),
  /** Stands before the consent id in the claims of a request object. */
  consentIdPrefix: z.string().default(''),
  /** Parameters of the request object that must be repeated beside it. */
  besideRequestObject: z
    .array(z.strictObject({ parameter: z.enum(['nonce', 'state']), of: z.array(Kind).optional() }))
    .default([]),
  plainOAuth: PlainOAuth.optional(),
});

export type PlainOAuth = z.output<typeof PlainOAuth>;
