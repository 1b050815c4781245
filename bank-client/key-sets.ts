// Key sets of banks and directory, kept for a while and fetched anew when a signature names a key that is not there.
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { BankError } from './bank-error.ts';
import type { Transport } from './http.ts';
import { isSuccess, oauthRefusal, readJson } from './refusal.ts';

const keys = z.array(z.looseObject({ kty: z.string() }));
const keySet = z.object({ keys });

/** How a key set is written: RFC 7517 section 5, or its array alone. */
export type KeySetForm = 'object' | 'bare-array';

export interface KeySets {
  /**
   * Checks with the kept keys first; a check that finds its key unknown is made once more with a fresh set.
   * @param isUnknownKey whether an error of the check means that
   */
  check<Result>(
    url: string,
    check: (keys: JSONWebKeySet) => Promise<Result>,
    isUnknownKey: (error: unknown) => boolean,
    form?: KeySetForm,
  ): Promise<Result>;
}

const keptMs = 60 * 60_000;
/** Whoever sends us unknown keys must not make us fetch all day. */
const leastAgeMs = 60_000;

export function createKeySets(transport: Transport, clock: Clock): KeySets {
  const kept = new Map<string, { keys: Promise<JSONWebKeySet>; fetchedAtMs: number }>();

  function keysOf(url: string, form: KeySetForm, youngerThanMs: number): Promise<JSONWebKeySet> {
    const key = `${form} ${url}`;
    const earlier = kept.get(key);
    if (earlier !== undefined && clock.nowMs() - earlier.fetchedAtMs < youngerThanMs) return earlier.keys;
    const keys = fetchKeys(transport, url, form, clock);
    const entry = { keys, fetchedAtMs: clock.nowMs() };
    kept.set(key, entry);
    keys.catch(() => kept.get(key) === entry && kept.delete(key));
    return keys;
  }

  return {
    async check(url, check, isUnknownKey, form = 'object') {
      const keys = await keysOf(url, form, keptMs);
      try {
        return await check(keys);
      } catch (error) {
        if (!isUnknownKey(error)) throw error;
        const fresh = await keysOf(url, form, leastAgeMs);
        if (fresh === keys) throw error;
        return await check(fresh);
      }
    },
  };
}

async function fetchKeys(
  transport: Transport,
  url: string,
  form: KeySetForm,
  clock: Clock,
): Promise<JSONWebKeySet> {
  const answer = await transport.send({ method: 'GET', url, headers: { accept: 'application/json' } });
  if (!isSuccess(answer)) throw oauthRefusal(answer, clock.nowMs());
  const body = readJson(answer);
  const parsed = keySet.safeParse(form === 'bare-array' && Array.isArray(body) ? { keys: body } : body);
  if (parsed.success) return parsed.data;
  const text = 'The key set cannot be used.';
  throw new BankError(text, { kind: 'invalid-response', sent: 'answered', method: 'GET', url });
}
