// Whom a customer has kept for the next payment, by account; one of them by card number.
import type { BankAccount, SpendingPattern } from './accounts.ts';
import { type Creditor, cardCreditor, euroCreditor, sterlingCreditor } from './creditors.ts';
import { tradeSuppliers } from './merchants.ts';

export interface Beneficiary {
  beneficiaryId: string;
  creditor: Creditor;
  trusted: boolean;
  reference?: string;
}

type Entry = Omit<Beneficiary, 'beneficiaryId'>;

const entries: Partial<Record<SpendingPattern, Entry[]>> = {
  everyday: [
    { creditor: sterlingCreditor('STERLING LETTINGS'), trusted: true, reference: 'RENT' },
    { creditor: sterlingCreditor('RAINY DAY'), trusted: true, reference: 'MONTHLY SAVING' },
    { creditor: sterlingCreditor('FENLAND BUILDING SOCIETY', '4/118822-6'), trusted: false },
    { creditor: cardCreditor('MS A HART', '499999000041101'), trusted: true, reference: 'CARD' },
    { creditor: euroCreditor('L BRANDT', 'DE02120300000000202051'), trusted: false, reference: 'HOLIDAY' },
  ],
  household: [
    { creditor: sterlingCreditor('OAK LANE NURSERY'), trusted: false, reference: 'SMITH 2B' },
    { creditor: sterlingCreditor('J PEMBERTON AND SONS'), trusted: false },
  ],
  travel: [
    {
      creditor: euroCreditor('PENSION AM MARKT', 'DE02500105170137075030'),
      trusted: false,
      reference: 'HART',
    },
  ],
  trade: tradeSuppliers.map(({ name }) => ({
    creditor: sterlingCreditor(name),
    trusted: name.startsWith('BRIGHT'),
    reference: 'ACME TRADING',
  })),
  export: [{ creditor: sterlingCreditor('ACME TRADING LTD'), trusted: true, reference: 'SWEEP' }],
  lettings: [{ creditor: sterlingCreditor('LANDLORD'), trusted: false, reference: 'RENT LESS FEE' }],
};

export function beneficiariesOf(account: BankAccount): Beneficiary[] {
  return (entries[account.pattern] ?? []).map((entry, index) => ({
    ...entry,
    beneficiaryId: `${account.accountId}-BN-${index + 1}`,
  }));
}
