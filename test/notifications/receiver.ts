// A receiver of webhooks: a real server whose answers each test writes itself.
import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { issueAuthority, issueServer } from '../../sandbox-bank/certificates.ts';

export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

type Respond = (request: Received, response: ServerResponse) => void;

export interface Receiver {
  port: number;
  /** Of its certificate; empty where it speaks plain HTTP. */
  ca: string;
  /** Everything that arrived, in order. */
  received: Received[];
  /** Connections that were made, whatever was said over them. */
  connections(): number;
  answer(respond: Respond): void;
  close(): Promise<void>;
}

export const answerWith =
  (status: number, headers: Record<string, string> = {}) =>
  (_: Received, response: ServerResponse) =>
    void response.writeHead(status, headers).end();

/** @param host for a certificate of that name; without it, plain HTTP */
export async function startReceiver(host?: string): Promise<Receiver> {
  let respond: Respond = answerWith(204);
  let connections = 0;
  const received: Received[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const one = { path: request.url ?? '', headers, body };
    received.push(one);
    respond(one, response);
  };
  const nowMs = Date.parse('2026-11-01T00:00:00Z');
  const authority = await issueAuthority('Test Authority', nowMs);
  const tls = host === undefined ? undefined : await issueServer(authority, host, nowMs);
  const server =
    tls === undefined ? createPlainServer(take) : createServer({ key: tls.key, cert: tls.certificate }, take);
  server.prependListener('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ca: tls === undefined ? '' : authority.certificate,
    received,
    connections: () => connections,
    answer: (given) => {
      respond = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
