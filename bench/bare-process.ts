// The yardstick of the read path, a process that does nothing but one call with undici: it makes the bank's call itself
// and reads the body, or relays it to whoever asks over plain HTTP. The same program calls the API and the relay.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

export interface Target {
  url: string;
  headers: Record<string, string>;
  connections: number;
  /** For mutual TLS: files of the CA, our certificate and its key. */
  tls?: { ca: string; cert: string; key: string };
}
export type Order =
  | { kind: 'target'; target: Target }
  | { kind: 'run'; count: number; concurrency: number }
  | { kind: 'pace'; count: number; perSecond: number }
  | { kind: 'relay' };

let pool: Pool;
let path: string;
let headers: Record<string, string>;

function aim(target: Target): number[] {
  const { origin, pathname, search } = new URL(target.url);
  path = `${pathname}${search}`;
  headers = target.headers;
  const files = Object.entries(target.tls ?? {}).map(([name, file]) => [name, readFileSync(file, 'utf8')]);
  const { connections } = target;
  pool = new Pool(origin, { connections, pipelining: 1, allowH2: false, connect: Object.fromEntries(files) });
  return [];
}

async function call(): Promise<number> {
  const startedMs = performance.now();
  const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
  await body.text();
  if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}`);
  return performance.now() - startedMs;
}

/** @returns how long each call took, in milliseconds */
async function run(count: number, concurrency: number): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  const caller = async () => {
    while (left-- > 0) times.push(await call());
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return times;
}

/**
 * Calls at a steady rate, however long the answers take.
 * @returns how long each took from when it was due, in milliseconds
 */
async function pace(count: number, perSecond: number): Promise<number[]> {
  const startedMs = performance.now();
  const calls: Promise<number>[] = [];
  while (calls.length < count) {
    const dueMs = startedMs + (calls.length * 1000) / perSecond;
    const earlyMs = dueMs - performance.now();
    if (earlyMs > 0) await new Promise((resolve) => setTimeout(resolve, earlyMs));
    calls.push(call().then(() => performance.now() - dueMs));
  }
  return Promise.all(calls);
}

/** @returns the port it listens on */
function relay(): Promise<number[]> {
  const server = createServer(async (_request, response) => {
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    const bytes = Buffer.from(await body.arrayBuffer());
    response.writeHead(statusCode, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve([(server.address() as AddressInfo).port]));
  });
}

function obey(order: Order): number[] | Promise<number[]> {
  switch (order.kind) {
    case 'target':
      return aim(order.target);
    case 'run':
      return run(order.count, order.concurrency);
    case 'pace':
      return pace(order.count, order.perSecond);
    case 'relay':
      return relay();
    default:
      return order satisfies never;
  }
}

process.on('message', async (order: Order) => process.send?.(await obey(order)));
process.on('disconnect', () => process.exit());
