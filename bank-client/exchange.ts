// One request and its answer over a pool of connections, within its time and size. Every error says whether bytes may
// have left.
import type { Pool } from 'undici';
import { AnswerCollector } from './answer-collector.ts';
import { BankError, type BankErrorKind, type Sent } from './bank-error.ts';
import { startDeadline } from './deadline.ts';
import type { BankLimits, HttpAnswer, HttpRequest } from './http.ts';

/**
 * A read whose bytes never left, as on a connection that the bank had closed, is made once more, within the same time.
 * @param pool to call through, asked for anew by each attempt
 * @throws {BankError} `unavailable`, `timeout` or `invalid-response`
 */
export async function exchange(
  pool: () => Pool,
  request: HttpRequest,
  { timeoutMs, maxAnswerBytes }: Pick<BankLimits, 'timeoutMs' | 'maxAnswerBytes'>,
  newCollector = () => new AnswerCollector(maxAnswerBytes),
): Promise<HttpAnswer> {
  let collector = newCollector();
  const deadline = startDeadline(timeoutMs, () => collector.giveUp('timeout'));
  try {
    try {
      return await attempt(pool(), request, collector);
    } catch (error) {
      const hasLeft = collector.started || collector.givenUp !== undefined;
      if (request.method !== 'GET' || hasLeft) throw error;
    }
    collector = newCollector();
    return await attempt(pool(), request, collector);
  } catch (error) {
    throw explain(request, collector, error);
  } finally {
    deadline.stop();
  }
}

async function attempt(pool: Pool, request: HttpRequest, collector: AnswerCollector): Promise<HttpAnswer> {
  const { method, url, headers = {}, body = null } = request;
  const { pathname, search } = new URL(url);
  pool.dispatch({ method, path: `${pathname}${search}`, headers, body }, collector);
  return { method, url, ...(await collector.answer) };
}

function explain({ method, url }: HttpRequest, collector: AnswerCollector, cause: unknown): BankError {
  const connectionCode = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const why = connectionCode === undefined ? '' : ` (${connectionCode})`;
  const failure = (kind: BankErrorKind, sent: Sent, text: string) =>
    new BankError(`${text}${why}`, { kind, sent, method, url, connectionCode });
  const sent: Sent = collector.started ? 'maybe-sent' : 'not-sent';
  switch (collector.givenUp) {
    case 'timeout':
      return failure('timeout', sent, 'The bank did not answer in time.');
    case 'too-large':
      return failure('invalid-response', 'answered', 'The answer of the bank is too large.');
    case undefined:
      return failure('unavailable', sent, 'The connection to the bank failed.');
    default:
      return collector.givenUp satisfies never;
  }
}
