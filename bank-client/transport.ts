// Calls over kept mutual-TLS connections that keep banks apart: each has its own connections, its own number of calls at a
// time, and a circuit for each of its APIs. Who finds its circuit open, or a pause that it asked for, is told at once; who
// finds it full, after a moment.
import type { Pool } from 'undici';
import type { Clock } from '../clock.ts';
import { BankError, type BankErrorKind } from './bank-error.ts';
import { createBulkhead, type Waiting } from './bulkhead.ts';
import {
  type Admission,
  type Circuit,
  type CircuitOptions,
  type CircuitState,
  createCircuit,
} from './circuit.ts';
import { createConnectionPools } from './connection-pools.ts';
import { exchange } from './exchange.ts';
import { FileCollector } from './file-collector.ts';
import type {
  BankApi,
  BankLimits,
  CalledBank,
  HttpAnswer,
  HttpRequest,
  HttpStream,
  Transport,
} from './http.ts';
import { verdictOn } from './outage.ts';
import { createPauses } from './pauses.ts';

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
  /** Of calls that find all places of a bank taken. Absent: none does. */
  waiting?: Waiting | undefined;
  onCircuit?: ((change: CircuitChange) => void) | undefined;
  /** Connections that nobody has called through for so long are given up. */
  idleMs?: number | undefined;
}

const busyRetryMs = 1_000;

/** Statements are files of some megabytes. */
const ofFiles = { maxBytes: 256 * 1024 * 1024, durationMs: 5 * 60 * 1000 };

/** A call that has a place at its bank. */
interface Place {
  pool: () => Pool;
  limits: Pick<BankLimits, 'timeoutMs' | 'maxAnswerBytes'>;
  leave: () => void;
}

export function createTransport(options: TransportOptions): Transport {
  const { clock, trustedCa, idleMs, onCircuit, waiting = { perPlace: 0, forMs: 0 } } = options;
  const pools = createConnectionPools({ trustedCa, idleMs });
  const bulkhead = createBulkhead(waiting);
  const pauses = createPauses(clock);
  const circuits = new Map<string, Circuit>();

  function circuitOf(bank: string, api: CircuitChange['api']): Circuit {
    const key = JSON.stringify([bank, api]);
    const earlier = circuits.get(key);
    if (earlier !== undefined) return earlier;
    const circuit = createCircuit(options.circuit, clock, (state) => onCircuit?.({ bank, api, state }));
    circuits.set(key, circuit);
    return circuit;
  }

  /** @param keepsPlace whether the answer goes on arriving; then the call leaves its place itself */
  async function called(
    { name, limits = {} }: CalledBank,
    request: HttpRequest,
    make: (place: Place) => Promise<HttpAnswer>,
    keepsPlace = () => false,
  ): Promise<HttpAnswer> {
    const {
      timeoutMs = options.timeoutMs,
      maxAnswerBytes = options.maxAnswerBytes,
      concurrency = options.concurrency,
    } = limits;
    const { origin } = new URL(request.url);
    const circuit = circuitOf(name, request.api ?? 'other');
    refuseHeldBack(name, request, circuit);
    const leave = await bulkhead.enter(name, concurrency);
    if (leave === undefined) {
      const text = 'The bank is busy with as many of our calls as it may get at a time.';
      throw notSent(request, 'busy', text, busyRetryMs);
    }
    const pool = () => pools.of({ bank: name, origin, timeoutMs, connections: concurrency }, request);
    try {
      // What was so before the wait for a place need not be so any more.
      refuseHeldBack(name, request, circuit);
      const place = { pool, limits: { timeoutMs, maxAnswerBytes }, leave };
      const answer = await watched(circuit.enter(), () => make(place));
      pauses.note(name, request, answer);
      return answer;
    } finally {
      if (!keepsPlace()) leave();
    }
  }

  const send = (bank: CalledBank, request: HttpRequest) =>
    called(bank, request, ({ pool, limits }) => exchange(pool, request, limits));

  async function open(bank: CalledBank, request: HttpRequest): Promise<HttpAnswer | HttpStream> {
    let collector: FileCollector | undefined;
    const begin = ({ pool, limits, leave }: Place) =>
      exchange(pool, request, limits, () => {
        const { timeoutMs: idleMs, maxAnswerBytes } = limits;
        collector = new FileCollector(maxAnswerBytes, { ...ofFiles, idleMs }, leave);
        return collector;
      });
    const streamOf = () => collector?.stream;
    const answer = await called(bank, request, begin, () => streamOf() !== undefined);
    const body = streamOf();
    return body === undefined ? answer : { ...answer, body };
  }

  function refuseHeldBack(name: string, request: HttpRequest, circuit: Circuit): void {
    const openMs = circuit.heldBackMs(request.isUrgent === true);
    if (openMs > 0) {
      const text = 'The bank was down for call after call: none is made for a while.';
      throw notSent(request, 'circuit-open', text, openMs);
    }
    const pause = pauses.find(name, request);
    if (pause === undefined) return;
    throw notSent(request, pause.kind, 'The bank has asked not to be called for a while.', pause.leftMs);
  }

  const { retire, close } = pools;
  const toBank = (bank: CalledBank): Transport => ({
    ...{ toBank, retire, close },
    send: (request) => send(bank, request),
    open: (request) => open(bank, request),
  });
  const toHost = ({ url }: HttpRequest): CalledBank => ({ name: new URL(url).host });
  return {
    ...{ toBank, retire, close },
    send: (request) => send(toHost(request), request),
    open: (request) => open(toHost(request), request),
  };
}

async function watched({ leave }: Admission, call: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    const answer = await call();
    leave(verdictOn(answer));
    return answer;
  } catch (error) {
    leave(verdictOn(error));
    throw error;
  }
}

function notSent({ method, url }: HttpRequest, kind: BankErrorKind, text: string, retryAfterMs: number) {
  return new BankError(text, { kind, sent: 'not-sent', method, url, retryAfterMs });
}
