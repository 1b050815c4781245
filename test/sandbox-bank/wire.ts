// One request over a TLS connection of its own, and the bytes that come back as they come: no HTTP client in between that
// would refuse the answers these tests are about.
import { connect } from 'node:tls';

export interface WireAnswer {
  /** Everything up to the first empty line. */
  head: string;
  status: string;
  /** What follows it, whatever it is. */
  body: Buffer;
  /** Who ended it: the bank, properly or not, or this side, out of patience or after more than `maxBytes`. */
  end: 'closed' | 'reset' | 'too long' | 'too much';
}

export interface WireRequest {
  url: string;
  token: string;
  ca: string;
  cert: string;
  key: string;
  /** How long to wait for the first byte, and from then on for the end. */
  firstByteMs?: number;
  endMs?: number;
  maxBytes?: number;
}

export function askOnWire(request: WireRequest): Promise<WireAnswer> {
  const { url, token, ca, cert, key, firstByteMs = 10_000, endMs = 10_000, maxBytes = 3_000_000 } = request;
  const { hostname, port, host, pathname, search } = new URL(url);
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const socket = connect(
      { host: hostname, port: Number(port), servername: hostname, ca, cert, key },
      () => {
        const lines = [
          `GET ${pathname}${search} HTTP/1.1`,
          `host: ${host}`,
          `authorization: Bearer ${token}`,
        ];
        socket.write(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n`);
      },
    );
    const finish = (end: WireAnswer['end']) => {
      clearTimeout(patience);
      const all = Buffer.concat(pieces);
      const at = all.indexOf('\r\n\r\n');
      const head = all.subarray(0, at < 0 ? all.length : at).toString('latin1');
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 'none';
      resolve({ head, status, body: at < 0 ? Buffer.alloc(0) : all.subarray(at + 4), end });
      socket.destroy();
    };
    let patience = setTimeout(() => finish('too long'), firstByteMs);
    socket.on('data', (piece) => {
      if (pieces.length === 0) {
        clearTimeout(patience);
        patience = setTimeout(() => finish('too long'), endMs);
      }
      pieces.push(piece);
      bytes += piece.length;
      if (bytes > maxBytes) finish('too much');
    });
    socket.once('end', () => finish('closed'));
    socket.once('error', () => finish('reset'));
    socket.once('close', () => finish('closed'));
  });
}
