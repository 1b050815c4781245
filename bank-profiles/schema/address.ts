// Values that a profile has itself, or that somebody who runs the connector gets from the bank and sets.
import { z } from 'zod';

/** Told to third parties only, so that they cannot be published here. */
const privateProperty = z.enum([
  'IssuerUrl',
  'FinancialId',
  'BaseUrl',
  'AccountAndTransactionApiBaseUrl',
  'PaymentInitiationApiBaseUrl',
]);
export type PrivateProperty = z.output<typeof privateProperty>;

const configured = z
  .strictObject({
    configured: privateProperty,
  })
  .describe('Set by whoever runs the connector, for this bank or for its whole group.');

const variable = z
  .strictObject({
    variable: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'the name of a variable'),
    path: z.string().startsWith('/').optional(),
  })
  .describe('The value of a configuration variable, with a path appended.');

/** An absolute address. App schemes are welcome: some banks are an app. */
export const address = z.union([z.url(), configured, variable]);
export type Address = z.output<typeof address>;

/** An organisation of the directory: 18 characters as a rule. */
export const organisation = z.union([z.string().regex(/^[0-9a-zA-Z]{1,18}$/), configured]);
export type Organisation = z.output<typeof organisation>;
