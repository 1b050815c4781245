// Holds an answer back until it is whole, and then sends it spoiled: the bank has acted, the client cannot tell.
import type { ServerResponse } from 'node:http';
import { applyHeaders } from './apply-headers.ts';
import type { Fault } from './faults.ts';

export type SpoilingFault = Extract<
  Fault,
  { kind: 'close-after' | 'delay-answer' | 'truncate' | 'garbage' | 'content-type' }
>;

/** @param send called when the answer is whole, before anything of it is sent */
export function holdAnswer(response: ServerResponse, send: (body: Buffer) => void): void {
  const { end } = response;
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    response.statusCode = status;
    applyHeaders(response, rest.at(-1));
    return response;
  }) satisfies (...given: never[]) => ServerResponse;
  response.flushHeaders = () => undefined;
  response.write = (chunk: unknown) => {
    keep(chunk);
    return true;
  };
  response.end = (chunk?: unknown) => {
    keep(chunk);
    Reflect.deleteProperty(response, 'writeHead');
    Reflect.deleteProperty(response, 'write');
    Reflect.deleteProperty(response, 'flushHeaders');
    response.end = end;
    send(Buffer.concat(chunks));
    return response;
  };
}

export function sendSpoiled(response: ServerResponse, body: Buffer, fault: SpoilingFault): void {
  switch (fault.kind) {
    case 'close-after':
      response.socket?.destroy();
      return;
    case 'delay-answer':
      setTimeout(() => response.end(body), fault.ms).unref();
      return;
    case 'truncate':
      response.setHeader('content-length', Math.max(body.length, 2));
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
      return;
    case 'garbage':
      sendWhole(response, fault.body ?? '{"Data": [\u0000 not json');
      return;
    case 'content-type':
      response.setHeader('content-type', 'text/html');
      sendWhole(response, fault.body ?? '<html><body>Service</body></html>');
  }
}

function sendWhole(response: ServerResponse, body: string): void {
  response.removeHeader('transfer-encoding');
  response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}
