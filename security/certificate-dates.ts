// The days on which a certificate may be used (RFC 5280 section 4.1.2.5), and how it is said that this is none of them.
import type { Certificate } from './keys.ts';

export type CertificateDates = Pick<Certificate, 'notBefore' | 'notAfter'>;

export type CertificateKind = 'obwac' | 'obseal';

export const certificateNames: Record<CertificateKind, string> = { obwac: 'OBWAC', obseal: 'OBSeal' };

const dayMs = 24 * 60 * 60 * 1000;

/** A month: time for an order at the directory, a change that has to be approved, and a holiday. */
export const warningDays = 30;

/** Whole and broken days until the end; below 0 after it. */
export function daysLeft({ notAfter }: Pick<CertificateDates, 'notAfter'>, nowMs: number): number {
  return (notAfter.getTime() - nowMs) / dayMs;
}

/** What is wrong today, to follow the certificate's name; undefined when it may be used. */
export function outOfDate({ notBefore, notAfter }: CertificateDates, nowMs: number): string | undefined {
  if (nowMs < notBefore.getTime()) return `is not valid before ${notBefore.toISOString()}`;
  if (nowMs >= notAfter.getTime()) return `ended on ${notAfter.toISOString()}`;
  return undefined;
}

/** What is worth a warning: out of date, or close to its end. */
export function dateWarning(dates: CertificateDates, nowMs: number): string | undefined {
  const wrong = outOfDate(dates, nowMs);
  if (wrong !== undefined) return wrong;
  return daysLeft(dates, nowMs) < warningDays ? `ends on ${dates.notAfter.toISOString()}` : undefined;
}
