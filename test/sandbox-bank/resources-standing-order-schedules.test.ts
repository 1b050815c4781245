// How often a standing order pays: which schedules are taken, how a customer reads them, and when each payment is made.
import { describe, expect, it } from 'vitest';
import { frequencyFrom, inWords } from '../../sandbox-bank/resources/frequencies.ts';
import { paymentFamilies } from '../../sandbox-bank/resources/payment-families.ts';
import { paidTimes } from '../../sandbox-bank/resources/standing-order-schedule.ts';
import { askConsent, type Case, codeOf, ordered, readDetails } from './ordered-payments.ts';
import { laterDay, type Version } from './payment-requests.ts';
import { openBank, start } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const families = ['domestic-standing-order', 'international-standing-order'] as const;
const cases: Case[] = versions.flatMap((version) =>
  families.map((family) => ({ ...paymentFamilies[family], version })),
);

/** The members of a schedule where the version has them. */
function scheduled(version: Version, frequency: unknown, dates: Record<string, string> = {}) {
  const all = { FirstPaymentDateTime: laterDay, ...dates };
  if (version === 'v3.1') return { initiation: { Frequency: frequency, ...all } };
  const Frequency = typeof frequency === 'string' ? { Type: frequency } : frequency;
  return { initiation: { MandateRelatedInformation: { Frequency, ...all } } };
}

describe.each(cases)('$family of $version', (one) => {
  const { version, family } = one;
  const refusal = async (changes: Parameters<typeof askConsent>[2]) => {
    const { answer } = await askConsent(openBank(), one, changes);
    return [answer.status, ...answer.codes];
  };
  const place = version === 'v4.0' ? 'MandateRelatedInformation.' : '';

  it.each([
    ...['EvryDay', 'EvryWorkgDay', 'IntrvlDay:02', 'IntrvlDay:31', 'IntrvlWkDay:01:01', 'IntrvlWkDay:09:07'],
    ...['WkInMnthDay:05:07', 'IntrvlMnthDay:01:31', 'IntrvlMnthDay:24:-05', 'QtrDay:SCOTTISH'],
  ])('pays %s', async (frequency) => {
    expect(await refusal(scheduled(version, frequency))).toEqual([201]);
  });

  it.each([
    ...['IntrvlDay:01', 'IntrvlDay:32', 'IntrvlWkDay:10:01', 'IntrvlWkDay:01:08', 'WkInMnthDay:06:01'],
    ...['IntrvlMnthDay:07:01', 'IntrvlMnthDay:01:-06', 'QtrDay:WELSH', 'EvryDay ', 'Weekly'],
  ])('does not pay %s', async (frequency) => {
    expect(await refusal(scheduled(version, frequency))).toContain(codeOf(version, 'U002', 'Field.Invalid'));
  });

  it('has its dates in their order, and a number for a number', async () => {
    const late = codeOf(version, 'U003', 'Field.InvalidDate');
    const final = scheduled(version, 'EvryDay', { FinalPaymentDateTime: '2026-11-30T09:00:00Z' });
    expect(await refusal(final)).toEqual([400, late]);
    if (family === 'domestic-standing-order' || version === 'v4.0') {
      const recurring = scheduled(version, 'EvryDay', { RecurringPaymentDateTime: '2026-11-30T09:00:00Z' });
      const { answer } = await askConsent(openBank(), one, recurring);
      expect(answer.body.Errors[0].Path).toBe(`Data.Initiation.${place}RecurringPaymentDateTime`);
    }
    const none = { initiation: { NumberOfPayments: '0' } };
    expect(await refusal(none)).toEqual([400, codeOf(version, 'U002', 'Field.Invalid')]);
  });

  it('tells of each payment that it has made', async () => {
    const bank = openBank();
    const { id } = await ordered(bank, one, scheduled(version, 'IntrvlWkDay:02:02'));
    const statuses = async () =>
      (await readDetails(bank, one, id)).map(
        ({ PaymentTransactionId, Status }: { PaymentTransactionId: string; Status: string }) =>
          `${PaymentTransactionId.replace(id, '')} ${Status}`,
      );
    const name = (code: string, oldName: string) => (version === 'v4.0' ? code : oldName);
    bank.advance(10_000);
    expect(await statuses()).toEqual([` ${name('PDNG', 'Pending')}`]);
    bank.advance(Date.parse(laterDay) - start - 10_000 + 14 * 86_400_000);
    const done = name('ACCC', 'AcceptedCreditSettlementCompleted');
    expect(await statuses()).toEqual([`-1 ${done}`, `-2 ${name('ACSP', 'AcceptedSettlementInProcess')}`]);
    bank.advance(365 * 86_400_000);
    expect(await statuses()).toEqual([`-1 ${done}`, `-2 ${done}`, `-3 ${done}`]);
  });
});

describe.each(cases.filter(({ version }) => version === 'v4.0'))(
  '$family by the codes of version 4',
  (one) => {
    const ask = async (frequency: object) => {
      const { answer } = await askConsent(openBank(), one, scheduled('v4.0', frequency));
      return [answer.status, ...answer.codes];
    };

    it('pays at every regular one, on a day that the period has', async () => {
      for (const Type of [
        'DAIL',
        'WODL',
        'WEEK',
        'FRTN',
        'FOWK',
        'MNTH',
        'TWMH',
        'QURT',
        'FOMH',
        'FIMH',
        'MIAN',
        'YEAR',
      ])
        expect([Type, ...(await ask({ Type }))]).toEqual([Type, 201]);
      expect(await ask({ Type: 'WEEK', PointInTime: '07' })).toEqual([201]);
      expect(await ask({ Type: 'MNTH', PointInTime: '31' })).toEqual([201]);
      expect(await ask({ Type: 'WEEK', CountPerPeriod: 2 })).toEqual([201]);
    });

    it('does not pay when nobody can say when', async () => {
      for (const Type of ['ADHO', 'INDA', 'ALMH', 'NONE', 'NotKnown'])
        expect([Type, ...(await ask({ Type }))]).toEqual([Type, 400, 'U025']);
      expect(await ask({ Type: 'HRLY' })).toContain('U002');
      for (const PointInTime of ['7', '08', '00', 'xx'])
        expect(await ask({ Type: 'WEEK', PointInTime })).toEqual([400, 'U002']);
      expect(await ask({ Type: 'MNTH', PointInTime: '32' })).toEqual([400, 'U002']);
      expect(await ask({ Type: 'MNTH', PointInTime: '15', CountPerPeriod: 2 })).toEqual([400, 'U005']);
      expect(await ask({})).toContain('U004');
    });
  },
);

describe('a schedule', () => {
  const days = (Frequency: string, FirstPaymentDateTime: string, more: object = {}) =>
    paidTimes({ Frequency, FirstPaymentDateTime, ...more }, 0, Date.parse('2028-01-01T00:00:00Z'))
      .slice(0, 5)
      .map((ms) => new Date(ms).toISOString().slice(0, 10));

  it('counts on from its first day', () => {
    expect(days('IntrvlDay:10', '2026-12-25T09:00:00Z', { NumberOfPayments: '2' })).toEqual([
      ...['2026-12-25', '2027-01-04'],
    ]);
    expect(days('IntrvlMnthDay:01:31', '2026-12-31T09:00:00Z')).toEqual([
      ...['2026-12-31', '2027-01-31', '2027-02-28', '2027-03-31', '2027-04-30'],
    ]);
    expect(days('EvryWorkgDay', '2026-12-03T09:00:00Z').slice(0, 4)).toEqual([
      ...['2026-12-03', '2026-12-04', '2026-12-07', '2026-12-08'],
    ]);
    expect(days('QtrDay:ENGLISH', '2026-12-25T09:00:00Z')).toEqual([
      ...['2026-12-25', '2027-03-25', '2027-06-24', '2027-09-29', '2027-12-25'],
    ]);
  });

  it('goes on from its recurring day, and ends with its final one', () => {
    const more = {
      RecurringPaymentDateTime: '2027-01-15T09:00:00Z',
      FinalPaymentDateTime: '2027-03-15T09:00:00Z',
    };
    expect(days('IntrvlMnthDay:01:15', '2026-12-01T09:00:00Z', more)).toEqual([
      ...['2026-12-01', '2027-01-15', '2027-02-15', '2027-03-15'],
    ]);
  });

  it('is told in words', () => {
    const told = (text: string) => {
      const frequency = frequencyFrom(text);
      return frequency && inWords(frequency);
    };
    expect(
      ['EvryDay', 'FRTN', 'IntrvlMnthDay:06:01', 'EvryWorkgDay', 'QtrDay:RECEIVED', 'ADHO'].map(told),
    ).toEqual([
      ...['every day', 'every 2 weeks', 'every 6 months', 'every working day', 'on received quarter days'],
      undefined,
    ]);
  });
});
