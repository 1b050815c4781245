// Calls over kept mutual-TLS connections, a pool per bank and certificate, so that a renewed certificate is used from
// the next call on. Every call ends within its time limit, and every error says whether bytes may have left.
import { AnswerCollector } from './answer-collector.ts';
import { BankError, type BankErrorKind, type Sent } from './bank-error.ts';
import { createConnectionPools } from './connection-pools.ts';
import { startDeadline } from './deadline.ts';
import type { HttpAnswer, HttpRequest, Transport } from './http.ts';

export interface TransportOptions {
  /** PEM; trusted beside the usual authorities. */
  trustedCa?: string | undefined;
  /** From the call to the last byte of its answer. */
  timeoutMs: number;
  /** Calls to one bank at a time; further ones are refused at once rather than queued. */
  concurrency: number;
  maxAnswerBytes?: number;
  /** Connections that nobody has called through for so long are given up. */
  idleMs?: number | undefined;
}

const busyRetryMs = 1_000;

export function createTransport(options: TransportOptions): Transport {
  const { trustedCa, timeoutMs, concurrency, maxAnswerBytes = 10 * 1024 * 1024, idleMs } = options;
  const pools = createConnectionPools({
    trustedCa,
    connectTimeoutMs: timeoutMs,
    connections: concurrency,
    idleMs,
  });
  const underWay = new Map<string, number>();

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const { origin, pathname, search } = new URL(request.url);
    const count = underWay.get(origin) ?? 0;
    if (count >= concurrency) {
      const text = 'The bank is busy with as many of our calls as it may get at a time.';
      throw failure(request, 'busy', 'not-sent', text, undefined, busyRetryMs);
    }
    underWay.set(origin, count + 1);
    const collector = new AnswerCollector(maxAnswerBytes);
    const deadline = startDeadline(timeoutMs, () => collector.giveUp('timeout'));
    try {
      pools.of(origin, request).dispatch(
        {
          method: request.method,
          path: `${pathname}${search}`,
          headers: request.headers ?? {},
          body: request.body ?? null,
        },
        collector,
      );
      return { method: request.method, url: request.url, ...(await collector.answer) };
    } catch (error) {
      throw explain(request, collector, error);
    } finally {
      deadline.stop();
      underWay.set(origin, (underWay.get(origin) ?? 1) - 1);
    }
  }

  return {
    send,
    retire: pools.retire,
    close: pools.close,
  };
}

function explain(request: HttpRequest, collector: AnswerCollector, cause: unknown): BankError {
  const sent: Sent = collector.started ? 'maybe-sent' : 'not-sent';
  switch (collector.givenUp) {
    case 'timeout':
      return failure(request, 'timeout', sent, 'The bank did not answer in time.', cause);
    case 'too-large':
      return failure(request, 'invalid-response', 'answered', 'The answer of the bank is too large.', cause);
    case undefined:
      return failure(request, 'unavailable', sent, 'The connection to the bank failed.', cause);
    default:
      return collector.givenUp satisfies never;
  }
}

function failure(
  { method, url }: HttpRequest,
  kind: BankErrorKind,
  sent: Sent,
  text: string,
  cause?: unknown,
  retryAfterMs?: number,
): BankError {
  const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
  return new BankError(`${text}${code}`, { kind, sent, method, url, retryAfterMs });
}
