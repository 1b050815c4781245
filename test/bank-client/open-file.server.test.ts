// Answers that are passed on while they arrive: as fast as they are taken, whole or not at all, and never in the way of
// other calls.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HttpAnswer, HttpStream, Transport } from '../../bank-client/http.ts';
import { createTransport } from '../../bank-client/transport.ts';
import { systemClock } from '../../clock.ts';
import { startTestBank, type TestBank } from './mutual-tls-server.ts';

let bank: TestBank;
let transport: Transport;
const timeoutMs = 400;

beforeAll(async () => {
  bank = await startTestBank();
});
afterAll(async () => {
  await transport.close();
  await bank.close();
});
beforeEach(async () => {
  await transport?.close();
  const usual = { trustedCa: bank.ca, timeoutMs, clock: systemClock };
  const circuit = { failures: 1_000, openMs: 1 };
  transport = createTransport({ ...usual, circuit, concurrency: 2, maxAnswerBytes: 1_000 });
});

const open = () => transport.open({ method: 'GET', url: `${bank.url}/file`, identity: bank.identity });

function streamOf(answer: HttpAnswer | HttpStream): ReadableStream<Uint8Array> {
  if (!(answer.body instanceof ReadableStream)) throw new Error('the whole answer is here');
  return answer.body;
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  return bytes;
}

/** Writes as fast as it is taken, until it is told to end or nobody is left. @returns how much was written so far */
function writeForever(response: ServerResponse): () => number {
  let written = 0;
  const chunk = Buffer.alloc(64 * 1024);
  const write = () => {
    while (!response.destroyed) {
      written += chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', write);
        return;
      }
    }
  };
  write();
  return () => written;
}

describe('a file', () => {
  it('arrives whole, larger than any other answer may be', async () => {
    bank.answer((_, response) => response.writeHead(200, { 'X-Kind': 'pdf' }).end(Buffer.alloc(5_000_000)));
    const answer = await open();
    expect([answer.status, answer.headers['x-kind']]).toEqual([200, 'pdf']);
    expect(await bytesOf(streamOf(answer))).toBe(5_000_000);
  });

  it('may be empty', async () => {
    bank.answer((_, response) => response.end());
    expect(await bytesOf(streamOf(await open()))).toBe(0);
  });

  it('that is refused is an answer like any other', async () => {
    bank.answer((_, response) => response.writeHead(403).end('{"no":1}'));
    const { status, body } = await open();
    expect([status, String(body)]).toEqual([403, '{"no":1}']);
  });

  it('that is not even begun in time is a time-out', async () => {
    bank.answer(() => {});
    await expect(open()).rejects.toMatchObject({ kind: 'timeout', sent: 'maybe-sent' });
  });

  it('is asked of the bank only as fast as it is taken', async () => {
    let written = () => 0;
    bank.answer((_, response) => {
      written = writeForever(response);
    });
    const reader = streamOf(await open()).getReader();
    await reader.read();
    // What sockets on both sides hold is of the kernel's choosing; that it comes to rest is not.
    const atRest = async () => {
      for (let before = -1; before !== written(); ) {
        before = written();
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      return written();
    };
    const held = await atRest();
    expect(held).toBeLessThan(20_000_000);
    for (let taken = 0; taken < held; ) taken += (await reader.read()).value?.length ?? 0;
    expect(written()).toBeGreaterThan(held);
    await reader.cancel();
  });

  it('that nobody takes any more is given up, and its place is free again', async () => {
    const hungUp: Promise<unknown>[] = [];
    bank.answer((_, response) => {
      hungUp.push(once(response, 'close'));
      writeForever(response);
    });
    const [first, second] = [await open(), await open()];
    await expect(open()).rejects.toMatchObject({ kind: 'busy' });
    await streamOf(first).cancel();
    await hungUp[0];
    const third = await open();
    for (const { body } of [second, third]) if (body instanceof ReadableStream) await body.cancel();
    await Promise.all(hungUp);
  });

  it('that stops arriving fails, and its place is free again', async () => {
    bank.answer((_, response) => void response.writeHead(200, { 'content-length': '10' }).write('12345'));
    const streams = [streamOf(await open()), streamOf(await open())];
    for (const stream of streams) await expect(bytesOf(stream)).rejects.toThrow('It stopped arriving.');
    await streamOf(await open()).cancel();
  });

  it('that the bank breaks off fails', async () => {
    bank.answer((_, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('12345', () => response.destroy());
    });
    await expect(bytesOf(streamOf(await open()))).rejects.toThrow();
  });
});
