// Direct debit mandates of the sandbox bank's accounts: those that transactions show, and some that are over.
import type { BankAccount, SpendingPattern } from './accounts.ts';

export interface DirectDebit {
  directDebitId: string;
  /** Of the company that collects; transactions bear it. */
  name: string;
  mandateIdentification: string;
  /** ISO 20022 codes, as version 4 has them. */
  frequency: 'MNTH' | 'QURT' | 'YEAR' | 'WEEK' | 'NONE';
  classification: 'FIXE' | 'VARI';
  status: 'ACTV' | 'CANC' | 'EXPI' | 'SUSP';
  /** Of a mandate that no transaction shows any more. */
  lastCollected?: { on: string; amountMinor: number };
}

type Mandate = Omit<DirectDebit, 'directDebitId'>;

const mandates: Partial<Record<SpendingPattern, Mandate[]>> = {
  everyday: [
    mandate('RIDGE ENERGY', 'RE 4410 2291', 'VARI'),
    mandate('FENWICK MOBILE', 'FM 7719 003', 'FIXE'),
    mandate('CASTLE COUNCIL', 'COUNCIL TAX', 'FIXE'),
    { ...mandate('HARROW FITNESS', 'MEMBERSHIP', 'FIXE'), frequency: 'NONE' },
    {
      ...mandate('SKYLINE TELEVISION', 'ST 55-118', 'FIXE'),
      ...{ status: 'CANC', lastCollected: { on: '2022-11-17', amountMinor: 41_00 } },
    },
    {
      ...mandate('MERIDIAN BREAKDOWN', 'MB/90017', 'FIXE'),
      ...{ frequency: 'YEAR', lastCollected: { on: '2024-02-08', amountMinor: 96_40 } },
    },
  ],
  household: [
    mandate('BROOKVALE WATER', 'BW 118 204', 'VARI'),
    mandate('FIBRELINE', 'BROADBAND', 'FIXE'),
    {
      ...mandate('HOMELIGHT COVER', 'HC-2207', 'FIXE'),
      ...{ frequency: 'QURT', status: 'SUSP', lastCollected: { on: '2023-10-03', amountMinor: 57_25 } },
    },
  ],
  trade: [
    mandate('REVENUE AND DUTIES', 'VAT', 'VARI'),
    {
      ...mandate('PRESSROOM LEASING', 'PL 4471', 'FIXE'),
      ...{ frequency: 'QURT', status: 'EXPI', lastCollected: { on: '2021-12-01', amountMinor: 780_00 } },
    },
  ],
};

export function directDebitsOf(account: BankAccount): DirectDebit[] {
  return (mandates[account.pattern] ?? []).map((one, index) => ({
    ...one,
    directDebitId: `${account.accountId}-DD-${index + 1}`,
  }));
}

function mandate(
  name: string,
  mandateIdentification: string,
  classification: Mandate['classification'],
): Mandate {
  return { name, mandateIdentification, classification, frequency: 'MNTH', status: 'ACTV' };
}
