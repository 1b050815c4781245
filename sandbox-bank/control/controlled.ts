// Every request on its way to whoever answers it: logged, and struck by the faults that tests ordered.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import type { Answering } from '../listener.ts';
import { operationOf } from '../resources/operation-of.ts';
import { sendBadAnswer } from './bad-answers/send-bad-answer.ts';
import { shapeNamed } from './bad-answers/shapes.ts';
import type { Fault, Faults, Struck } from './faults.ts';
import type { HeldRequest, HeldRequests } from './held.ts';
import type { OperationLog } from './operation-log.ts';
import { overhearBody } from './overheard.ts';
import type { RequestEntry, RequestLog } from './request-log.ts';
import { holdAnswer, sendSpoiled } from './spoiled-answer.ts';
import { watch } from './watch.ts';

/** Who answers a request; `path` is below the bank's name. */
export interface Destination {
  bank: string;
  path: string;
  answer: Answering;
}

export interface ControlParts {
  faults: Faults;
  held: HeldRequests;
  log: RequestLog;
  operations: OperationLog;
  clock: Clock;
}

/** Finding may take a moment: a bank opens when it is first asked for. */
export type Find = (
  request: IncomingMessage,
  path: string,
) => Destination | undefined | Promise<Destination | undefined>;

export function controlled(parts: ControlParts, find: Find): Answering {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    // From the first moment: the body may come while a bank is being opened.
    const bodyOf = parts.operations.judge ? overhearBody(request) : () => undefined;
    const destination = await find(request, path);
    if (destination) await pass(parts, destination, { request, response, bodyOf });
    else response.writeHead(404).end();
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`sandbox bank: ${error instanceof Error ? error.stack : 'unknown failure'}\n`);
      if (!response.headersSent) response.writeHead(500).end();
    });
  };
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** The body, once it has come whole, while somebody wants to judge it. */
  bodyOf(): Buffer | undefined;
}

async function pass(
  { faults, held, log, operations, clock }: ControlParts,
  { bank, path, answer }: Destination,
  { request, response, bodyOf }: Exchange,
): Promise<void> {
  const method = request.method ?? 'GET';
  const struck = { bank, method, path, operation: operationOf(method, path) };
  const fault = faults.strike(struck);
  const named = {
    ...{ bank, method, path },
    ...header(request, 'x-fapi-interaction-id', 'interactionId'),
    ...header(request, 'x-idempotency-key', 'idempotencyKey'),
  };
  log.begin(request, {
    at: clock.now().toISOString(),
    ...named,
    ...(struck.operation ? { operation: struck.operation.name, version: struck.operation.version } : {}),
    ...(fault ? { fault: fault.kind } : {}),
  });
  const startedAt = performance.now();
  response.once('finish', () =>
    log.note(request, {
      status: response.statusCode,
      durationMs: Math.round(performance.now() - startedAt),
    }),
  );
  const note = (facts: Partial<RequestEntry>) => log.note(request, facts);
  const heard = watch(operations, { struck, fault, request, response, bodyOf });
  const hold = (acted: boolean) => held.hold({ ...named, acted }, () => request.socket.destroyed);
  const passage = { request: addressOf(request), struck, note, heard, hold };
  if (!fault || (await lets(fault, response, passage))) answer(request, response);
}

const nothing = Buffer.alloc(0);

interface Passage {
  request: { url: string; authorization: string };
  struck: Struck;
  note(facts: Partial<RequestEntry>): void;
  /** The answer that the client will not get as it is. */
  heard(body: Buffer): void;
  hold(acted: HeldRequest['acted']): ReturnType<HeldRequests['hold']>;
}

/** Before the request is renamed to what the bank calls its own addresses. */
function addressOf({ url, headers }: IncomingMessage): Passage['request'] {
  return { url: `https://${headers.host}${url}`, authorization: headers.authorization ?? '' };
}

/** Whether the bank still gets to act. */
async function lets(fault: Fault, response: ServerResponse, passage: Passage): Promise<boolean> {
  switch (fault.kind) {
    case 'delay':
      await wait(fault.ms);
      return true;
    case 'hold':
      if ((await passage.hold(false)) === 'go-on') return true;
      response.socket?.destroy();
      return false;
    case 'close-before':
      passage.heard(nothing);
      response.socket?.destroy();
      return false;
    case 'status':
      passage.heard(nothing);
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      response.writeHead(
        fault.status,
        fault.body === undefined ? {} : { 'content-type': 'application/json' },
      );
      response.end(fault.body);
      return false;
    case 'hold-answer':
      holdAnswer(response, (body) => void sendWhenReleased(response, body, passage));
      return true;
    case 'bad-answer':
      holdAnswer(response, (body) => replaceAnswer(response, body, fault.shape, passage));
      return true;
    default:
      holdAnswer(response, (body) => {
        passage.note({ acted: true });
        passage.heard(body);
        sendSpoiled(response, body, fault);
      });
      return true;
  }
}

async function sendWhenReleased(
  response: ServerResponse,
  body: Buffer,
  { hold, note, heard }: Passage,
): Promise<void> {
  note({ acted: true });
  heard(body);
  if ((await hold(true)) === 'go-on') response.end(body);
  else response.socket?.destroy();
}

function replaceAnswer(
  response: ServerResponse,
  body: Buffer,
  shape: string,
  { request, struck: { operation }, note, heard }: Passage,
): void {
  const { statusCode: status } = response;
  const headers = { ...response.getHeaders() };
  note({ acted: true, shape });
  heard(body);
  const good = { status, headers, body, json: jsonOf(body), operation, request };
  const place = sendBadAnswer(response, good, shapeNamed(shape));
  if (place !== undefined) note({ place });
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    // A file, or nothing at all.
    return undefined;
  }
}

function header(request: IncomingMessage, name: string, as: string): object {
  const value = request.headers[name];
  return typeof value === 'string' ? { [as]: value } : {};
}
