// Whether a customer may give this consent for these accounts: checked by the bank whatever its pages offered.
import { bankAccounts } from '../data/accounts.ts';
import type { BankUser } from '../data/users.ts';
import type { PaymentConsent, StoredConsent } from './records.ts';

/** Throws an Error that says what does not fit. */
export function checkDecision(
  consent: StoredConsent,
  users: readonly BankUser[],
  choice: { psu: string; accountIds: string[] },
): void {
  // Only an access can be given again (re-authentication); a payment is authorised once.
  const open = consent.family === 'account-access' ? ['AWAU', 'AUTH', 'CANC'] : ['AWAU'];
  if (!open.includes(consent.status))
    throw new Error(`consent is ${consent.status} and cannot be authorised`);
  const user = users.find(({ username }) => username === choice.psu);
  if (!user) throw new Error('unknown customer');
  if (choice.accountIds.length === 0) throw new Error('no account was chosen');
  const foreign = choice.accountIds.find((id) => !user.accounts.some(({ accountId }) => accountId === id));
  if (foreign !== undefined) throw new Error('an account is not this customer’s');
  if (consent.family === 'domestic-payment') checkDebtorAccount(consent, user, choice.accountIds);
}

function checkDebtorAccount(consent: PaymentConsent, user: BankUser, accountIds: string[]): void {
  const [accountId, ...others] = accountIds;
  if (others.length > 0) throw new Error('a payment leaves one account');
  if (!user.accounts.some((account) => account.accountId === accountId && account.canPay)) {
    throw new Error('this account cannot pay');
  }
  const demanded = consent.payment.debtorIdentification;
  const identifications =
    bankAccounts.find((account) => account.accountId === accountId)?.identifications ?? [];
  if (demanded !== undefined && !identifications.some(({ identification }) => identification === demanded)) {
    throw new Error('the payment names another account');
  }
}
