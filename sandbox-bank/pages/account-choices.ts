// Which of their accounts a customer is offered for a consent.
import { accountKnownAs } from '../data/accounts.ts';
import type { BankUser, Consent } from '../resources/deps.ts';

export function accountsFor(consent: Consent, { accounts }: BankUser): BankUser['accounts'] {
  switch (consent.family) {
    case 'account-access':
      return accounts;
    case 'funds-confirmation': {
      const { debtorAccount } = consent;
      const asked = debtorAccount && accountKnownAs(debtorAccount)?.accountId;
      return accounts.filter(({ accountId }) => accountId === asked);
    }
    default:
      return accounts.filter(({ canPay }) => canPay);
  }
}
