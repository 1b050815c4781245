// A listener for one app: plain or TLS, on any free port if that is asked for, closed without cutting requests off.
import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';

export interface ListenOptions {
  host: string;
  /** 0: any free port. */
  port: number;
  /** PEM files. */
  tls?: { certificateFile: string; keyFile: string };
  /** How long requests under way may take when the listener closes. */
  closeWithinMs: number;
}

export interface Listener {
  url: string;
  close(): Promise<void>;
}

const idleCheckMs = 50;

interface App {
  fetch(request: Request): Response | Promise<Response>;
}

export async function listen(app: App, options: ListenOptions): Promise<Listener> {
  const server = createServer(app, options);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = addressOf(server);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${host}:${port}`,
    close: () => closeGently(server, options.closeWithinMs),
  };
}

function createServer({ fetch }: App, { tls }: ListenOptions): ServerType {
  if (tls === undefined) return createAdaptorServer({ fetch });
  const cert = readFileSync(tls.certificateFile);
  const key = readFileSync(tls.keyFile);
  return createAdaptorServer({
    fetch,
    createServer: createTlsServer,
    serverOptions: { cert, key, minVersion: 'TLSv1.2' },
  });
}

async function closeGently(server: ServerType, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (!('closeAllConnections' in server)) return closed;
  // A connection that was busy becomes idle and would be kept alive: look again until all are gone.
  const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
  const limit = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
}

function addressOf(server: ServerType): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the listener has no port');
  return address;
}
