// A small bank with real mutual TLS whose behaviour each test writes itself.
import { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { issueAuthority, issueServer, issueTransport } from '../../sandbox-bank/certificates.ts';

type ClientIdentity = { certificate: string; key: string; fingerprint: string };

export interface TestBank {
  url: string;
  ca: string;
  identity: ClientIdentity;
  /** A further certificate of the client, for another common name so that the bank can tell which one it is shown. */
  renewed: ClientIdentity;
  /** Every request that arrived, in order. */
  requests: { method: string; path: string; body: string; socket: Socket; client: string }[];
  /** Hangs up on so many of the next connections before anything is said. */
  hangUpOn(connections: number): void;
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
  const server = await issueServer(authority, 'localhost', nowMs);
  const identityOf = async (organisationId: string): Promise<ClientIdentity> => {
    const issued = await issueTransport(authority, { ...organisation, organisationId }, nowMs);
    return { ...issued, fingerprint: new X509Certificate(issued.certificate).fingerprint256 };
  };
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
  let hangUps = 0;
  listener.prependListener('connection', (socket: Socket) => {
    if (hangUps === 0) return;
    hangUps -= 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    ca: authority.certificate,
    identity: await identityOf('a-client'),
    renewed: await identityOf('renewed-client'),
    requests,
    hangUpOn: (connections) => {
      hangUps = connections;
    },
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
