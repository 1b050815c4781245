// How a bank's token answers and ID tokens differ, as rules: each says where it holds and what is different there.
import { z } from 'zod';
import { realAddress } from './addresses.ts';

/** What a consent is about, by its scope. */
export const Kind = z.enum(['accounts', 'payments', 'fundsconfirmations']);
export type Kind = z.output<typeof Kind>;

const Grant = z.enum(['client-credentials', 'exchange', 'refresh']);
const IdTokenPlace = z.enum(['authorisation', 'exchange', 'refresh']);
export type Grant = z.output<typeof Grant>;
export type IdTokenPlace = z.output<typeof IdTokenPlace>;

export const TokenAnswerRule = z.strictObject({
  /** Left out: everywhere, for every kind of consent. */
  at: z.array(Grant).optional(),
  of: z.array(Kind).optional(),
  tokenType: z.string().optional(),
  /** `empty`: an empty text; `with-more`: also scopes that nobody asked for; `either`: first more, then empty, in turn. */
  scope: z.enum(['empty', 'with-more', 'either']).optional(),
  /** A refresh token where none belongs. */
  refreshToken: z.literal('unasked').optional(),
  idToken: z.literal('left-out').optional(),
  /** The request must name the scope. */
  demandsScope: z.boolean().optional(),
});

export const IdTokenRule = z.strictObject({
  at: z.array(IdTokenPlace).optional(),
  of: z.array(Kind).optional(),
  subject: z.enum(['consent', 'customer', 'client']).optional(),
  without: z.array(z.enum(['nonce', 'auth_time', 'acr', 'openbanking_intent_id'])).optional(),
  acr: z.string().optional(),
  /** `exp` in milliseconds. */
  expiryInMilliseconds: z.boolean().optional(),
  issuer: realAddress.optional(),
  /** When a customer authorises again: the nonce of the first time. */
  repeatsFirstNonce: z.boolean().optional(),
  /** Signed by a key that nobody published, and about nobody: only who does not look can use it. */
  worthless: z.boolean().optional(),
});

export type IdTokenRule = z.output<typeof IdTokenRule>;

interface Where {
  at?: readonly string[] | undefined;
  of?: readonly Kind[] | undefined;
}

/** What the rules say for one place, later rules over earlier ones. `kind` is unknown for tokens without a scope. */
export function ruleFor<Rule extends Where>(
  rules: readonly Rule[],
  place: string,
  kind: Kind | undefined,
): Partial<Rule> {
  const holding = rules.filter(
    ({ at, of }) =>
      (at === undefined || at.includes(place)) &&
      (of === undefined || (kind !== undefined && of.includes(kind))),
  );
  return Object.assign({}, ...holding);
}
