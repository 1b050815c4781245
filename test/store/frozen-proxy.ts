// A way to Postgres that can fall silent without closing, as a half-open connection does, or be shut.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface FreezableProxy {
  /** The given address, by this way. */
  url: string;
  freeze(): void;
  thaw(): void;
  /** As with a server that is down: connections end, and nobody gets another. */
  shut(): void;
  open(): void;
  /** Those that are open now. */
  readonly connections: number;
  close(): void;
}

export async function startFreezableProxy(target: string): Promise<FreezableProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  let isShut = false;
  const hold = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    if (isFrozen) socket.pause();
  };
  const server = createServer((client) => {
    if (isShut) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('data', (bytes) => to.write(bytes));
      from.on('close', () => to.destroy());
      hold(from);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ownPort } = server.address() as AddressInfo;
  const url = new URL(target);
  url.host = `127.0.0.1:${ownPort}`;
  const all = (what: (socket: Socket) => void) => {
    for (const socket of sockets) what(socket);
  };
  return {
    url: url.href,
    freeze: () => {
      isFrozen = true;
      all((socket) => socket.pause());
    },
    thaw: () => {
      isFrozen = false;
      all((socket) => socket.resume());
    },
    shut: () => {
      isShut = true;
      all((socket) => socket.destroy());
    },
    open: () => {
      isShut = false;
    },
    get connections() {
      return sockets.size / 2;
    },
    close: () => {
      server.close();
      all((socket) => socket.destroy());
    },
  };
}
