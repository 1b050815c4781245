// How a customer's authorisation goes at a bank, for one kind of consent: the request, the code exchange, the refresh.
import { z } from 'zod';
import { address } from './address.ts';
import { idTokenThere } from './id-token.ts';

/** RFC 6749 section 5.1 as OpenID Connect Core section 3.1.3.3 narrows it. */
const tokenAnswer = {
  tokenType: z.enum(['Bearer', 'any-case']).default('Bearer').describe('How `token_type` is spelt.'),
  emptyScope: z
    .enum(['refused', 'as-asked'])
    .default('refused')
    .describe('What an empty `scope` in the answer means.'),
  extraScopes: z
    .enum(['refused', 'ignored'])
    .default('refused')
    .describe('Scopes in the answer that were not asked for.'),
};

const customerTokens = {
  ...tokenAnswer,
  scope: z
    .string()
    .min(1)
    .optional()
    .describe('When it is not `openid` with the usual scope of that kind of consent.'),
  sendScope: z.boolean().default(false).describe('Whether the request names the scope.'),
  idToken: idTokenThere.prefault({}),
};

export const clientCredentials = z.strictObject({
  ...tokenAnswer,
  refreshToken: z
    .enum(['refused', 'ignored'])
    .default('refused')
    .describe('A refresh token that RFC 6749 section 4.4.3 does not have there.'),
});

const parameters = z.record(z.string().min(1), z.string()).default({});

const authorisation = z.strictObject({
  endpoint: address.optional().describe('For this kind of consent, when not the one of the document.'),
  audience: address
    .optional()
    .describe('`aud` of the request object and `iss` of ID tokens, when not the issuer.'),
  scope: z
    .string()
    .min(1)
    .optional()
    .describe('When it is not `accounts`, `payments` or `fundsconfirmations`.'),
  consentIdPrefix: z.string().default('').describe("What the bank wants before the consent's id."),
  consentIdParameter: z.string().min(1).optional().describe("A parameter for the consent's id."),
  stateParameter: z
    .boolean()
    .default(false)
    .describe('Whether `state` is repeated beside the request object.'),
  nonceParameter: z
    .boolean()
    .default(false)
    .describe('Whether `nonce` is repeated beside the request object.'),
  extraParameters: z
    .strictObject({ always: parameters, onReauthorisation: parameters })
    .prefault({})
    .describe('Parameters that only this bank knows.'),
  reauthorisation: z
    .enum(['own-records', 'consent-status'])
    .default('own-records')
    .describe('Who tells whether a consent was authorised before.'),
  parameterEncoding: z
    .enum(['percent', 'none'])
    .default('percent')
    .describe('None: names and values are joined as they are.'),
  singleParameter: z
    .string()
    .min(1)
    .optional()
    .describe('All parameters in one of this name, base64url-encoded.'),
  pkce: z.boolean().default(false).describe('RFC 7636, S256.'),
  idToken: idTokenThere.prefault({}),
});

export const grant = z.strictObject({
  authorisation: authorisation.prefault({}),
  codeExchange: z
    .strictObject({
      ...customerTokens,
      refreshToken: z
        .enum(['expected', 'optional', 'ignored'])
        .default('expected')
        .describe('Ignored: one that comes all the same is not kept.'),
    })
    .prefault({}),
  refresh: z
    .strictObject({ ...customerTokens, idTokenIs: z.enum(['expected', 'optional']).default('expected') })
    .prefault({}),
});
