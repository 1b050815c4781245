// When a standing order pays, judged when it is asked for and told when it has paid.
import type { ErrorCode, Fault } from './errors.ts';
import { following, frequencyFrom, inWords } from './frequencies.ts';
import { instantOf } from './published-schema.ts';
import type { Mandate, PaymentInitiation } from './records.ts';

const inMandate = 'MandateRelatedInformation';
const daysInWeeks: Record<string, number> = { WEEK: 7, FRTN: 14, FOWK: 28 };

export function faultsOfSchedule(initiation: PaymentInitiation): Fault[] {
  const { MandateRelatedInformation: mandate, NumberOfPayments, Frequency } = initiation;
  const prefix = mandate ? `${inMandate}.` : '';
  const text = mandate?.Frequency.Type ?? Frequency;
  const faults = mandate ? faultsOfMandate(mandate) : [];
  if (text !== undefined && !frequencyFrom(text))
    faults.push(fault('U025', 'is not regular', mandate ? `${prefix}Frequency.Type` : 'Frequency'));
  if (NumberOfPayments !== undefined && !/^0*[1-9]\d*$/.test(NumberOfPayments))
    faults.push(fault('U002', 'is no number of payments', 'NumberOfPayments'));
  const dates = mandate ?? initiation;
  let before = Number.NEGATIVE_INFINITY;
  for (const member of [
    'FirstPaymentDateTime',
    'RecurringPaymentDateTime',
    'FinalPaymentDateTime',
  ] as const) {
    const date = dates[member];
    if (date === undefined) continue;
    if (instantOf(date) < before)
      faults.push(fault('U003', 'comes before the date before it', `${prefix}${member}`));
    before = instantOf(date);
  }
  return faults;
}

/** As its customer reads it. */
export function frequencyInWords(initiation: PaymentInitiation): string | undefined {
  const text = initiation.MandateRelatedInformation?.Frequency.Type ?? initiation.Frequency;
  const frequency = text === undefined ? undefined : frequencyFrom(text);
  return frequency && inWords(frequency);
}

/** When it has paid by now. Where no first date is named, it is the day after the order. */
export function paidTimes(initiation: PaymentInitiation, orderedAtMs: number, nowMs: number): number[] {
  const dates = initiation.MandateRelatedInformation ?? initiation;
  const text = initiation.MandateRelatedInformation?.Frequency.Type ?? initiation.Frequency ?? '';
  const frequency = frequencyFrom(text);
  const instant = (date: string | undefined) => (date === undefined ? undefined : instantOf(date));
  const firstMs = instant(dates.FirstPaymentDateTime) ?? orderedAtMs + 86_400_000;
  const secondMs = instant(dates.RecurringPaymentDateTime);
  const endMs = Math.min(nowMs, instant(dates.FinalPaymentDateTime) ?? nowMs);
  const most = Number(initiation.NumberOfPayments ?? Number.POSITIVE_INFINITY);
  const times: number[] = [];
  for (let atMs = firstMs; frequency && atMs <= endMs && times.length < most; ) {
    times.push(atMs);
    const isFirst = times.length === 1 && secondMs !== undefined && secondMs > atMs;
    atMs = isFirst ? secondMs : following(frequency, secondMs ?? firstMs, atMs);
  }
  return times;
}

/** A point in time is two digits that the period has, and stands instead of a count. */
function faultsOfMandate({ Frequency }: Mandate): Fault[] {
  const { Type, CountPerPeriod, PointInTime } = Frequency;
  if (PointInTime === undefined) return [];
  const faults: Fault[] = [];
  if (CountPerPeriod !== undefined)
    faults.push(fault('U005', 'stands beside PointInTime', `${inMandate}.Frequency.CountPerPeriod`));
  const most = daysInWeeks[Type] ?? 31;
  const isThere = /^\d\d$/.test(PointInTime) && Number(PointInTime) >= 1 && Number(PointInTime) <= most;
  if (!isThere) faults.push(fault('U002', 'is no day of the period', `${inMandate}.Frequency.PointInTime`));
  return faults;
}

function fault(code: ErrorCode, message: string, member: string): Fault {
  return { code, message, path: `Data.Initiation.${member}` };
}
