// Sends a bad answer in place of the good one that the bank has made.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { largeNumberMark } from './members.ts';
import { type BadShape, type GoodAnswer, isChanged, reset, type Sound, type Step } from './shape.ts';

/** @returns the place in the body that was changed, where one was */
export function sendBadAnswer(
  response: ServerResponse,
  good: GoodAnswer,
  { answer }: BadShape,
): string | undefined {
  if (isChanged(answer)) {
    const json = structuredClone(good.json);
    const place = isObject(json) ? answer.change(json, good) : undefined;
    sendSound(response, good, place === undefined ? {} : { body: written(json) });
    return place;
  }
  const bad = answer(good);
  if ('steps' in bad) void play(response, bad.steps);
  else sendSound(response, good, bad);
  return undefined;
}

function written(json: unknown): string {
  return JSON.stringify(json).replace(`"${largeNumberMark}"`, '9'.repeat(300));
}

function sendSound(
  response: ServerResponse,
  good: GoodAnswer,
  { status, headers = {}, body = good.body }: Sound,
): void {
  response.statusCode = status ?? good.status;
  for (const name of ['transfer-encoding', 'content-length']) response.removeHeader(name);
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) response.removeHeader(name);
    else response.setHeader(name, value);
  }
  if (![204, 304].includes(response.statusCode))
    response.setHeader('content-length', Buffer.byteLength(body));
  response.end(body);
}

/** Past the HTTP server, which would write nothing that is wrong. The connection ends with the answer. */
async function play({ socket }: ServerResponse, steps: Iterable<Step>): Promise<void> {
  if (!socket) return;
  const closed = new AbortController();
  socket.once('close', () => closed.abort());
  try {
    for (const step of steps) await take(socket, step, closed.signal);
    socket.end();
  } catch {
    // The client has gone: nobody is left to be answered badly.
    socket.destroy();
  }
}

async function take(socket: Socket, step: Step, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (step === reset) {
    resetConnection(socket);
  } else if (typeof step === 'object' && 'waitMs' in step) {
    await wait(step.waitMs, undefined, { signal, ref: false });
  } else if (!socket.write(step)) {
    await once(socket, 'drain', { signal });
  }
}

/** TLS has no word for a reset: the connection below it has. */
function resetConnection(socket: Socket): void {
  const below: unknown = Reflect.get(socket, '_parent');
  if (
    below &&
    typeof below === 'object' &&
    'resetAndDestroy' in below &&
    typeof below.resetAndDestroy === 'function'
  )
    below.resetAndDestroy();
  socket.destroy();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
