// When standing orders are paid: by ISO 20022 frequency and day, or on the English quarter days, which ISO 20022 has no code for.

export type Schedule =
  | { frequency: 'MNTH' | 'QURT'; dayOfMonth: number }
  /** 1 is Monday. */
  | { frequency: 'WEEK'; weekday: number }
  | { frequency: 'WODL' }
  | { frequency: 'english-quarter-days' };

const dayMs = 86_400_000;
const quarterDays = ['03-25', '06-24', '09-29', '12-25'];

/** The first day after `nowMs` on which a payment is due, at the bank's hour of paying. */
export function nextPaymentMs(schedule: Schedule, nowMs: number): number {
  for (let day = Math.floor(nowMs / dayMs) + 1; ; day += 1) {
    const date = new Date(day * dayMs);
    if (isDue(schedule, date)) return day * dayMs + 6 * 3_600_000;
  }
}

function isDue(schedule: Schedule, date: Date): boolean {
  switch (schedule.frequency) {
    case 'MNTH':
      return date.getUTCDate() === schedule.dayOfMonth;
    case 'QURT':
      return date.getUTCMonth() % 3 === 0 && date.getUTCDate() === schedule.dayOfMonth;
    case 'WEEK':
      return (date.getUTCDay() || 7) === schedule.weekday;
    case 'WODL':
      return date.getUTCDay() >= 1 && date.getUTCDay() <= 5;
    case 'english-quarter-days':
      return quarterDays.includes(date.toISOString().slice(5, 10));
  }
}
