// Banks as they are told to whoever chooses one.
import { z } from '@hono/zod-openapi';

const versions = z.object({ Versions: z.array(z.string()), DefaultVersion: z.string() }).optional();

export const Bank = z
  .object({
    BankProfile: z.string(),
    BankGroup: z.string(),
    Brand: z.string(),
    Environment: z.enum(['production', 'sandbox', 'model']),
    RegistrationGroups: z.array(z.string()),
    AccountAndTransactionApi: versions,
    PaymentInitiationApi: versions,
    VariableRecurringPaymentsApi: versions,
    ConfirmationOfFundsApi: versions,
    Registration: z.object({
      IsDynamic: z.boolean(),
      Version: z.string(),
      TokenEndpointAuthMethod: z.string(),
      CanBeRead: z.boolean(),
      CanBeUpdated: z.boolean(),
      CanBeDeleted: z.boolean(),
    }),
    ResponseMode: z.string(),
    PermissionsNotOffered: z.array(z.string()),
    MissingConfiguration: z.array(z.string()),
  })
  .openapi('Bank');

export const Banks = z.object({ Data: z.array(Bank) }).openapi('Banks');

export const BankInDetail = Bank.extend({
  Differences: z.record(z.string(), z.unknown()),
  Unreliable: z.array(z.string()),
  Notes: z.array(z.string()),
  Source: z.string(),
}).openapi('BankInDetail');

/** Filters; all that are given have to fit. */
export const BankFilter = z.strictObject({
  group: z.string().optional(),
  environment: z.enum(['production', 'sandbox', 'model']).optional(),
  api: z.enum(['aisp', 'pisp', 'vrp', 'cbpii']).optional(),
  version: z.enum(['v3.1', 'v4.0']).optional(),
  configured: z.enum(['true', 'false']).optional(),
});
export type BankFilter = z.output<typeof BankFilter>;
