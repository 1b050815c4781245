// /payments: those of all families as our records have them, with their history. The bank is not asked.
import { z } from 'zod';
import type { ListedPayment } from '../../store/payment-list.ts';
import type { PaymentStatusEntry } from '../../store/payments.ts';
import type { ApiDeps } from '../deps.ts';
import { addList } from '../list.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { ListedPaymentOfAnyFamily, PaymentListQuery, PaymentRecord } from '../schemas/payment-records.ts';
import { id, withoutNulls } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { bankListRequest } from './bank-lists.ts';
import { listedPayment } from './listed-payment.ts';

const path = '/payments';
const tag = 'Payments';

export function addAllPaymentsRoutes(
  api: Api,
  { records, bankProfiles }: Pick<ApiDeps, 'records' | 'bankProfiles'>,
): void {
  addList(api, {
    ...{ path, name: 'Payment', tag, query: PaymentListQuery, item: ListedPaymentOfAnyFamily },
    load: (given) => records.payments.listPage(tenantOf(), bankListRequest(given, bankProfiles)),
    members,
  });

  addOperation(
    api,
    {
      method: 'get',
      path: `${path}/{paymentId}`,
      id: 'GetPayment',
      summary: 'Read our record of a payment of any family, with its history',
      tag,
      params: z.object({ paymentId: id }),
      ...{ status: 200, response: PaymentRecord },
    },
    async ({ params: { paymentId } }, c) => {
      const payment = await records.payments.find(tenantOf(), paymentId);
      if (payment === undefined) throw new Problem('not-found');
      const entries = await records.payments.listStatuses(tenantOf(), payment.id);
      return c.json(withoutNulls({ ...members(payment), History: entries.map(historyEntry) }));
    },
  );
}

const members = (payment: ListedPayment) =>
  listedPayment(payment, {
    Family: payment.family,
    ConsentId: payment.consentId,
    ExternalApiConsentId: payment.consentExternalApiId,
    BankProfile: payment.bankProfile,
  });

const historyEntry = ({ status, bankStatus, recorded }: PaymentStatusEntry) =>
  withoutNulls({ Status: status, ExternalApiStatus: bankStatus, Recorded: recorded.toISOString() });
