// Whether a customer may give this consent for these accounts: checked by the bank whatever its pages offered.
import { accountKnownAs, bankAccounts } from '../data/accounts.ts';
import type { BankUser } from '../data/users.ts';
import { isTooLate } from './cut-off.ts';
import type { ResourceKnobs } from './deps.ts';
import { isPaymentFamily } from './payment-families.ts';
import type { ConsentFamily, ConsentStatus, FundsConsent, PaymentConsent, StoredConsent } from './records.ts';

/** What lasts can be given again (re-authentication), an access also after it was withdrawn; a payment is authorised once. */
function openStatuses(family: ConsentFamily): readonly ConsentStatus[] {
  if (family === 'account-access') return ['AWAU', 'AUTH', 'CANC'];
  return family === 'funds-confirmation' ? ['AWAU', 'AUTH'] : ['AWAU'];
}

/** Whether a customer may be asked about it. */
export function isOpen({ family, status }: Pick<StoredConsent, 'family' | 'status'>): boolean {
  return openStatuses(family).includes(status);
}

/** Why the bank cannot let its customer agree, whoever it is: the consent then ends. */
export function obstacleTo(
  consent: StoredConsent | undefined,
  knobs: ResourceKnobs,
  nowMs: number,
): string | undefined {
  if (consent?.status !== 'AWAU' || !isPayment(consent)) return undefined;
  if (isTooLate(knobs, consent, nowMs)) return 'the cut-off time has passed';
  const wantsOne = consent.data.Authorisation?.AuthorisationType === 'Single';
  return wantsOne && knobs.authorisersRequired > 1 ? 'one person alone cannot authorise this' : undefined;
}

function isPayment(consent: StoredConsent): consent is PaymentConsent {
  return isPaymentFamily(consent.family);
}

/** Throws an Error that says what does not fit. */
export function checkDecision(
  consent: StoredConsent,
  users: readonly BankUser[],
  choice: { psu: string; accountIds: string[] },
): void {
  if (!isOpen(consent)) throw new Error(`consent is ${consent.status} and cannot be authorised`);
  const user = users.find(({ username }) => username === choice.psu);
  if (!user) throw new Error('unknown customer');
  if (choice.accountIds.length === 0) throw new Error('no account was chosen');
  const foreign = choice.accountIds.find((id) => !user.accounts.some(({ accountId }) => accountId === id));
  if (foreign !== undefined) throw new Error('an account is not this customer’s');
  if (consent.family === 'funds-confirmation') checkAccountAskedAbout(consent, choice.accountIds);
  else if (consent.family !== 'account-access') checkDebtorAccount(consent, user, choice.accountIds);
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

function checkAccountAskedAbout({ debtorAccount }: FundsConsent, [accountId, ...others]: string[]): void {
  if (others.length > 0 || accountKnownAs(debtorAccount)?.accountId !== accountId)
    throw new Error('another account was asked about');
}
