// What a bank's ID tokens are like: OpenID Connect Core and FAPI 1.0 Advanced unless said otherwise. Said once for a
// bank, and again for single places where they differ.
import { z } from 'zod';
import { address } from './address.ts';

const choices = {
  validation: z
    .enum(['full', 'none'])
    .describe('None: the token is of no use, and nothing is taken from it. Never for production.'),
  subject: z.enum(['consent', 'customer', 'client']).describe('Whose id `sub` is.'),
  mayLack: z
    .array(z.enum(['nonce', 'acr', 'auth_time', 'openbanking_intent_id']))
    .readonly()
    .describe('Claims that may be absent. One that is there is checked all the same.'),
  acr: z
    .enum(['as-asked', 'any'])
    .describe('Any: the bank answers other authentication contexts than it was asked for.'),
  nonce: z
    .enum(['as-sent', 'of-first-authorisation'])
    .describe('What a later authorisation of the same consent repeats.'),
  issuer: address
    .exactOptional()
    .describe("`iss`, when it is neither the issuer nor the request object's audience."),
  expiryUnit: z.enum(['seconds', 'milliseconds']).describe('The unit of `exp`.'),
};

export const idToken = z.strictObject({
  validation: choices.validation.default('full'),
  subject: choices.subject.default('consent'),
  mayLack: choices.mayLack.default([]),
  acr: choices.acr.default('as-asked'),
  nonce: choices.nonce.default('as-sent'),
  issuer: choices.issuer,
  expiryUnit: choices.expiryUnit.default('seconds'),
});

/** Where a single place differs from what is said for the bank. */
export const idTokenThere = z.strictObject({
  validation: choices.validation.exactOptional(),
  subject: choices.subject.exactOptional(),
  mayLack: choices.mayLack.exactOptional(),
  acr: choices.acr.exactOptional(),
  nonce: choices.nonce.exactOptional(),
  issuer: address.exactOptional(),
  expiryUnit: choices.expiryUnit.exactOptional(),
});
