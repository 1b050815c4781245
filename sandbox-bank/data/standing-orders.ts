// Standing orders of the sandbox bank's accounts: those that transactions show, and some that are over or have not begun.
import type { BankAccount, SpendingPattern } from './accounts.ts';
import { type Creditor, cardCreditor, sterlingCreditor } from './creditors.ts';
import type { Schedule } from './schedules.ts';

export interface StandingOrder {
  standingOrderId: string;
  creditor: Creditor;
  reference: string;
  amountMinor: number;
  schedule: Schedule;
  /** Codes of version 4. */
  status: 'ACTV' | 'CANC' | 'EXPI' | 'SUSP';
  firstPaymentOn: string;
  finalPaymentOn?: string;
  numberOfPayments?: number;
}

type Plan = Omit<StandingOrder, 'standingOrderId'>;

const plans: Partial<Record<SpendingPattern, Plan[]>> = {
  everyday: [
    order('STERLING LETTINGS', 'RENT', 925_00, { frequency: 'MNTH', dayOfMonth: 1 }, '2021-09-01'),
    order('RAINY DAY', 'MONTHLY SAVING', 300_00, { frequency: 'MNTH', dayOfMonth: 2 }, '2018-10-02'),
    {
      ...order('HARROW CHESS CLUB', 'SUBS', 4_50, { frequency: 'WEEK', weekday: 3 }, '2022-01-05'),
      ...{ status: 'CANC', finalPaymentOn: '2023-06-28' },
    },
    {
      ...order('CARD', 'TOP UP', 25_00, { frequency: 'QURT', dayOfMonth: 15 }, '2024-01-15'),
      ...{ status: 'SUSP', creditor: cardCreditor('MS A HART', '499999000041101') },
    },
  ],
  household: [
    {
      ...order('OAK LANE NURSERY', 'SMITH 2B', 412_00, { frequency: 'MNTH', dayOfMonth: 4 }, '2020-09-04'),
      ...{ status: 'EXPI', finalPaymentOn: '2022-07-04', numberOfPayments: 23 },
    },
  ],
  trade: [
    order('YARD ESTATES', 'UNIT 7', 2_150_00, { frequency: 'english-quarter-days' }, '2027-03-25'),
    {
      ...order('CALDER FREIGHT', 'RETAINER', 40_00, { frequency: 'WODL' }, '2023-02-01'),
      ...{ status: 'SUSP' },
    },
  ],
  lettings: [order('CLIENT DEPOSITS', 'FEE', 35_00, { frequency: 'MNTH', dayOfMonth: 12 }, '2027-01-12')],
};

export function standingOrdersOf(account: BankAccount): StandingOrder[] {
  return (plans[account.pattern] ?? []).map((plan, index) => ({
    ...plan,
    standingOrderId: `${account.accountId}-SO-${index + 1}`,
  }));
}

function order(
  name: string,
  reference: string,
  amountMinor: number,
  schedule: Schedule,
  firstPaymentOn: string,
): Plan {
  return {
    creditor: sterlingCreditor(name),
    reference,
    amountMinor,
    schedule,
    status: 'ACTV',
    firstPaymentOn,
  };
}
