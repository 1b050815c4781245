// Direct debits: version 4 has a mandate's facts in an object of their own (Direct Debits profile).
import type { BankAccount } from '../data/accounts.ts';
import { type DirectDebit, directDebitsOf } from '../data/direct-debits.ts';
import { accountResource } from './account-resource.ts';
import { lastPayment } from './last-payment.ts';
import { amountOf } from './money.ts';
import { type Call, dateTime } from './operation.ts';
import { namesOf } from './version-3-names.ts';

const version3Frequencies: Record<DirectDebit['frequency'], string> = {
  MNTH: 'UK.OBIE.Monthly',
  QURT: 'UK.OBIE.Quarterly',
  YEAR: 'UK.OBIE.Annual',
  WEEK: 'UK.OBIE.Weekly',
  NONE: 'UK.OBIE.NotKnown',
};

export const directDebits = accountResource({
  member: 'DirectDebit',
  ofOne: 'direct-debits',
  ofAll: 'direct-debits',
  permissions: [['ReadDirectDebits']],
  bodiesOf: (call, _, account) => directDebitsOf(account).map((one) => bodyOf(call, account, one)),
});

function bodyOf(call: Call, account: BankAccount, directDebit: DirectDebit): object {
  const { directDebitId, name, mandateIdentification, frequency, classification, status } = directDebit;
  const mandate =
    call.version === 'v4.0'
      ? {
          MandateRelatedInformation: {
            MandateIdentification: mandateIdentification,
            Classification: classification,
            Frequency: { Type: frequency },
          },
        }
      : { MandateIdentification: mandateIdentification, Frequency: version3Frequencies[frequency] };
  return {
    AccountId: account.accountId,
    DirectDebitId: directDebitId,
    ...mandate,
    DirectDebitStatusCode: namesOf(call.version).mandateStatus(status),
    Name: name,
    ...previousOf(call, account, directDebit),
  };
}

function previousOf(call: Call, account: BankAccount, { name, lastCollected }: DirectDebit): object {
  const shown = lastPayment(call, account, { kind: 'direct-debit', name });
  if (shown) {
    return {
      PreviousPaymentDateTime: dateTime(shown.bookedAtMs),
      PreviousPaymentAmount: amountOf(shown.signedMinor, account.currency),
    };
  }
  if (!lastCollected) return {};
  return {
    PreviousPaymentDateTime: `${lastCollected.on}T06:00:00.000Z`,
    PreviousPaymentAmount: amountOf(lastCollected.amountMinor, account.currency),
  };
}
