// What differs in requests to a bank's resources and in its answers: Read/Write Data API unless said otherwise.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html
import { z } from 'zod';
import { address } from './address.ts';

const byVersion = z.strictObject({ 'v3.1': address.optional(), 'v4.0': address.optional() });

/** What the paths of an API's endpoints hang on, by version; the newest is used unless a registration says otherwise. */
export const api = z
  .strictObject({ baseUrls: byVersion })
  .refine(({ baseUrls }) => Object.values(baseUrls).some((url) => url !== undefined), 'needs a base URL');

export const createdResource = z.enum([
  'accountAccessConsent',
  'domesticPaymentConsent',
  'domesticPayment',
  'domesticScheduledPaymentConsent',
  'domesticScheduledPayment',
  'domesticStandingOrderConsent',
  'domesticStandingOrder',
  'internationalPaymentConsent',
  'internationalPayment',
  'internationalScheduledPaymentConsent',
  'internationalScheduledPayment',
  'internationalStandingOrderConsent',
  'internationalStandingOrder',
  'filePaymentConsent',
  'filePayment',
  'domesticVrpConsent',
  'domesticVrp',
  'fundsConfirmationConsent',
  'fundsConfirmation',
]);

export const links = z.strictObject({
  addedSlash: z
    .boolean()
    .default(false)
    .describe('Whether links may end in a slash that the address has not.'),
  otherBaseUrls: z
    .strictObject({ accountInformation: byVersion.optional(), paymentInitiation: byVersion.optional() })
    .prefault({})
    .describe('Base URLs that links may have instead of the right one.'),
  anyBaseUrl: z
    .array(createdResource)
    .readonly()
    .default([])
    .describe('Resources whose links lead anywhere; only their query counts.'),
  withoutNewId: z
    .array(createdResource)
    .readonly()
    .default([])
    .describe('Resources whose link, right after they were made, may lack their id.'),
});

/** `Data.Initiation.SupplementaryData`, for instance; by dots. */
const memberPath = z.string().regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/, 'the path of a member, by dots');

const requestChanges = z.strictObject({
  omit: z.array(memberPath).default([]).describe('Members that the bank refuses.'),
  omitInVersion3: z.array(memberPath).default([]).describe('Members that its version 3 refuses.'),
  add: z
    .record(memberPath, z.json())
    .default({})
    .describe('Members that the bank wants beside what was given.'),
});

/** A kind of request that nothing is said of goes out as it was given. */
export const requests = z.partialRecord(createdResource, requestChanges.prefault({}));

export const messageSigning = z.strictObject({
  style: z
    .enum(['b64-absent', 'b64-false'])
    .default('b64-absent')
    .describe('`b64-false` is the style of versions up to 3.1.3.'),
  responses: z
    .enum(['required', 'when-present', 'ignored'])
    .default('required')
    .describe('What becomes of an answer whose signature is missing or does not hold.'),
  trustAnchors: z
    .array(z.string())
    .min(1)
    .default(['openbanking.org.uk'])
    .describe('Values of `tan` that the bank signs under; the first is ours.'),
});

export const variableRecurringPayments = z.strictObject({
  consentMigration: z.boolean().default(false).describe('PUT of a consent, from version 3 to 4.'),
  refund: z
    .enum(['flat', 'nested-account'])
    .default('flat')
    .describe('How version 3 answers write the refund account.'),
});
