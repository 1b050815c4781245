// A small bank with real mutual TLS whose behaviour each test writes itself.
import { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { issueAuthority, issueServer, issueTransport } from '../../sandbox-bank/certificates.ts';

export interface TestBank {
  url: string;
  ca: string;
  identity: { certificate: string; key: string; fingerprint: string };
  /** Every request that arrived, in order. */
  requests: { method: string; path: string; body: string; socket: Socket; client: string }[];
  answer(respond: (request: IncomingMessage, response: ServerResponse, body: string) => void): void;
  close(): Promise<void>;
}

const organisation = {
  organisationId: 'a-client',
  organisationName: 'A Client',
  organisationIdentifier: 'PSDGB-FCA-1',
};

export async function startTestBank(): Promise<TestBank> {
  const nowMs = Date.parse('2026-11-01T00:00:00Z');
  const authority = await issueAuthority('Test Authority', nowMs);
  const [server, client] = [
    await issueServer(authority, 'localhost', nowMs),
    await issueTransport(authority, organisation, nowMs),
  ];
  let respond: (request: IncomingMessage, response: ServerResponse, body: string) => void = (_, response) =>
    response.end('{}');
  const requests: TestBank['requests'] = [];
  const listener = createServer(
    { key: server.key, cert: server.certificate, ca: authority.certificate, requestCert: true },
    async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const socket = request.socket as Socket & { getPeerX509Certificate(): X509Certificate | undefined };
      const { method = '', url: path = '' } = request;
      requests.push({ method, path, body, socket, client: socket.getPeerX509Certificate()?.subject ?? '' });
      respond(request, response, body);
    },
  );
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    ca: authority.certificate,
    identity: {
      certificate: client.certificate,
      key: client.key,
      fingerprint: new X509Certificate(client.certificate).fingerprint256,
    },
    requests,
    answer: (given) => {
      respond = given;
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
}
