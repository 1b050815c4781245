// The way from the connector's processes to Postgres, on which one statement can be stopped: before Postgres has it, or
// when Postgres has committed and nobody has heard.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { hearClient, hearServer, type Round } from './frontend-messages.ts';

export interface AwaitedStatement {
  /** The role, as it names itself to Postgres. */
  by: string;
  /** The first table that the statement writes to. */
  table: string;
  side: 'before' | 'after';
}

export interface StoppedStatement {
  /** Lets it go on as if nothing had been. */
  goOn(): void;
  /** Ends its connection there. */
  cut(): void;
  /** Whoever sent it waits no longer. */
  isGone(): boolean;
}

export interface StatementRelay {
  /** The given address, by this way. */
  url: string;
  /** Stops the next such statement. One at a time is awaited. */
  stopNext(awaited: AwaitedStatement): { stopped: Promise<StoppedStatement>; forget(): void };
  close(): void;
}

interface Awaiting extends AwaitedStatement {
  found(statement: StoppedStatement): void;
}

export async function startStatementRelay(target: string): Promise<StatementRelay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let awaiting: Awaiting | undefined;

  /** The one who waits for this, who is served by it then. */
  function awaiterOf(by: string, side: AwaitedStatement['side'], round: Round | undefined) {
    if (round === undefined || awaiting?.side !== side || awaiting.by !== by) return undefined;
    if (tableWritten(round.sql) !== awaiting.table) return undefined;
    const found = awaiting;
    awaiting = undefined;
    return found;
  }

  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const toServer = hearClient();
    const toClient = hearServer();
    const rounds: Round[] = [];
    const cut = () => {
      client.destroy();
      upstream.destroy();
    };
    const isGone = () => client.destroyed;
    const towardsServer = gate(upstream, { cut, isGone });
    const towardsClient = gate(client, { cut, isGone });
    client.on('data', (bytes) => {
      for (const { bytes: piece, round } of toServer.take(bytes)) {
        if (round !== undefined) rounds.push(round);
        towardsServer.pass(piece, awaiterOf(toServer.applicationName, 'before', round));
      }
    });
    upstream.on('data', (bytes) => {
      for (const { bytes: piece, endsRound } of toClient.take(bytes)) {
        const round = endsRound ? rounds.shift() : undefined;
        towardsClient.pass(piece, awaiterOf(toServer.applicationName, 'after', round));
      }
    });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ownPort } = server.address() as AddressInfo;
  const url = new URL(target);
  url.host = `127.0.0.1:${ownPort}`;
  return {
    url: url.href,
    stopNext: (awaited) => {
      const { promise: stopped, resolve: found } = Promise.withResolvers<StoppedStatement>();
      const own = { ...awaited, found };
      awaiting = own;
      const forget = () => {
        if (awaiting === own) awaiting = undefined;
      };
      return { stopped, forget };
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** One direction of a connection: bytes pass until somebody stops them there; what follows waits behind. */
function gate(socket: Socket, connection: Pick<StoppedStatement, 'cut' | 'isGone'>) {
  let kept: Buffer[] | undefined;
  return {
    pass(bytes: Buffer, awaiter: Awaiting | undefined): void {
      if (kept !== undefined) kept.push(bytes);
      else if (awaiter === undefined) socket.write(bytes);
      else {
        kept = [bytes];
        awaiter.found({ goOn, ...connection });
      }
    },
  };

  function goOn(): void {
    const bytes = kept ?? [];
    kept = undefined;
    for (const piece of bytes) if (!socket.destroyed) socket.write(piece);
  }
}

/** Upper case is SQL's own, lower case ours: `FOR UPDATE` and `DO UPDATE SET` name no table. */
const tableWritten = (sql: string) => /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)/.exec(sql)?.[1];
