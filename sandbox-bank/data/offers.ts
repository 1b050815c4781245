// What the bank offers a customer on top of an account; most accounts have no offer.
import type { BankAccount, SpendingPattern } from './accounts.ts';

export interface Offer {
  offerId: string;
  type: 'BalanceTransfer' | 'LimitIncrease' | 'MoneyTransfer' | 'PromotionalRate';
  description: string;
  startsOn: string;
  endsOn?: string;
  /** Per cent a year. */
  rate?: string;
  amountMinor?: number;
  feeMinor?: number;
  term?: string;
}

type Plan = Omit<Offer, 'offerId'>;

const plans: Partial<Record<SpendingPattern, Plan[]>> = {
  everyday: [
    {
      ...{ type: 'LimitIncrease', description: 'A higher arranged overdraft', startsOn: '2026-01-05' },
      amountMinor: 750_00,
    },
  ],
  card: [
    {
      ...{ type: 'BalanceTransfer', description: 'Balance transfers without interest', rate: '0.0' },
      ...{ startsOn: '2026-02-01', endsOn: '2027-01-31', feeMinor: 12_00, term: '12 months' },
    },
    {
      ...{ type: 'MoneyTransfer', description: 'Money from the card to the account', rate: '3.9' },
      ...{ startsOn: '2026-02-01', endsOn: '2027-01-31', amountMinor: 1_500_00 },
    },
  ],
  savings: [
    {
      ...{ type: 'PromotionalRate', description: 'A better rate for new money', rate: '4.25' },
      ...{ startsOn: '2026-03-01', endsOn: '2027-02-28' },
    },
  ],
};

export function offersOf(account: BankAccount): Offer[] {
  return (plans[account.pattern] ?? []).map((plan, index) => ({
    ...plan,
    offerId: `${account.accountId}-OF-${index + 1}`,
  }));
}
