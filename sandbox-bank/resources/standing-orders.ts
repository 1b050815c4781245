// Standing orders: version 3 says when they are paid in one word, version 4 in codes where there are any (Standing Orders profile).
import type { BankAccount } from '../data/accounts.ts';
import { nextPaymentMs, type Schedule } from '../data/schedules.ts';
import { type StandingOrder, standingOrdersOf } from '../data/standing-orders.ts';
import { accountResource } from './account-resource.ts';
import { creditorBody } from './creditor-body.ts';
import { lastPayment } from './last-payment.ts';
import { amountOf } from './money.ts';
import { type Call, dateTime } from './operation.ts';
import type { AccountAccessConsent } from './records.ts';
import { namesOf } from './version-3-names.ts';

export const standingOrders = accountResource({
  member: 'StandingOrder',
  ofOne: 'standing-orders',
  ofAll: 'standing-orders',
  permissions: [['ReadStandingOrdersBasic', 'ReadStandingOrdersDetail']],
  bodiesOf: (call, consent, account) =>
    standingOrdersOf(account).map((one) => bodyOf(call, consent, account, one)),
});

function bodyOf(
  call: Call,
  consent: AccountAccessConsent,
  account: BankAccount,
  order: StandingOrder,
): object {
  return {
    AccountId: account.accountId,
    StandingOrderId: order.standingOrderId,
    ...(call.version === 'v4.0' ? mandateOf(order) : version3MandateOf(order)),
    NumberOfPayments: order.numberOfPayments?.toString(),
    StandingOrderStatusCode: namesOf(call.version).mandateStatus(order.status),
    FirstPaymentAmount: amountOf(order.amountMinor, account.currency),
    ...nextOf(call, account, order),
    ...lastOf(call, account, order),
    FinalPaymentAmount:
      order.finalPaymentOn === undefined ? undefined : amountOf(order.amountMinor, account.currency),
    ...(consent.permissions.includes('ReadStandingOrdersDetail')
      ? creditorBody(call, consent, order.creditor)
      : {}),
  };
}

function mandateOf({ schedule, reference, firstPaymentOn, finalPaymentOn }: StandingOrder): object {
  return {
    MandateRelatedInformation: {
      Frequency: frequencyOf(schedule),
      FirstPaymentDateTime: morningOf(firstPaymentOn),
      FinalPaymentDateTime: morningOf(finalPaymentOn),
    },
    RemittanceInformation: { Structured: [{ CreditorReferenceInformation: { Reference: reference } }] },
  };
}

function version3MandateOf({ schedule, reference, firstPaymentOn, finalPaymentOn }: StandingOrder): object {
  return {
    Frequency: version3Word(schedule),
    Reference: reference,
    FirstPaymentDateTime: morningOf(firstPaymentOn),
    FinalPaymentDateTime: morningOf(finalPaymentOn),
  };
}

/** Where there is no code, version 4 takes the word of version 3. */
function frequencyOf(schedule: Schedule): object {
  switch (schedule.frequency) {
    case 'english-quarter-days':
      return { Type: version3Word(schedule) };
    case 'WODL':
      return { Type: schedule.frequency };
    case 'WEEK':
      return { Type: schedule.frequency, PointInTime: twoDigits(schedule.weekday) };
    default:
      return { Type: schedule.frequency, PointInTime: twoDigits(schedule.dayOfMonth) };
  }
}

function version3Word(schedule: Schedule): string {
  switch (schedule.frequency) {
    case 'english-quarter-days':
      return 'QtrDay:ENGLISH';
    case 'WODL':
      return 'EvryWorkgDay';
    case 'WEEK':
      return `IntrvlWkDay:01:${twoDigits(schedule.weekday)}`;
    case 'MNTH':
      return `IntrvlMnthDay:01:${twoDigits(schedule.dayOfMonth)}`;
    case 'QURT':
      return `IntrvlMnthDay:03:${twoDigits(schedule.dayOfMonth)}`;
  }
}

function nextOf(call: Call, account: BankAccount, order: StandingOrder): object {
  if (order.status !== 'ACTV') return {};
  const fromMs = Math.max(call.nowMs, Date.parse(order.firstPaymentOn) - 1);
  return {
    NextPaymentDateTime: dateTime(nextPaymentMs(order.schedule, fromMs)),
    NextPaymentAmount: amountOf(order.amountMinor, account.currency),
  };
}

function lastOf(call: Call, account: BankAccount, { creditor }: StandingOrder): object {
  const last = lastPayment(call, account, { kind: 'credit-transfer', name: creditor.name });
  if (!last) return {};
  return {
    LastPaymentDateTime: dateTime(last.bookedAtMs),
    LastPaymentAmount: amountOf(last.signedMinor, account.currency),
  };
}

function morningOf(day: string | undefined): string | undefined {
  return day === undefined ? undefined : `${day}T06:00:00.000Z`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
