// What we know of a bank, as data. Whatever is left out is as the specification has it.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html
import { z } from 'zod';
import { address, organisation } from './schema/address.ts';
import { discovery } from './schema/discovery.ts';
import { clientCredentials, grant } from './schema/grant.ts';
import { idToken } from './schema/id-token.ts';
import { limits } from './schema/limits.ts';
import { registration } from './schema/registration.ts';
import { api, links, messageSigning, requests, variableRecurringPayments } from './schema/resources.ts';

const authorisation = z.strictObject({
  protocol: z
    .enum(['openid-connect', 'oauth2'])
    .default('openid-connect')
    .describe('Plain OAuth 2 has no request object and no ID tokens.'),
  responseType: z.enum(['code id_token', 'code']).default('code id_token'),
  responseMode: z
    .enum(['fragment', 'query', 'jwt'])
    .default('fragment')
    .describe('`jwt` is JARM, in the query.'),
  pushedAuthorisationRequest: z.boolean().default(false).describe('RFC 9126.'),
  strongAuthentication: z
    .boolean()
    .default(true)
    .describe('Whether customers authenticate strongly (SCA); sandboxes often do not.'),
});

/** What may differ by kind of consent. */
const grants = z.strictObject({
  accountAccess: grant.prefault({}),
  domesticPayment: grant.prefault({}),
  domesticVrp: grant.prefault({}),
  fundsConfirmation: grant.prefault({}),
});
export type ConsentKind = keyof z.output<typeof grants>;

export const bankProfileSchema = z.strictObject({
  group: z.string().min(1).describe('The banking group whose software this is.'),
  brand: z.string().min(1).describe('What customers know the bank as.'),
  environment: z.enum(['production', 'sandbox', 'model']).default('production'),
  source: z.string().min(1).describe('Where all this is known from, and since when.'),
  organisationId: organisation.describe("The bank's organisation id in the directory."),
  issuer: address.describe('Exactly as its discovery document has it.'),
  accountInformation: api.optional(),
  paymentInitiation: api.optional(),
  fundsConfirmation: api.optional(),
  variableRecurringPayments: variableRecurringPayments
    .optional()
    .describe('Offered on the addresses of payment initiation.'),
  discovery: discovery.prefault({}),
  registration: registration.prefault({}),
  authorisation: authorisation.prefault({}),
  clientCredentials: clientCredentials.prefault({}),
  idToken: idToken.prefault({}),
  grants: grants.prefault({}),
  messageSigning: messageSigning.prefault({}),
  links: links.prefault({}),
  risk: z
    .strictObject({
      misspelt: z.array(z.enum(['payments', 'variable-recurring-payments'])).default([]),
    })
    .prefault({})
    .describe('Where version 3 wants `ContractPresentInidicator`, as its published documents spell it.'),
  requests: requests.default({}),
  limits: limits.optional().describe('Where the bank needs others than the usual ones.'),
  permissionsNotOffered: z
    .array(z.string())
    .default([])
    .describe('Permissions that the bank refuses to have asked for.'),
  unattendedReadsPerDay: z
    .int()
    .min(1)
    .default(4)
    .describe('How often each account and resource may be read in 24 hours while the customer is away.'),
  unreliable: z
    .array(z.string())
    .default([])
    .describe(
      'Members of answers that are known to be wrong or missing at times; told to readers, not corrected.',
    ),
  notes: z.array(z.string()).default([]),
});

export type BankProfile = z.output<typeof bankProfileSchema>;
export type BankProfileSource = z.input<typeof bankProfileSchema>;

type Members = { [Name in keyof BankProfileSource]?: BankProfileSource[Name] | undefined };

/**
 * The profiles of one banking group by their public names, not checked yet.
 * @param common what its banks share; a bank's own member takes the place of the common one
 */
export function defineGroup(
  common: Members & { group: string; source: string },
  banks: Record<string, Members & { brand: string }>,
): Map<string, BankProfileSource> {
  // Whether all that a profile needs is there is found out by the schema.
  return new Map(
    Object.entries(banks).map(([name, own]) => [name, { ...common, ...own } as BankProfileSource]),
  );
}

/** The same for every kind of consent. */
export function everyGrant<Choices>(choices: Choices): Record<ConsentKind, Choices> {
  return {
    accountAccess: choices,
    domesticPayment: choices,
    domesticVrp: choices,
    fundsConfirmation: choices,
  };
}
