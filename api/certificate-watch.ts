// Watches the ends of the certificates in use: how many days each has left, for Prometheus, and a line a day in the log
// for those that have to be renewed. Labels and lines name certificates by their ids, never their holders.
import {
  type CertificateKind,
  certificateNames,
  daysLeft,
  warningDays,
} from '../security/certificate-dates.ts';
import { asPem, readCertificate } from '../security/keys.ts';
import type { ApiDeps } from './deps.ts';
import { tenantOf } from './tenant.ts';

export interface WatchedCertificate {
  kind: CertificateKind;
  id: string;
  /** Below 0 when it has ended. */
  daysLeft: number;
}

export interface CertificateWatch {
  /** The certificates in use now; the records are asked at most every minute. */
  look(): Promise<WatchedCertificate[]>;
}

const freshMs = 60_000;

/** Days go by without anybody asking for metrics too. @returns ends the watch */
export function keepLooking(watch: CertificateWatch, everyMs = 60 * 60_000): () => void {
  void watch.look();
  const timer = setInterval(() => void watch.look(), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

export function createCertificateWatch({
  records,
  clock,
  log,
}: Pick<ApiDeps, 'records' | 'clock' | 'log'>): CertificateWatch {
  let inUse: { kind: CertificateKind; id: string; notAfter: Date }[] = [];
  let asked = { atMs: Number.NEGATIVE_INFINITY, answer: Promise.resolve() };
  /** By id: what was said last, and on which day. */
  let spokenOf = new Map<string, string>();

  async function ask(): Promise<void> {
    try {
      const found = await records.listCertificatesInUse(tenantOf());
      inUse = found.map(({ kind, id, certificate }) => ({
        kind,
        id,
        notAfter: readCertificate(asPem(certificate)).notAfter,
      }));
    } catch {
      // What was known before goes on being told: a certificate does not end later because nobody looks.
      log.warn('the certificates in use could not be read');
    }
  }

  /** Once a day each, and at once when one ends; another process of the API has a log of its own. */
  function speakOf(watched: WatchedCertificate[]): void {
    const today = clock.now().toISOString().slice(0, 10);
    const before = spokenOf;
    spokenOf = new Map();
    for (const { kind, id, daysLeft } of watched) {
      if (daysLeft >= warningDays) continue;
      const hasEnded = daysLeft <= 0;
      const news = `${today} ${hasEnded}`;
      spokenOf.set(id, news);
      if (before.get(id) === news) continue;
      const line = { kind, certificateId: id, daysLeft: Math.floor(daysLeft) };
      if (hasEnded) log.error(line, `an ${certificateNames[kind]} certificate has ended, and is refused`);
      else log.warn(line, `an ${certificateNames[kind]} certificate ends soon`);
    }
  }

  return {
    async look() {
      const nowMs = clock.nowMs();
      if (nowMs - asked.atMs >= freshMs) asked = { atMs: nowMs, answer: ask() };
      await asked.answer;
      const watched = inUse.map(({ kind, id, notAfter }) => ({
        kind,
        id,
        daysLeft: daysLeft({ notAfter }, nowMs),
      }));
      speakOf(watched);
      return watched;
    },
  };
}
