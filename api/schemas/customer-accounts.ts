// A customer's accounts and transactions at all their banks.
import { z } from '@hono/zod-openapi';
import { ProblemDocument } from './problem.ts';
import { baseResponse, requiredText } from './shared.ts';

const uuid = z.string().openapi({ format: 'uuid' });
const reference = requiredText.openapi({ description: 'The whole `Reference` that the consents have.' });

export const CustomerAccountsQuery = z.strictObject({ reference });

const filter = z.string().min(1).optional();
export const AccountTransactionsQuery = z.strictObject({
  reference,
  fromBookingDateTime: filter,
  toBookingDateTime: filter,
});

const ofConsent = { BankProfile: z.string(), AccountAccessConsentId: uuid };

export const CustomerAccountsResponse = z
  .object({
    Data: z.array(
      z
        .object({
          Id: z.string().openapi({ description: 'The same whatever consent shows the account.' }),
          ...ofConsent,
          ExternalApiAccountId: z.string().openapi({ description: 'The id that the bank gave it there.' }),
          Account: z.looseObject({}).openapi({ description: 'As the bank describes it: an OBAccount6.' }),
        })
        .openapi('CustomerAccount'),
    ),
    LeftOut: z
      .array(
        z
          .object({
            ...ofConsent,
            Problem: ProblemDocument.omit({ correlationId: true }).openapi('LeftOutProblem'),
          })
          .openapi('LeftOutConsent'),
      )
      .openapi({
        description: 'Consents under which nothing could be read; empty when the answer is complete.',
      }),
    ...baseResponse,
  })
  .openapi('CustomerAccountsResponse');

export const AccountTransactionsResponse = z
  .object({
    Data: z
      .array(z.looseObject({}))
      .openapi({ description: 'Newest first, each as its bank describes it: an OBTransaction6.' }),
    ...ofConsent,
    ExternalApiAccountId: z.string(),
    ...baseResponse,
  })
  .openapi('AccountTransactionsResponse');
