// Where a bank's resource server differs: what it takes in requests, and how it writes links.
import { z } from 'zod';
import { type PaymentFamily, paymentFamilyNames } from '../resources/payment-families.ts';
import { realAddress } from './addresses.ts';

const LinkRule = z.strictObject({
  /** First segments of the paths it holds for, e.g. `domestic-payments`; left out: all. */
  paths: z.array(z.string()).optional(),
  versions: z.array(z.enum(['v3.1', 'v4.0'])).optional(),
  /** A slash after the path. */
  trailingSlash: z.boolean().optional(),
  /** Another beginning in place of the bank's own. */
  base: z.strictObject({ own: realAddress, written: realAddress }).optional(),
  /** Nothing of the address is right but the query. */
  wrong: z.boolean().optional(),
  /** The answer to a POST links to the collection, not to what was made. */
  withoutNewId: z.boolean().optional(),
});

export type LinkRule = z.output<typeof LinkRule>;

const Supplement = z.record(z.string(), z.string());

export const ResourceChoices = z.strictObject({
  /** `x-fapi-financial-id`, which versions up to 3.1.1 had: must be the bank's own when sent, or is not looked at. */
  financialId: z.enum(['checked', 'ignored']).default('checked'),
  /** On version 3 the published documents misspell this member of Risk; some banks take only the word as it should be. */
  contractPresentIndicator: z.enum(['as-published', 'corrected']).default('as-published'),
  /** Permissions the bank does not grant: a consent that asks for one of them is refused. */
  refusedPermissions: z.array(z.string()).default([]),
  /** The kinds of payment it offers where it offers payments at all. */
  paymentFamilies: z
    .array(z.enum(paymentFamilyNames))
    .default((): PaymentFamily[] => [...paymentFamilyNames]),
  /** False: a payment consent that asks for the account to refund to is refused. */
  refundAccounts: z.boolean().default(true),
  /** What SupplementaryData must say, in account access consents and in payment initiations. */
  supplement: z
    .strictObject({ accounts: Supplement.optional(), payments: Supplement.optional() })
    .default({}),
  /** Whether there are pots, an endpoint beyond the specification. */
  pots: z.boolean().default(false),
  links: z.array(LinkRule).default([]),
});

export type ResourceChoices = z.output<typeof ResourceChoices>;
