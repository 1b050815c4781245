// Single payments that a customer has ordered for a day to come: always in the weeks after the bank's today.
import type { BankAccount, SpendingPattern } from './accounts.ts';
import { type Creditor, cardCreditor, euroCreditor, sterlingCreditor } from './creditors.ts';
import { nextPaymentMs } from './schedules.ts';

export interface ScheduledPayment {
  scheduledPaymentId: string;
  creditor: Creditor;
  amountMinor: number;
  dueMs: number;
  /** Whether the day is that of leaving the account or of reaching the creditor. */
  type: 'Execution' | 'Arrival';
  reference?: string;
  debtorReference?: string;
}

interface Plan extends Omit<ScheduledPayment, 'scheduledPaymentId' | 'dueMs'> {
  dayOfMonth: number;
}

const plans: Partial<Record<SpendingPattern, Plan[]>> = {
  everyday: [
    {
      ...{ creditor: sterlingCreditor('J PEMBERTON AND SONS'), amountMinor: 480_00, dayOfMonth: 17 },
      ...{ type: 'Execution', reference: 'BOOKCASE', debtorReference: 'HOME' },
    },
    {
      ...{ creditor: cardCreditor('MS A HART', '499999000041101'), amountMinor: 150_00, dayOfMonth: 22 },
      ...{ type: 'Arrival', reference: 'CARD' },
    },
  ],
  travel: [
    {
      ...{ creditor: euroCreditor('PENSION AM MARKT', 'DE02500105170137075030'), amountMinor: 96_00 },
      ...{ dayOfMonth: 9, type: 'Arrival' },
    },
  ],
  trade: [
    {
      ...{ creditor: sterlingCreditor('OAKFIELD COMPONENTS'), amountMinor: 3_204_18, dayOfMonth: 28 },
      ...{ type: 'Execution', reference: 'PO 7741' },
    },
  ],
};

export function scheduledPaymentsOf(account: BankAccount, nowMs: number): ScheduledPayment[] {
  return (plans[account.pattern] ?? []).map(({ dayOfMonth, ...plan }) => {
    const dueMs = nextPaymentMs({ frequency: 'MNTH', dayOfMonth }, nowMs);
    const day = new Date(dueMs).toISOString().slice(0, 10);
    return { ...plan, dueMs, scheduledPaymentId: `${account.accountId}-SP-${day}` };
  });
}
