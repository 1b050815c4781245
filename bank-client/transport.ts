// Calls over kept mutual-TLS connections that keep banks apart: each has its own connections, its own number of calls at a
// time, and a circuit for each of its APIs. Who finds the bank full or its circuit open is told at once.
import type { Clock } from '../clock.ts';
import { BankError, type BankErrorKind } from './bank-error.ts';
import { createBulkhead } from './bulkhead.ts';
import { type Circuit, type CircuitOptions, type CircuitState, createCircuit } from './circuit.ts';
import { createConnectionPools } from './connection-pools.ts';
import { exchange } from './exchange.ts';
import type { BankApi, BankLimits, CalledBank, HttpAnswer, HttpRequest, Transport } from './http.ts';
import { verdictOn } from './outage.ts';

/** A circuit that has changed. */
export interface CircuitChange {
  bank: string;
  api: BankApi | 'other';
  state: CircuitState;
}

export interface TransportOptions extends BankLimits {
  clock: Pick<Clock, 'nowMs'>;
  /** PEM; trusted beside the usual authorities. */
  trustedCa?: string | undefined;
  circuit: CircuitOptions;
  onCircuit?: ((change: CircuitChange) => void) | undefined;
  /** Connections that nobody has called through for so long are given up. */
  idleMs?: number | undefined;
}

const busyRetryMs = 1_000;

export function createTransport(options: TransportOptions): Transport {
  const { clock, trustedCa, idleMs, onCircuit } = options;
  const pools = createConnectionPools({ trustedCa, idleMs });
  const bulkhead = createBulkhead();
  const circuits = new Map<string, Circuit>();

  function circuitOf(bank: string, api: CircuitChange['api']): Circuit {
    const key = JSON.stringify([bank, api]);
    const earlier = circuits.get(key);
    if (earlier !== undefined) return earlier;
    const circuit = createCircuit(options.circuit, clock, (state) => onCircuit?.({ bank, api, state }));
    circuits.set(key, circuit);
    return circuit;
  }

  async function send({ name, limits = {} }: CalledBank, request: HttpRequest): Promise<HttpAnswer> {
    const {
      timeoutMs = options.timeoutMs,
      maxAnswerBytes = options.maxAnswerBytes,
      concurrency = options.concurrency,
    } = limits;
    const admission = circuitOf(name, request.api ?? 'other').enter(request.isUrgent === true);
    if (admission.kind === 'refused') {
      const text = 'The bank was down for call after call: none is made for a while.';
      throw notSent(request, 'circuit-open', text, admission.retryAfterMs);
    }
    const leavePlace = bulkhead.enter(name, concurrency);
    if (leavePlace === undefined) {
      admission.leave('nothing');
      const text = 'The bank is busy with as many of our calls as it may get at a time.';
      throw notSent(request, 'busy', text, busyRetryMs);
    }
    const { origin } = new URL(request.url);
    const pool = () => pools.of({ bank: name, origin, timeoutMs, connections: concurrency }, request);
    try {
      const answer = await exchange(pool, request, { timeoutMs, maxAnswerBytes, concurrency });
      admission.leave(verdictOn(answer));
      return answer;
    } catch (error) {
      admission.leave(verdictOn(error));
      throw error;
    } finally {
      leavePlace();
    }
  }

  const { retire, close } = pools;
  const toBank = (bank: CalledBank): Transport => ({
    ...{ toBank, retire, close },
    send: (request) => send(bank, request),
  });
  return {
    ...{ toBank, retire, close },
    send: (request) => send({ name: new URL(request.url).host }, request),
  };
}

function notSent({ method, url }: HttpRequest, kind: BankErrorKind, text: string, retryAfterMs: number) {
  return new BankError(text, { kind, sent: 'not-sent', method, url, retryAfterMs });
}
