// What Prometheus is told: durations by route and by bank endpoint. Labels name routes and banks, never people.
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const bucketsInSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

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
}

export function createApiMetrics(): ApiMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
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
  return {
    registry,
    requestAnswered: (method, route, status, durationMs) =>
      requests.observe({ method, route, status: String(status) }, durationMs / 1000),
    bankCalled: ({ bank, endpoint, outcome, durationMs }) =>
      bankCalls.observe({ bank, endpoint, outcome }, durationMs / 1000),
  };
}
