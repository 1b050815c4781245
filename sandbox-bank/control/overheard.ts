// What a request and its answer consist of, overheard on their way without keeping either from anybody.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { applyHeaders } from './apply-headers.ts';

/** The body as it comes in; nothing until it has come whole. */
export function overhearBody(request: IncomingMessage): () => Buffer | undefined {
  const pieces: Buffer[] = [];
  const { push } = request;
  request.push = (piece: unknown, encoding?: BufferEncoding) => {
    if (piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
    return push.call(request, piece, encoding);
  };
  return () => (request.complete ? Buffer.concat(pieces) : undefined);
}

/**
 * @param keepsBody false: the body is not wanted; that of a file never is
 * @param heard called before the last byte is sent, so that nobody knows of the answer earlier
 */
export function overhearAnswer(
  response: ServerResponse,
  keepsBody: boolean,
  heard: (body: Buffer) => void,
): void {
  const pieces: Buffer[] = [];
  const keep = (piece: unknown) => {
    if (!keepsBody || response.hasHeader('content-disposition')) return;
    if (typeof piece === 'string' || piece instanceof Uint8Array) pieces.push(Buffer.from(piece));
  };
  const { write, end, writeHead } = response;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    applyHeaders(response, rest.at(-1));
    return writeHead.call(response, status);
  }) satisfies (...given: never[]) => ServerResponse;
  response.write = (...given: unknown[]): boolean => {
    keep(given[0]);
    return Reflect.apply(write, response, given);
  };
  response.end = (...given: unknown[]): ServerResponse => {
    keep(given[0]);
    heard(Buffer.concat(pieces));
    return Reflect.apply(end, response, given);
  };
}
