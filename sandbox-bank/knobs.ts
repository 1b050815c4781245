// What tests may switch while a bank runs: the authorisation server's behaviour and the resource server's.
import { z } from 'zod';
import type { Personality } from './personalities/personality.ts';
import { defaultResourceKnobs, type ResourceKnobs } from './resources/deps.ts';
import { paymentStatuses } from './resources/payment-status.ts';

const seconds = z.int().positive();

const AuthorisationKnobs = z.strictObject({
  accessTokenSeconds: seconds,
  refreshTokenSeconds: seconds,
  issueRefreshTokens: z.boolean(),
  /** True: each refresh answers a new refresh token, and the old one used again ends them all. */
  rotateRefreshTokens: z.boolean(),
  /** Where they rotate: an old one may be used again after all. */
  oldRefreshTokensStayGood: z.boolean(),
  idTokenOnRefresh: z.boolean(),
  /** Whether a registration can be changed; only where it can be read. */
  registrationPut: z.boolean(),
  /** A dishonest or careless bank: claims of its ID tokens to replace, or to leave out by null. */
  idTokenChanges: z
    .strictObject({
      from: z.enum(['authorisation', 'token', 'both']),
      claims: z.record(z.string(), z.unknown()).default({}),
      /** `none`: not signed at all; `other-key`: signed by a key that nobody published. */
      signature: z.enum(['none', 'other-key', 'own']).default('own'),
    })
    .nullable(),
});

type AuthorisationKnobs = z.output<typeof AuthorisationKnobs>;

const ResourceKnobsSchema = z.strictObject({
  paymentStepMs: z.int().nonnegative(),
  paymentStatuses: z.array(z.enum(paymentStatuses)).min(1),
  scheduledPaymentStatuses: z.array(z.enum(paymentStatuses)).min(1),
  initiationStatuses: z.array(z.enum(paymentStatuses)).min(1),
  honourExecutionDate: z.boolean(),
  advanceOnRead: z.boolean(),
  cutOff: z
    .strictObject({ minute: z.int().min(0).max(1_439), afterwards: z.enum(['refuse', 'next-day']) })
    .nullable(),
  quoteMs: z.int().positive(),
  authorisersRequired: z.int().positive(),
  authorisersWithinMs: z.int().positive(),
  honourSingleUse: z.boolean(),
  checkFunds: z.boolean(),
  signatureStyle: z.enum(['b64-absent', 'b64-false', 'either']),
  signResponses: z.boolean(),
  pageSize: z.int().positive(),
  largestFileBytes: z.int().positive(),
  statementFileBytes: z.int().nonnegative(),
  minimumTransactions: z.int().nonnegative(),
  reauthentication: z
    .strictObject({ afterMs: z.int().nonnegative(), of: z.enum(['everything', 'all-but-recent']) })
    .nullable(),
  unattendedReadsPerDay: z.int().positive().nullable(),
});

/** A change of knobs: any of them, none by another name. */
export const KnobChange = z
  .strictObject({ ...AuthorisationKnobs.shape, ...ResourceKnobsSchema.shape })
  .partial();

export type Knobs = AuthorisationKnobs & ResourceKnobs;

export function initialKnobs(personality: Personality): Knobs {
  return {
    accessTokenSeconds: 300,
    refreshTokenSeconds: 90 * 86_400,
    issueRefreshTokens: true,
    rotateRefreshTokens: false,
    oldRefreshTokensStayGood: false,
    idTokenOnRefresh: true,
    registrationPut: true,
    idTokenChanges: null,
    ...defaultResourceKnobs(),
    ...stated(personality.knobs),
  };
}

function stated(knobs: Personality['knobs']): Partial<Knobs> {
  return Object.fromEntries(Object.entries(knobs).filter(([, value]) => value !== undefined));
}
