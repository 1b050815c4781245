// Which registration a payment is read as: its own, as our records have it, or the one that a caller names.
import { z } from 'zod';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { booleanText, customerIp, customerIpHeader, id } from './schemas/shared.ts';
import { tenantOf } from './tenant.ts';

const registrationHeader = 'x-obc-bank-registration-id';
const versionHeader = 'x-obc-use-v4-external-api';

export const paymentReadHeaders = z.object({
  [registrationHeader]: id.optional(),
  [versionHeader]: booleanText.optional(),
  ...customerIp,
});

export interface PaymentToRead {
  bankRegistrationId: string;
  /** Absent: as the registration says. */
  useV4: boolean | undefined;
  customerIpAddress: string | undefined;
}

/** @throws {Problem} `not-found` when neither the payment nor a registration is known */
export async function paymentOf(
  records: ApiDeps['records'],
  family: PaymentFamily,
  externalApiId: string,
  headers: z.output<typeof paymentReadHeaders>,
): Promise<PaymentToRead> {
  const named = headers[registrationHeader];
  const payment = await records.payments.findByExternalApiId(tenantOf(), family, externalApiId, named);
  // A payment that was made elsewhere can be read when its registration is named.
  const bankRegistrationId = payment?.bankRegistrationId ?? named;
  if (bankRegistrationId === undefined) throw new Problem('not-found');
  if (payment === undefined && !(await records.registrations.find(tenantOf(), bankRegistrationId)))
    throw new Problem('not-found', { errors: { [registrationHeader]: ['is not known'] } });
  return {
    bankRegistrationId,
    useV4: headers[versionHeader] ?? payment?.useV4,
    customerIpAddress: headers[customerIpHeader],
  };
}
