// When a customer has to say again that an access is to go on, a clock of its own beside those of consent and tokens:
// https://www.legislation.gov.uk/eur/2018/389, article 10A, has whoever reads ask for it every 90 days.

const dayMs = 24 * 60 * 60 * 1000;
const periodMs = 90 * dayMs;
/** How long before its end somebody is reminded. */
const noticeMs = 14 * dayMs;

export type ReconfirmationStanding = 'confirmed' | 'due-soon' | 'overdue';

export interface ReconfirmationLook {
  standing: ReconfirmationStanding;
  /** When it is worth looking again, should nothing happen before: milliseconds since 1970. */
  lookAgainAtMs: number;
}

/** @param confirmedAtMs when the customer last authorised the access, or reconfirmed it since */
export const reconfirmationDueMs = (confirmedAtMs: number): number => confirmedAtMs + periodMs;

/** The confirmation that ends at the given time. */
export const confirmationEndingAtMs = (dueMs: number): number => dueMs - periodMs;

export function lookAtReconfirmation(confirmedAtMs: number, nowMs: number): ReconfirmationLook {
  const dueMs = reconfirmationDueMs(confirmedAtMs);
  if (nowMs >= dueMs) return { standing: 'overdue', lookAgainAtMs: nowMs + periodMs };
  if (nowMs >= dueMs - noticeMs) return { standing: 'due-soon', lookAgainAtMs: dueMs };
  return { standing: 'confirmed', lookAgainAtMs: dueMs - noticeMs };
}
