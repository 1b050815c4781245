// What banks ask for by `Retry-After` (RFC 9110 section 10.2.3): until then nothing more is sent to where that was said.
// A 429 is about one consent, or one client, at one API; a 503 about everybody there.
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { retryAfterMs } from '../standards/retry-after.ts';
import type { BankErrorKind } from './bank-error.ts';
import type { HttpAnswer, HttpRequest } from './http.ts';

export interface Pause {
  kind: Extract<BankErrorKind, 'rate-limited' | 'unavailable'>;
  leftMs: number;
}

export interface Pauses {
  /** What keeps the request from being sent now. */
  find(bank: string, request: HttpRequest): Pause | undefined;
  /** Whether the answer asks for one. */
  note(bank: string, request: HttpRequest, answer: HttpAnswer): void;
}

/** A bank that asks for more has made a mistake. */
const longestMs = 24 * 60 * 60_000;
/** So many are kept before those that are over are looked for. */
const sweptFrom = 1_000;

export function createPauses(clock: Pick<Clock, 'nowMs'>): Pauses {
  const untilMs = new Map<string, number>();

  function left(key: string): number {
    const leftMs = (untilMs.get(key) ?? 0) - clock.nowMs();
    // A clock that was set back must not hold anything up.
    if (leftMs > 0 && leftMs <= longestMs) return leftMs;
    untilMs.delete(key);
    return 0;
  }

  return {
    find(bank, request) {
      if (untilMs.size === 0) return undefined;
      const ofCaller = left(callerKey(bank, request));
      if (ofCaller > 0) return { kind: 'rate-limited', leftMs: ofCaller };
      // What money hangs on waits for what it was told itself, not for what others were told.
      const ofApi = request.isUrgent ? 0 : left(apiKey(bank, request));
      return ofApi > 0 ? { kind: 'unavailable', leftMs: ofApi } : undefined;
    },

    note(bank, request, { status, headers }) {
      if (status !== 429 && status !== 503) return;
      const waitMs = retryAfterMs(headers['retry-after'], clock.nowMs()) ?? 0;
      if (waitMs <= 0) return;
      if (untilMs.size >= sweptFrom) for (const key of [...untilMs.keys()]) left(key);
      const key = status === 429 ? callerKey(bank, request) : apiKey(bank, request);
      untilMs.set(key, clock.nowMs() + Math.min(waitMs, longestMs));
    },
  };
}

const apiKey = (bank: string, { api }: HttpRequest) => JSON.stringify([bank, api ?? null]);

/**
 * By the token, which stands for a consent or for ourselves; without one it is us. Tokens themselves are not kept. What a bank
 * allows while the customer is away says nothing of what it allows when they are there.
 */
function callerKey(bank: string, { api, headers, identity }: HttpRequest): string {
  const caller = headers?.authorization ?? identity?.fingerprint ?? '';
  const isCustomerThere = headers?.['x-fapi-customer-ip-address'] !== undefined;
  const digest = createHash('sha256').update(caller).digest('base64');
  return JSON.stringify([bank, api ?? null, isCustomerThere, digest]);
}
