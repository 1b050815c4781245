// Orders on the wire, and what they have in common with consents: the debtor once known, and the account to refund to.
import { bankIdentifierCode } from '../data/accounts.ts';
import { chargesOf } from './charges.ts';
import { expectedTimes } from './cut-off.ts';
import { quoteBody } from './exchange-quotes.ts';
import { multiAuthorisationBody } from './multi-authorisation.ts';
import { type Call, dateTime } from './operation.ts';
import type { FamilyFacts } from './payment-families.ts';
import { isSetUp, type PaymentStanding, standingOf } from './payment-status.ts';
import type { Payment, PaymentConsent, StoredConsent } from './records.ts';
import { namesOf } from './version-3-names.ts';

interface NamedAccount {
  SchemeName: string;
  Identification: string;
  Name: string;
}

export const rejectionTexts = {
  AM04: 'Insufficient funds',
  AC04: 'The creditor account is closed',
} as const;

/** The account the customer chose to pay from; nothing before that. */
export function debtorOf(call: Call, consent: StoredConsent): NamedAccount | undefined {
  const account = call.deps.state.account(consent.accountIds[0] ?? '');
  const [identification] = account?.identifications ?? [];
  if (!account || !identification) return undefined;
  return {
    SchemeName: identification.schemeName,
    Identification: identification.identification,
    Name: account.holderName,
  };
}

export function orderBody(call: Call, facts: FamilyFacts, payment: Payment, consent: PaymentConsent): object {
  const standing = standingOf(payment, call.deps.knobs, call.nowMs);
  return {
    Data: {
      [facts.idMember]: payment.paymentId,
      ConsentId: payment.consentId,
      CreationDateTime: dateTime(payment.createdAtMs),
      Status: statusName(call, payment, standing),
      StatusUpdateDateTime: dateTime(standing.sinceMs),
      StatusReason: reasonsOf(call, payment, standing),
      Refund: refundOf(call, facts, consent),
      ...expectedTimes(facts, payment.executeAtMs),
      Charges: chargesOf(consent.data.Initiation),
      ExchangeRateInformation: quoteBody(consent.quote),
      Initiation: consent.data.Initiation,
      MultiAuthorisation: multiAuthorisationBody(call, payment),
      Debtor: debtorOf(call, consent),
    },
    Links: { Self: `${call.groupUrl}${facts.orders}/${payment.paymentId}` },
    Meta: {},
  };
}

function statusName({ version }: Call, payment: Payment, { status }: PaymentStanding): string {
  const names = namesOf(version);
  return isSetUp(payment) ? names.initiationStatus(status) : names.paymentStatus(status);
}

/** Version 3 gives none. */
function reasonsOf({ version }: Call, { rejection }: Payment, { status }: PaymentStanding) {
  if (version !== 'v4.0' || (status !== 'RJCT' && status !== 'INFA')) return undefined;
  if (rejection === undefined) return [];
  return [{ StatusReasonCode: rejection, StatusReasonDescription: rejectionTexts[rejection] }];
}

/** Payments abroad are refunded by way of the bank, so that it is named. */
function refundOf(call: Call, { isInternational }: FamilyFacts, consent: PaymentConsent) {
  const Account = debtorOf(call, consent);
  if (consent.data.ReadRefundAccount !== 'Yes' || !Account) return undefined;
  if (!isInternational) return { Account };
  const Agent = { SchemeName: 'UK.OBIE.BICFI', Identification: bankIdentifierCode };
  return { Creditor: { Name: Account.Name }, Agent, Account };
}
