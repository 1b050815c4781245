// A service that calls the connector as it should: a key on every create, and the same request again until it has an
// answer that is final.
import { setTimeout } from 'node:timers/promises';
import type { PaymentFile } from './families.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
type Json = any;

export interface FinalAnswer {
  status: number;
  body: Json;
}

export interface Ask {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: object | URLSearchParams;
  /** In place of a body. */
  file?: PaymentFile;
  /** The caller's own `x-idempotency-key`. */
  key?: string;
  /** How long the answer is worth asking for. */
  patienceMs: number;
}

/** Nobody has said how it ended, for too long. */
export class NoFinalAnswer extends Error {
  override name = 'NoFinalAnswer';
}

export interface CarefulCaller {
  /** @throws {NoFinalAnswer} */
  ask(ask: Ask): Promise<FinalAnswer>;
  /** How often it had to ask again. */
  readonly repeats: number;
}

const pauseMs = 300;
const oneAnswerMs = 60_000;

/** @param giveUp when nothing is worth asking for any more */
export function createCarefulCaller(apiUrl: string, giveUp?: AbortSignal): CarefulCaller {
  let repeats = 0;
  return {
    get repeats() {
      return repeats;
    },
    ask: async (ask) => {
      const untilMs = performance.now() + ask.patienceMs;
      let last = 'nothing yet';
      for (;;) {
        try {
          const answer = await askOnce(apiUrl, ask);
          if (isFinal(answer)) return answer;
          last = `${answer.status} ${answer.body?.code}`;
        } catch (error) {
          if (!(error instanceof Error)) throw error;
          last = String(error.cause ?? error.message);
        }
        if (performance.now() > untilMs || giveUp?.aborted)
          throw new NoFinalAnswer(`${ask.method} ${ask.path}: ${last}`);
        repeats += 1;
        await setTimeout(pauseMs);
      }
    },
  };
}

/** What is not known, and what was not even begun, is asked again; so is what goes on. `outcome-unknown` is a last word. */
function isFinal({ status, body }: FinalAnswer): boolean {
  return status < 500 ? status !== 429 : body?.code === 'outcome-unknown';
}

async function askOnce(apiUrl: string, { method, path, key, ...ask }: Ask): Promise<FinalAnswer> {
  const answer = await fetch(new URL(path, apiUrl), {
    method,
    headers: { ...(key === undefined ? {} : { 'x-idempotency-key': key }), ...contentType(ask) },
    ...bodyOf(ask),
    signal: AbortSignal.timeout(oneAnswerMs),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

function bodyOf({ body, file }: Pick<Ask, 'body' | 'file'>) {
  if (file !== undefined) return { body: file.text };
  if (body === undefined) return {};
  return { body: body instanceof URLSearchParams ? body : JSON.stringify(body) };
}

function contentType({ body, file }: Pick<Ask, 'body' | 'file'>): Record<string, string> {
  if (file !== undefined) return { 'content-type': file.contentType };
  const isForm = body instanceof URLSearchParams; // which says itself what it is
  return body === undefined || isForm ? {} : { 'content-type': 'application/json' };
}
