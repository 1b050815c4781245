// Whoever is told of payments by webhooks: notes every delivery, and keeps the next one waiting for its answer when asked to.
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Told {
  eventId: string;
  paymentId: string;
  status: string;
}

export interface Witness {
  port: number;
  /** By which deliveries are verified. */
  trust(secret: string): void;
  /** Everything that arrived, in order. */
  told: readonly Told[];
  /** The next delivery is kept waiting: what arrived, and how it is let go. */
  holdNext(): { held: Promise<HeldDelivery>; forget(): void };
  close(): Promise<void>;
}

export interface HeldDelivery {
  told: Told;
  /** Its connection ends without an answer. */
  cut(): void;
}

export async function startWitness(): Promise<Witness> {
  const told: Told[] = [];
  let secret = '';
  let awaiting: ((delivery: HeldDelivery) => void) | undefined;

  async function read(request: IncomingMessage): Promise<Told> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const { data } = new Webhook(secret).verify(body, headers) as { data: Record<string, string> };
    const { PaymentId: paymentId = '', Status: status = '' } = data;
    return { eventId: headers['webhook-id'] ?? '', paymentId, status };
  }

  const server = createServer((request, response) => {
    read(request).then(
      (one) => {
        told.push(one);
        const found = awaiting;
        awaiting = undefined;
        if (found === undefined) response.writeHead(204).end();
        else found({ told: one, cut: () => request.socket.destroy() });
      },
      // Somebody was killed while sending, or signs wrongly: it counts as not told.
      () => response.writeHead(400).end(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    trust: (given) => {
      secret = given;
    },
    told,
    holdNext: () => {
      const { promise: held, resolve } = Promise.withResolvers<HeldDelivery>();
      awaiting = resolve;
      const forget = () => {
        if (awaiting === resolve) awaiting = undefined;
      };
      return { held, forget };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
