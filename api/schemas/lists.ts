// Lists: what can be asked of them, and what they have that single objects do not.
import { z } from '@hono/zod-openapi';
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import { eachPayment } from '../consent-families.ts';
import { Cursor } from '../page-cursor.ts';
import { AccountAccessConsentResponse, FundsConfirmationConsentResponse } from './consents.ts';
import { paymentSchemas } from './payments.ts';
import { ProblemDocument } from './problem.ts';
import { BankRegistrationResponse } from './registrations.ts';
import { baseResponse, id } from './shared.ts';

export const defaultLimit = 50;
const largestLimit = 200;

const limit = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, `must be a whole number from 1 to ${largestLimit}`)
  .transform(Number)
  .refine((value) => value <= largestLimit, `must be a whole number from 1 to ${largestLimit}`)
  .openapi({
    type: 'integer',
    minimum: 1,
    maximum: largestLimit,
    description: `${defaultLimit} when absent.`,
  });

const reference = z.string().openapi({ description: 'The whole `Reference`.' });

export const PageQuery = z.strictObject({ limit: limit.default(defaultLimit), after: Cursor.optional() });

/** Of objects that a person sets up. */
export const ManagedListQuery = z.strictObject({ reference: reference.optional(), ...PageQuery.shape });

/** Of software statements, which the reference lists all at once. */
export const UnlimitedListQuery = ManagedListQuery.extend({
  limit: limit.optional().openapi({ description: 'Neither this nor `after`: all there are.' }),
});

/** A moment that a filter names, in any time zone. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .openapi({ type: 'string', format: 'date-time' });

/** Of whatever hangs on a registration. */
export const BankListQuery = ManagedListQuery.extend({
  bank: z.string().optional().openapi({ description: 'A bank profile.' }),
  softwareStatementId: id.optional(),
});

export const AccountAccessConsentListQuery = BankListQuery.extend({
  reconfirmationDueBefore: moment
    .optional()
    .openapi({ description: 'Those whose customers have to be asked by then.' }),
});

/** What is listed has at least these; the rest is known when there is no `Problem`. */
export const Listed = {
  /** What the object itself would be answered with. */
  Problem: ProblemDocument.omit({ correlationId: true }).openapi('ListedProblem').optional(),
};

export const ListedBankRegistration = BankRegistrationResponse.omit({ ExternalApiResponse: true })
  .partial({
    ExternalApiId: true,
    TokenEndpointAuthMethod: true,
    JwksUri: true,
    TokenEndpoint: true,
    AuthorizationEndpoint: true,
    RegistrationScope: true,
    DefaultFragmentRedirectUri: true,
    DefaultQueryRedirectUri: true,
    RedirectUris: true,
  })
  .extend(Listed)
  .openapi('ListedBankRegistration');

const atBank = { ExternalApiResponse: true, ExternalApiResponseInfo: true } as const;

export const ListedAccountAccessConsent = AccountAccessConsentResponse.omit(atBank)
  .partial({ ExternalApiId: true })
  .extend(Listed)
  .openapi('ListedAccountAccessConsent');

export const ListedFundsConfirmationConsent = FundsConfirmationConsentResponse.omit(atBank)
  .partial({ ExternalApiId: true })
  .extend(Listed)
  .openapi('ListedFundsConfirmationConsent');

export const listedPayments = eachPayment((family) => {
  const { consentMembers, members } = paymentSchemas[family];
  const { name } = paymentFamilyFacts[family];
  return {
    consent: consentMembers.partial({ ExternalApiId: true }).extend(Listed).openapi(`Listed${name}Consent`),
    payment: members.extend(Listed).openapi(`Listed${name}`),
  };
});

export const listOf = (item: z.ZodType, name: string) =>
  z
    .object({
      Data: z.array(item),
      Next: z
        .string()
        .optional()
        .openapi({ description: 'Where the next page begins, for `after`; absent on the last.' }),
      ...baseResponse,
    })
    .openapi(name);
