// Every endpoint of the resource server, of both versions.
import { accountAccessConsents } from './account-access-consents.ts';
import { accounts } from './accounts.ts';
import { balances } from './balances.ts';
import { beneficiaries } from './beneficiaries.ts';
import { directDebits } from './direct-debits.ts';
import { fileReport } from './file-report.ts';
import { fileUpload } from './file-upload.ts';
import { fundsConfirmationConsents } from './funds-confirmation-consents.ts';
import { fundsConfirmations } from './funds-confirmations.ts';
import { offers } from './offers.ts';
import type { ApiGroup, Operation } from './operation.ts';
import { parties } from './parties.ts';
import { paymentConsents } from './payment-consents.ts';
import { paymentOrders } from './payment-orders.ts';
import { pots } from './pots.ts';
import { products } from './products.ts';
import { scheduledPayments } from './scheduled-payments.ts';
import { standingOrders } from './standing-orders.ts';
import { statements } from './statements.ts';
import { transactions } from './transactions.ts';

export const operations: readonly Operation[] = [
  ...accountAccessConsents,
  ...accounts,
  ...balances,
  ...transactions,
  ...beneficiaries,
  ...directDebits,
  ...standingOrders,
  ...scheduledPayments,
  ...products,
  ...offers,
  ...parties,
  ...statements,
  ...pots,
  ...paymentConsents,
  ...paymentOrders,
  ...fileUpload,
  fileReport,
  ...fundsConfirmationConsents,
  ...fundsConfirmations,
];

/** The API a path belongs to, by its first segment: they share none. */
export function groupOf(segment: string): ApiGroup | undefined {
  return operations.find(({ path }) => path.split('/')[1] === segment)?.group;
}
