// Single payments ordered for a day to come (Scheduled Payments profile).
import { scheduledPaymentsOf } from '../data/scheduled-payments.ts';
import { accountResource } from './account-resource.ts';
import { creditorBody } from './creditor-body.ts';
import { amountOf } from './money.ts';
import { dateTime } from './operation.ts';

export const scheduledPayments = accountResource({
  member: 'ScheduledPayment',
  ofOne: 'scheduled-payments',
  ofAll: 'scheduled-payments',
  permissions: [['ReadScheduledPaymentsBasic', 'ReadScheduledPaymentsDetail']],
  bodiesOf: (call, consent, account) =>
    scheduledPaymentsOf(account, call.nowMs).map((payment) => ({
      AccountId: account.accountId,
      ScheduledPaymentId: payment.scheduledPaymentId,
      ScheduledPaymentDateTime: dateTime(payment.dueMs),
      ScheduledType: payment.type,
      Reference: payment.reference,
      DebtorReference: payment.debtorReference,
      InstructedAmount: amountOf(payment.amountMinor, account.currency),
      ...(consent.permissions.includes('ReadScheduledPaymentsDetail')
        ? creditorBody(call, consent, payment.creditor)
        : {}),
    })),
});
