// How often money moves. v3.1 has one text for it, with a grammar for standing orders and namespaced names for direct debits;
// v4.0 has a code (OBFrequency6Code) and a day, and goes on taking the grammar where no code says the same.
import { codeList } from './codes.ts';
import { refuseAll } from './limits.ts';
import { isObject, ownMember, type Translate } from './translate.ts';
import type { Walk } from './walk.ts';

/** As v3.1 and v4.0 publish it. */
const grammar =
  /^(NotKnown|EvryDay|EvryWorkgDay|IntrvlDay:(0[2-9]|[12][0-9]|3[01])|IntrvlWkDay:0[1-9]:0[1-7]|WkInMnthDay:0[1-5]:0[1-7]|IntrvlMnthDay:(0[1-6]|12|24):(-0[1-5]|0[1-9]|[12][0-9]|3[01])|QtrDay:(ENGLISH|SCOTTISH|RECEIVED))$/;

const withoutDay = codeList(
  { EvryDay: 'DAIL', EvryWorkgDay: 'WODL', NotKnown: 'NONE' },
  ...['ADHO', 'ALMH', 'INDA', 'FIMH', 'FOMH', 'FOWK', 'FRTN', 'MIAN', 'MNTH', 'QURT', 'TWMH', 'WEEK', 'YEAR'],
);

/** `IntrvlMnthDay:03:15`; the days before a month's end, which are negative, have no form in v4.0. */
const interval = /^Intrvl(Wk|Mnth)Day:(\d\d):(\d\d)$/;
const intervals: Record<string, string> = {
  Wk01: 'WEEK',
  Wk02: 'FRTN',
  Wk04: 'FOWK',
  Mnth01: 'MNTH',
  Mnth02: 'TWMH',
  Mnth03: 'QURT',
  Mnth04: 'FOMH',
  Mnth05: 'FIMH',
  Mnth06: 'MIAN',
  Mnth12: 'YEAR',
};

/** `UK.OBIE.Monthly`; whoever's namespace it is, the name in it means the same. */
const namespaced = /^UK\.\w+\.(\w+)$/;
const names = codeList({
  Annual: 'YEAR',
  BiMonthly: 'TWMH',
  Daily: 'DAIL',
  Fortnightly: 'FRTN',
  FourMonthly: 'FOMH',
  HalfYearly: 'MIAN',
  Monthly: 'MNTH',
  NotKnown: 'NONE',
  Quarterly: 'QURT',
  Weekly: 'WEEK',
});

export const frequencyToVersion4: Translate = (frequency, walk) =>
  typeof frequency === 'string' ? (coded(frequency) ?? asItCame(frequency, walk)) : frequency;

const textsWithoutDay: Record<string, string> = { DAIL: 'EvryDay', WODL: 'EvryWorkgDay' };
const intervalsOfCodes = Object.fromEntries(Object.entries(intervals).map(([every, code]) => [code, every]));

/** Of a standing order. A day that the caller left to the bank is not made up here. */
export const frequencyToVersion3: Translate = (frequency, walk) => {
  if (!isObject(frequency) || typeof frequency.Type !== 'string') return frequency;
  const { Type, CountPerPeriod, PointInTime, ...others } = frequency;
  // One payment for each period is what v3.1 knows.
  refuseAll(
    { ...others, ...(CountPerPeriod === 1 ? {} : { CountPerPeriod }) },
    'v3.1 has no member for it',
    walk,
  );
  const every = ownMember(intervalsOfCodes, Type);
  if (typeof every === 'string') {
    if (PointInTime === undefined) throw walk.refusal('v3.1 asks for the day', 'PointInTime');
    const [, unit, count] = /^(Wk|Mnth)(\d\d)$/.exec(every) ?? [];
    const text = `Intrvl${unit}Day:${count}:${String(PointInTime)}`;
    if (!grammar.test(text)) throw walk.refusal('v3.1 has no such day', 'PointInTime');
    return text;
  }
  refuseAll({ PointInTime }, 'v3.1 has a day in weeks, months and years only', walk);
  const text = ownMember(textsWithoutDay, Type) ?? Type;
  if (typeof text !== 'string' || text === 'NotKnown' || !grammar.test(text)) {
    throw walk.refusal('v3.1 has no such frequency', 'Type');
  }
  return text;
};

/** Where a mandate must have one and the bank says none. */
export function frequencyNotKnown() {
  return { Type: 'NONE' };
}

function coded(frequency: string) {
  const [, name = ''] = namespaced.exec(frequency) ?? [];
  const Type = withoutDay(frequency) ?? names(name);
  if (Type !== undefined) return { Type };
  const [, unit = '', count = '', PointInTime = ''] = interval.exec(frequency) ?? [];
  const every = grammar.test(frequency) ? ownMember(intervals, unit + count) : undefined;
  return every === undefined ? undefined : { Type: every, PointInTime };
}

function asItCame(frequency: string, walk: Walk) {
  return { Type: grammar.test(frequency) ? frequency : walk.unknown(frequency) };
}
