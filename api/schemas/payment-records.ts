// Payments of all families as our records have them, and what can be asked of their list.
import { z } from '@hono/zod-openapi';
import { paymentFamilies, paymentStatuses } from '../../workflows/contracts/payment.ts';
import { BankListQuery, Listed, moment } from './lists.ts';
import { baseResponse, dateTime, id } from './shared.ts';

const uuid = z.string().openapi({ format: 'uuid' });

const status = z.enum(paymentStatuses);
const family = z.enum(paymentFamilies);

export const PaymentListQuery = BankListQuery.extend({
  family: family.optional(),
  status: status.optional(),
  consentId: id.optional().openapi({ description: 'Our id of the consent.' }),
  createdFrom: moment.optional(),
  createdTo: moment.optional().openapi({ description: 'Itself excluded.' }),
});

const bankStatus = z.string().optional();

const members = {
  Id: uuid,
  Created: dateTime,
  ModifiedBy: z.string().optional(),
  Family: family,
  ConsentId: uuid,
  ExternalApiConsentId: z
    .string()
    .optional()
    .openapi({ description: 'The id that the bank gave the consent.' }),
  BankProfile: z.string(),
  BankRegistrationId: uuid,
  ExternalApiId: z
    .string()
    .optional()
    .openapi({ description: 'The id that the bank gave it: by this it is read there.' }),
  Status: status.openapi({ description: 'Where its journey stands: see docs/payments.md.' }),
  ExternalApiStatus: bankStatus.openapi({ description: 'What the bank said last, in its own code.' }),
  ...Listed,
};

export const ListedPaymentOfAnyFamily = z.object(members).openapi('ListedPayment');

export const PaymentRecord = z
  .object({
    ...members,
    History: z
      .array(z.object({ Status: status, ExternalApiStatus: bankStatus, Recorded: dateTime }))
      .openapi({ description: 'Each status that it has had, of ours and of the bank, oldest first.' }),
    ...baseResponse,
  })
  .openapi('PaymentRecord');
