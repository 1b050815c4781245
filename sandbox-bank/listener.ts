// One port of the sandbox. It listens before anybody answers, because banks must know their own addresses first.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';

export type Answering = (request: IncomingMessage, response: ServerResponse) => void;

export interface Listener {
  url: string;
  answerWith(answering: Answering): void;
  close(): Promise<void>;
}

export interface Address {
  /** The interface to listen on. */
  host: string;
  /** The name others see it under. */
  publicHost: string;
  /** 0: a free one. */
  port: number;
}

export async function listen(address: Address, tls?: ServerOptions): Promise<Listener> {
  let answering: Answering = (_, response) => response.writeHead(503).end();
  const handle: Answering = (request, response) => answering(request, response);
  const server = tls ? createTlsServer(tls, handle) : createServer(handle);
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    url: `${tls ? 'https' : 'http'}://${address.publicHost}:${portOf(server)}`,
    answerWith: (given) => {
      answering = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}
