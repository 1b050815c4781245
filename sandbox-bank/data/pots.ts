// Money that a customer has set aside inside an account, as the one bank that has such a thing keeps it.
import type { BankAccount, SpendingPattern } from './accounts.ts';

export interface Pot {
  potId: string;
  name: string;
  type: 'default' | 'flexible_savings' | 'fixed_savings' | 'instant_access';
  balanceMinor: number;
  /** Names the cover picture; empty where the customer has one of their own. */
  style: string;
  imageUrl?: string;
  goalMinor?: number;
  lockedUntil?: string;
  createdAt: string;
  updatedAt: string;
  isOpen: boolean;
}

type Plan = Omit<Pot, 'potId' | 'isOpen'> & { isClosed?: true };

const plans: Partial<Record<SpendingPattern, Plan[]>> = {
  everyday: [
    {
      ...{ name: 'Bicycle', type: 'default', balanceMinor: 312_40, style: 'cassette', goalMinor: 900_00 },
      ...{ createdAt: '2024-03-11T08:20:41.118Z', updatedAt: '2026-10-02T17:05:09.630Z' },
    },
    {
      ...{ name: 'One day', type: 'fixed_savings', balanceMinor: 2_000_00, style: 'beach_ball' },
      ...{ lockedUntil: '2027-04-06T00:00:00.000Z' },
      ...{ createdAt: '2025-04-06T09:00:12.004Z', updatedAt: '2025-04-06T09:00:12.004Z' },
    },
    {
      ...{ name: 'Presents', type: 'flexible_savings', balanceMinor: 0, style: '' },
      imageUrl: 'https://pictures.example/pots/presents.jpg',
      ...{ createdAt: '2025-11-30T19:44:00.771Z', updatedAt: '2025-12-24T11:02:56.320Z' },
    },
    {
      ...{ name: 'Old car', type: 'default', balanceMinor: 0, style: 'cassette', isClosed: true },
      ...{ createdAt: '2021-01-04T12:00:00.000Z', updatedAt: '2023-06-17T12:00:00.000Z' },
    },
  ],
  household: [
    {
      ...{
        name: 'Roof',
        type: 'instant_access',
        balanceMinor: 1_140_00,
        style: 'house',
        goalMinor: 6_000_00,
      },
      ...{ createdAt: '2023-09-01T07:15:30.250Z', updatedAt: '2026-11-01T06:00:00.012Z' },
    },
  ],
};

export function potsOf(account: BankAccount): Pot[] {
  return (plans[account.pattern] ?? []).map(({ isClosed, ...plan }, index) => ({
    ...plan,
    potId: `pot_0000${account.accountId}${index + 1}`,
    isOpen: isClosed !== true,
  }));
}
