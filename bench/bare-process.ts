// The yardstick of the read path: a process that makes the bank's call with undici over kept mutual TLS, reads the body,
// and does nothing else. Told by its parent what to call and how often.
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';

export interface BareTarget {
  url: string;
  token: string;
  caFile: string;
  certificateFile: string;
  keyFile: string;
  connections: number;
}
export type BareOrder =
  | { kind: 'target'; target: BareTarget }
  | { kind: 'run'; count: number; concurrency: number };

let pool: Pool;
let path: string;
let headers: Record<string, string>;

async function call(): Promise<number> {
  const startedMs = performance.now();
  const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
  await body.text();
  if (statusCode !== 200) throw new Error(`the bank answered ${statusCode}`);
  return performance.now() - startedMs;
}

async function run(count: number, concurrency: number): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  const caller = async () => {
    while (left-- > 0) times.push(await call());
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return times;
}

process.on('message', async (order: BareOrder) => {
  if (order.kind === 'target') {
    const { url, token, caFile, certificateFile, keyFile, connections } = order.target;
    const { origin, pathname } = new URL(url);
    path = pathname;
    headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
    const [ca, cert, key] = [caFile, certificateFile, keyFile].map((file) => readFileSync(file, 'utf8'));
    pool = new Pool(origin, { connections, pipelining: 1, allowH2: false, connect: { ca, cert, key } });
    process.send?.([]);
  } else {
    process.send?.(await run(order.count, order.concurrency));
  }
});
process.on('disconnect', () => process.exit());
