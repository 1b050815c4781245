// How often a standing order pays: the grammar of version 3, which version 4 takes too, and the codes of version 4.

export interface Frequency {
  unit: 'day' | 'working-day' | 'week' | 'month' | 'quarter-day';
  every: number;
  /** Of quarter days: whose. */
  calendar?: string;
}

/** Codes that say how often; the others of the list say that it is not regular, or not known. */
const codes: Record<string, Frequency> = {
  DAIL: { unit: 'day', every: 1 },
  WODL: { unit: 'working-day', every: 1 },
  WEEK: { unit: 'week', every: 1 },
  FRTN: { unit: 'week', every: 2 },
  FOWK: { unit: 'week', every: 4 },
  MNTH: { unit: 'month', every: 1 },
  TWMH: { unit: 'month', every: 2 },
  QURT: { unit: 'month', every: 3 },
  FOMH: { unit: 'month', every: 4 },
  FIMH: { unit: 'month', every: 5 },
  MIAN: { unit: 'month', every: 6 },
  YEAR: { unit: 'month', every: 12 },
};

/** Month and day of the month, by whose calendar. */
const quarterDays: Record<string, readonly [month: number, day: number][]> = {
  ENGLISH: [
    [3, 25],
    [6, 24],
    [9, 29],
    [12, 25],
  ],
  SCOTTISH: [
    [2, 2],
    [5, 15],
    [8, 1],
    [11, 11],
  ],
  RECEIVED: [
    [3, 20],
    [6, 19],
    [9, 24],
    [12, 20],
  ],
};

const dayMs = 86_400_000;

/** Nothing for what is no frequency that a standing order can have. */
export function frequencyFrom(text: string): Frequency | undefined {
  if (Object.hasOwn(codes, text)) return codes[text];
  const [word, first = '', ...rest] = text.split(':');
  switch (word) {
    case 'EvryDay':
      return { unit: 'day', every: 1 };
    case 'EvryWorkgDay':
      return { unit: 'working-day', every: 1 };
    case 'IntrvlDay':
      return { unit: 'day', every: Number(first) };
    case 'IntrvlWkDay':
      return { unit: 'week', every: Number(first) };
    case 'WkInMnthDay':
      return { unit: 'month', every: 1 };
    case 'IntrvlMnthDay':
      return { unit: 'month', every: Number(first) };
    case 'QtrDay':
      return rest.length === 0 ? { unit: 'quarter-day', every: 1, calendar: first } : undefined;
    default:
      return undefined;
  }
}

export function inWords({ unit, every, calendar }: Frequency): string {
  if (unit === 'quarter-day') return `on ${calendar?.toLowerCase()} quarter days`;
  const name = unit === 'working-day' ? 'working day' : unit;
  return every === 1 ? `every ${name}` : `every ${every} ${name}s`;
}

/** The next time after one, counted from the first: months that are too short end with their last day. */
export function following(frequency: Frequency, firstMs: number, lastMs: number): number {
  const { unit, every } = frequency;
  switch (unit) {
    case 'day':
      return lastMs + every * dayMs;
    case 'week':
      return lastMs + every * 7 * dayMs;
    case 'working-day':
      return nextWorkingDay(lastMs);
    case 'month':
      return monthsLater(firstMs, lastMs, every);
    case 'quarter-day':
      return nextQuarterDay(frequency, lastMs);
  }
}

function nextWorkingDay(ms: number): number {
  const next = ms + dayMs;
  const weekday = new Date(next).getUTCDay();
  return weekday === 0 || weekday === 6 ? nextWorkingDay(next) : next;
}

function monthsLater(firstMs: number, lastMs: number, months: number): number {
  const last = new Date(lastMs);
  const [year, month] = [last.getUTCFullYear(), last.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const day = Math.min(new Date(firstMs).getUTCDate(), lastDay);
  return Date.UTC(year, month, day) + (firstMs % dayMs);
}

function nextQuarterDay({ calendar = '' }: Frequency, lastMs: number): number {
  const year = new Date(lastMs).getUTCFullYear();
  const days = [year, year + 1].flatMap((each) =>
    (quarterDays[calendar] ?? []).map(([month, day]) => Date.UTC(each, month - 1, day) + (lastMs % dayMs)),
  );
  return days.find((ms) => ms > lastMs) ?? Number.POSITIVE_INFINITY;
}
