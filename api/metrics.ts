// What Prometheus is told: durations by route and by bank endpoint, and when certificates end. Labels name routes, banks
// and ids, never people.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { CircuitChange } from '../bank-client/transport.ts';
import type { CertificateWatch } from './certificate-watch.ts';

const bucketsInSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The same figures as the worker's. */
const circuitGauge: Record<CircuitChange['state'], number> = { closed: 0, 'half-open': 1, open: 2 };

export interface BankCallMeasurement {
  bank: string;
  /** Method and path as published: `GET /accounts/{AccountId}`. */
  endpoint: string;
  /** The bank's status, or the kind of failure. */
  outcome: string;
  durationMs: number;
}

export interface ApiMetrics {
  registry: Registry;
  requestAnswered(method: string, route: string, status: number, durationMs: number): void;
  bankCalled(call: BankCallMeasurement): void;
  circuitChanged(change: CircuitChange): void;
  accessRecordsLost(count: number): void;
  changesListenedTo(isListening: boolean): void;
  /** Has them counted at every scrape. */
  showWaitingWebhooks(count: () => Promise<number>): void;
  /** Has it asked at every scrape. */
  showCertificates(watch: CertificateWatch): void;
}

/** There is one process, however many APIs are put together in it: each further watch over its event loop would cost it time. */
const ofProcess = new Registry();
collectDefaultMetrics({ register: ofProcess });

export function createApiMetrics(): ApiMetrics {
  const registry = Registry.merge([ofProcess]);
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: bucketsInSeconds,
    registers: [registry],
  });
  const bankCalls = new Histogram({
    name: 'bank_call_duration_seconds',
    help: 'Time that a bank took to answer a call.',
    labelNames: ['bank', 'endpoint', 'outcome'],
    buckets: bucketsInSeconds,
    registers: [registry],
  });
  const circuits = new Gauge({
    name: 'bank_circuit_state',
    help: '0: calls are made; 1: one call finds out; 2: none is made.',
    labelNames: ['bank', 'api'],
    registers: [registry],
  });
  const lost = new Counter({
    name: 'access_records_lost_total',
    help: 'Access records that could not be written: the database was away for too long, or refused them.',
    registers: [registry],
  });
  const listening = new Gauge({
    name: 'changes_listened_to',
    help: '1 while this process is told of changes of consents and clients; while it is not, it asks at each read.',
    registers: [registry],
  });
  return {
    registry,
    accessRecordsLost: (count) => lost.inc(count),
    changesListenedTo: (isListening) => listening.set(isListening ? 1 : 0),
    requestAnswered: (method, route, status, durationMs) =>
      requests.observe({ method, route, status: String(status) }, durationMs / 1000),
    bankCalled: ({ bank, endpoint, outcome, durationMs }) =>
      bankCalls.observe({ bank, endpoint, outcome }, durationMs / 1000),
    circuitChanged: ({ bank, api, state }) => circuits.set({ bank, api }, circuitGauge[state]),
    showWaitingWebhooks: (count) => {
      new Gauge({
        name: 'webhooks_waiting',
        help: 'Webhooks that are still to be delivered, to all endpoints; NaN while the database is away.',
        registers: [registry],
        async collect() {
          this.set(await count().catch(() => Number.NaN));
        },
      });
    },
    showCertificates: (watch) => {
      new Gauge({
        name: 'certificate_days_until_expiry',
        help: 'Days until the end of each certificate that a software statement names; below 0 when it has ended.',
        labelNames: ['kind', 'certificate'],
        registers: [registry],
        async collect() {
          const watched = await watch.look();
          this.reset();
          for (const { kind, id, daysLeft } of watched) this.set({ kind, certificate: id }, daysLeft);
        },
      });
    },
  };
}
