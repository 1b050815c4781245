// Calls over real mutual TLS: what is kept open, what every failure says of bytes that may have left, and that nothing is
// ever sent twice.
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BankError } from '../../bank-client/bank-error.ts';
import type { HttpRequest, Transport } from '../../bank-client/http.ts';
import { type CircuitChange, createTransport, type TransportOptions } from '../../bank-client/transport.ts';
import { systemClock } from '../../clock.ts';
import { freePort } from '../../embedded/free-port.ts';
import { startTestBank, type TestBank } from './mutual-tls-server.ts';

let bank: TestBank;
let transport: Transport;
/** For calls that are to be answered: no machine is as slow as that. */
const timeoutMs = 20_000;

/** With circuits that never open, unless they are what it is about. */
function open(changes: Partial<TransportOptions> = {}): Transport {
  const usual = { trustedCa: bank.ca, timeoutMs, concurrency: 4, maxAnswerBytes: 10_000, clock: systemClock };
  return createTransport({ ...usual, circuit: { failures: 1_000, openMs: 1 }, ...changes });
}

beforeAll(async () => {
  bank = await startTestBank();
  transport = open();
});
afterAll(async () => {
  await bank.close();
  await transport.close();
});
beforeEach(() => {
  bank.requests.length = 0;
  bank.answer((_, response) => response.end('{"ok":true}'));
});

const send = (changes: Partial<HttpRequest> = {}, by = transport) =>
  by.send({
    method: 'POST',
    url: `${bank.url}/pay?x=1`,
    body: 'pay 10',
    identity: bank.identity,
    ...changes,
  });

async function failureOf(sent: Promise<unknown>): Promise<BankError> {
  const error = await sent.catch((thrown: unknown) => thrown);
  if (!(error instanceof BankError)) throw new Error(`not a BankError: ${inspect(error)}`);
  return error;
}

describe('a call', () => {
  it('shows our certificate, sends the exact body and brings the whole answer', async () => {
    bank.answer((_, response, body) => response.writeHead(201, { 'X-Kind': 'echo' }).end(`got ${body}`));
    const answer = await send();
    expect(answer).toMatchObject({ status: 201, method: 'POST', url: `${bank.url}/pay?x=1` });
    expect([answer.headers['x-kind'], answer.body.toString()]).toEqual(['echo', 'got pay 10']);
    expect(bank.requests).toMatchObject([{ path: '/pay?x=1', client: expect.stringContaining('a-client') }]);
  });

  it('keeps its connection for later ones, unless it must not', async () => {
    for (let call = 0; call < 20; call++) await send();
    // A second one is opened when the first has not come to rest yet.
    expect(new Set(bank.requests.map(({ socket }) => socket)).size).toBeLessThanOrEqual(2);
    bank.requests.length = 0;
    for (let call = 0; call < 3; call++) await send({ freshConnection: true });
    expect(new Set(bank.requests.map(({ socket }) => socket)).size).toBe(3);
  });

  it('uses a renewed certificate at once', async () => {
    await send();
    await send({ identity: { ...bank.identity, fingerprint: 'renewed' } });
    expect(new Set(bank.requests.map(({ socket }) => socket)).size).toBe(2);
  });

  it('finds a connection that the bank has closed meanwhile before it uses it', async () => {
    await send();
    bank.requests[0]?.socket.destroy();
    await setTimeout(50);
    expect((await send()).status).toBe(200);
    expect(bank.requests).toHaveLength(2);
  });
});

describe('a certificate that is replaced', () => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
  const closed = (socket: Socket) => (socket.destroyed ? undefined : once(socket, 'close'));

  it('ends its connections when the last call that is under way has ended, and no earlier', async () => {
    const own = open();
    bank.answer(async (request, response) => {
      if (request.url === '/slow') await held;
      response.end('{"ok":true}');
    });
    await send({}, own); // a connection that is idle
    const slow = send({ url: `${bank.url}/slow` }, own);
    await expect.poll(() => bank.requests.length).toBe(2);
    own.retire(bank.identity.fingerprint);
    expect((await send({ identity: bank.renewed }, own)).status).toBe(200);
    letGo();
    expect((await slow).status).toBe(200);
    const [idle, late, renewed] = bank.requests;
    await Promise.all([idle, late].map((request) => request && closed(request.socket)));
    expect(renewed?.client).toContain('renewed-client');
    expect(renewed?.socket.destroyed).toBe(false);
    await own.close();
  });

  it('may still be called with by whoever has not heard of it', async () => {
    const own = open();
    await send({}, own);
    own.retire(bank.identity.fingerprint);
    expect((await send({}, own)).status).toBe(200);
    expect(new Set(bank.requests.map(({ socket }) => socket)).size).toBe(2);
    await own.close();
  });

  it('costs no call under load', async () => {
    const own = open({ concurrency: 8 });
    bank.answer((_, response) => setImmediate(() => response.end('{"ok":true}')));
    let identity = bank.identity;
    let calls = 0;
    async function caller(): Promise<void> {
      while (calls < 600) {
        calls += 1;
        if (calls === 300) {
          identity = bank.renewed;
          own.retire(bank.identity.fingerprint);
        }
        expect((await send({ identity }, own)).status).toBe(200);
      }
    }
    await Promise.all(Array.from({ length: 8 }, caller));
    const shown = bank.requests.map(({ client }) => client.includes('renewed-client'));
    const firstNew = shown.indexOf(true);
    // What was under way when it was replaced, and nothing after that.
    expect(shown.slice(firstNew).filter((isNew) => !isNew).length).toBeLessThan(8);
    expect(shown.slice(-200)).not.toContain(false);
    await Promise.all(bank.requests.slice(0, firstNew).map(({ socket }) => closed(socket)));
    await own.close();
  });
});

it('connections that nobody calls through any more are closed', async () => {
  const own = open({ idleMs: 50 });
  await send({}, own);
  const [first] = bank.requests;
  // The bank and undici both would have kept it open for seconds.
  await expect.poll(() => first?.socket.destroyed, { timeout: 3_000 }).toBe(true);
  expect((await send({}, own)).status).toBe(200);
  await own.close();
});

describe('nothing was sent', () => {
  it('to a bank where nobody listens', async () => {
    const error = await failureOf(send({ url: `https://localhost:${await freePort()}/` }));
    expect(error).toMatchObject({ kind: 'unavailable', sent: 'not-sent' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('to a server that we do not trust', async () => {
    const strict = open({ trustedCa: undefined });
    expect(await failureOf(send({}, strict))).toMatchObject({ kind: 'unavailable', sent: 'not-sent' });
    expect(bank.requests).toEqual([]);
    await strict.close();
  });

  it('to a bank without a name', async () => {
    const error = await failureOf(send({ url: 'https://no-such-bank.invalid/' }));
    expect(error).toMatchObject({ kind: 'unavailable', sent: 'not-sent' });
  });

  it('beyond as many calls as the bank may get at a time', async () => {
    bank.answer((_, response) => void globalThis.setTimeout(() => response.end(), 100));
    const calls = Array.from({ length: 6 }, () =>
      send().then(
        () => 'answered',
        (error) => error,
      ),
    );
    const outcomes = await Promise.all(calls);
    const busy = outcomes.filter((outcome) => outcome !== 'answered');
    expect(busy).toHaveLength(2);
    for (const error of busy)
      expect(error).toMatchObject({ kind: 'busy', sent: 'not-sent', retryAfterMs: 1000 });
    expect(bank.requests).toHaveLength(4);
    expect((await send()).status).toBe(200);
  });
});

describe('something may have been sent', () => {
  let hasty: Transport;
  beforeAll(() => {
    hasty = open({ timeoutMs: 1_000 });
  });
  afterAll(() => hasty.close());

  it.each<[string, Parameters<TestBank['answer']>[0], object]>([
    ['the bank hangs up', (request) => request.socket.destroy(), { kind: 'unavailable' }],
    ['the bank says nothing', () => {}, { kind: 'timeout' }],
    [
      'the answer stops half way',
      (_, response) => response.writeHead(200, { 'content-length': '100' }).write('half'),
      { kind: 'timeout' },
    ],
    [
      'the answer is cut off',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half', () => request.socket.destroy());
      },
      { kind: 'unavailable' },
    ],
    [
      'the answer drips',
      (request, response) => {
        const drip = setInterval(() => response.write('.'), 50);
        request.socket.once('close', () => clearInterval(drip));
      },
      { kind: 'timeout' },
    ],
  ])('when %s, and it is sent once', async (_, respond, expected) => {
    bank.answer(respond);
    expect(await failureOf(send({}, hasty))).toMatchObject({ ...expected, sent: 'maybe-sent' });
    await setTimeout(50);
    expect(bank.requests).toHaveLength(1);
    bank.answer((_, response) => response.end());
    expect((await send({}, hasty)).status).toBe(200); // the slot is free again
  });

  it('and was answered, when the answer is too large', async () => {
    bank.answer((_, response) => response.end('x'.repeat(20_000)));
    expect(await failureOf(send())).toMatchObject({ kind: 'invalid-response', sent: 'answered' });
  });
});

describe('a read', () => {
  const get = (changes: Partial<HttpRequest> = {}, by = transport) =>
    send({ method: 'GET', body: undefined, freshConnection: true, ...changes }, by);

  it('whose connection ends before a byte of it was written is made once more', async () => {
    bank.hangUpOn(1);
    expect((await get()).status).toBe(200);
    expect(bank.requests).toHaveLength(1);
  });

  it('is made once more and not a third time', async () => {
    bank.hangUpOn(2);
    expect(await failureOf(get())).toMatchObject({ kind: 'unavailable', sent: 'not-sent' });
    expect((await get()).status).toBe(200); // no connection was left to be hung up on
    expect(bank.requests).toHaveLength(1);
  });

  it('whose bytes were written is not made again', async () => {
    bank.answer((request) => request.socket.destroy());
    expect(await failureOf(get())).toMatchObject({ kind: 'unavailable', sent: 'maybe-sent' });
    await setTimeout(50);
    expect(bank.requests).toHaveLength(1);
  });

  it('is the only call that is made once more', async () => {
    bank.hangUpOn(1);
    expect(await failureOf(send({ freshConnection: true }))).toMatchObject({ sent: 'not-sent' });
    expect(bank.requests).toEqual([]);
  });
});

describe('a bank', () => {
  const never = () => {};

  it('that hangs takes no place, connection or time of another one at the same address', async () => {
    const own = open({ timeoutMs: 60_000, circuit: { failures: 5, openMs: 60_000 } });
    const [sick, well] = [own.toBank({ name: 'sick' }), own.toBank({ name: 'well' })];
    bank.answer((request, response) => request.url === '/sick' || response.end('{"ok":true}'));
    let hanging = 0;
    const stuck = Array.from({ length: 4 }, () => {
      hanging += 1;
      return send({ url: `${bank.url}/sick` }, sick).finally(() => hanging--);
    });
    const ended = Promise.allSettled(stuck);
    await expect.poll(() => bank.requests.length).toBe(4);
    expect(await failureOf(send({}, sick))).toMatchObject({ kind: 'busy' });
    for (let call = 0; call < 40; call++) expect((await send({}, well)).status).toBe(200);
    expect(hanging).toBe(4);
    for (const { socket } of bank.requests) socket.destroy();
    await ended;
    await own.close();
  });

  it('has limits of its own', async () => {
    const own = open({ timeoutMs: 60_000 });
    const small = own.toBank({ name: 'small', limits: { maxAnswerBytes: 100 } });
    const slow = own.toBank({ name: 'slow', limits: { timeoutMs: 50 } });
    const narrow = own.toBank({ name: 'narrow', limits: { concurrency: 1 } });
    bank.answer((_, response) => response.end('x'.repeat(200)));
    expect((await send({}, own)).status).toBe(200);
    expect(await failureOf(send({}, small))).toMatchObject({ kind: 'invalid-response' });
    bank.answer(never);
    expect(await failureOf(send({}, slow))).toMatchObject({ kind: 'timeout' });
    bank.requests.length = 0;
    const first = failureOf(send({}, narrow));
    await expect.poll(() => bank.requests.length).toBe(1);
    expect(await failureOf(send({}, narrow))).toMatchObject({ kind: 'busy' });
    for (const { socket } of bank.requests) socket.destroy();
    await first;
    await own.close();
  });
});

describe('a bank that is full', () => {
  it('keeps further calls waiting for a moment, and gets no more at a time than it may', async () => {
    const own = open({ concurrency: 2, waiting: { perPlace: 4, forMs: 5_000 } });
    let [atOnce, most] = [0, 0];
    bank.answer((_, response) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      globalThis.setTimeout(() => {
        atOnce -= 1;
        response.end('{}');
      }, 20);
    });
    const answers = await Promise.all(Array.from({ length: 10 }, () => send({}, own)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(most).toBe(2);
    await own.close();
  });

  it('sends nothing of a call that waited in vain, and has its place for the next one', async () => {
    const own = open({ concurrency: 1, waiting: { perPlace: 1, forMs: 50 } });
    let letGo = () => {};
    bank.answer((_, response) => {
      letGo = () => response.end('{}');
    });
    const first = send({}, own);
    await expect.poll(() => bank.requests.length).toBe(1);
    expect(await failureOf(send({}, own))).toMatchObject({ kind: 'busy', sent: 'not-sent' });
    letGo();
    expect((await first).status).toBe(200);
    bank.answer((_, response) => response.end('{}'));
    expect((await send({}, own)).status).toBe(200);
    expect(bank.requests).toHaveLength(2);
    await own.close();
  });
});

describe('a bank that asks for patience', () => {
  it('is not called again under the same token, at that API, until then', async () => {
    let nowMs = Date.UTC(2026, 10, 21);
    const own = open({ clock: { nowMs: () => nowMs } });
    const read = (token: string) =>
      send({ api: 'accountInformation', headers: { authorization: `Bearer ${token}` } }, own);
    bank.answer((_, response) => response.writeHead(429, { 'retry-after': '30' }).end());
    expect((await read('one')).status).toBe(429);
    bank.answer((_, response) => response.end('{}'));
    nowMs += 10_000;
    expect(await failureOf(read('one'))).toMatchObject({
      ...{ kind: 'rate-limited', sent: 'not-sent', retryAfterMs: 20_000 },
    });
    expect(bank.requests).toHaveLength(1);
    expect((await read('another')).status).toBe(200);
    nowMs += 20_000;
    expect((await read('one')).status).toBe(200);
    await own.close();
  });

  it('is left alone by a call that was waiting for a place when it asked', async () => {
    const own = open({ concurrency: 1, waiting: { perPlace: 1, forMs: 5_000 } });
    let refuse = () => {};
    bank.answer((_, response) => {
      refuse = () => response.writeHead(503, { 'retry-after': '30' }).end();
    });
    const first = send({}, own);
    await expect.poll(() => bank.requests.length).toBe(1);
    const second = failureOf(send({}, own));
    refuse();
    expect((await first).status).toBe(503);
    expect(await second).toMatchObject({ kind: 'unavailable', sent: 'not-sent' });
    expect(bank.requests).toHaveLength(1);
    await own.close();
  });
});

describe('the circuit of a bank', () => {
  const never = () => {};
  const circuit = { failures: 3, openMs: 10_000 };
  let nowMs = 0;
  let changes: CircuitChange[];
  let own: Transport;
  beforeEach(() => {
    nowMs = 1_000_000;
    changes = [];
    limits.timeoutMs = timeoutMs;
    own = open({ circuit, clock: { nowMs: () => nowMs }, onCircuit: (change) => changes.push(change) });
  });
  afterEach(() => own.close());
  const limits = { timeoutMs };
  const read = (more: Partial<HttpRequest> = {}, name = 'any') =>
    send(
      { method: 'GET', body: undefined, api: 'accountInformation', ...more },
      own.toBank({ name, limits }),
    );
  const bringDown = async () => {
    bank.answer((_, response) => response.writeHead(503).end());
    for (let call = 0; call < circuit.failures; call++) expect((await read()).status).toBe(503);
  };

  it.each<[string, Parameters<TestBank['answer']>[0]]>([
    ['answers with 500 and more', (_, response) => response.writeHead(500).end()],
    ['hangs up', (request) => request.socket.destroy()],
    ['says nothing', never],
  ])('opens when it %s, and then nothing is sent', async (_, respond) => {
    bank.answer(respond);
    limits.timeoutMs = 300;
    for (let call = 0; call < circuit.failures; call++) await read().catch(() => {});
    const error = await failureOf(read());
    expect(error).toMatchObject({ kind: 'circuit-open', sent: 'not-sent', retryAfterMs: 10_000 });
    expect(bank.requests).toHaveLength(circuit.failures);
    expect(changes).toEqual([{ bank: 'any', api: 'accountInformation', state: 'open' }]);
  });

  it('opens when nobody listens', async () => {
    const url = `https://localhost:${await freePort()}/`;
    for (let call = 0; call < circuit.failures; call++) await failureOf(read({ url }));
    expect(await failureOf(read())).toMatchObject({ kind: 'circuit-open' });
  });

  it.each([400, 401, 403, 404, 408, 429])('stays closed when it answers %i', async (status) => {
    bank.answer((_, response) => response.writeHead(status).end());
    for (let call = 0; call < 10; call++) expect((await read()).status).toBe(status);
    expect(changes).toEqual([]);
  });

  it('stays closed over certificates: they say nothing of other clients', async () => {
    const strict = open({ trustedCa: undefined, circuit });
    for (let call = 0; call < 10; call++)
      expect(await failureOf(send({}, strict.toBank({ name: 'any' })))).toMatchObject({
        kind: 'unavailable',
      });
    await strict.close();
  });

  it('stays closed over places of ours that are taken', async () => {
    bank.answer((_, response) => void globalThis.setTimeout(() => response.end(), 50));
    await Promise.allSettled(Array.from({ length: 20 }, () => read()));
    expect(changes).toEqual([]);
  });

  it('is its own for each of its APIs, and nobody else’s', async () => {
    await bringDown();
    bank.answer((_, response) => response.end('{"ok":true}'));
    expect((await read({ api: 'paymentInitiation' })).status).toBe(200);
    expect((await read({ api: 'token' })).status).toBe(200);
    expect((await read({}, 'another')).status).toBe(200);
    expect(await failureOf(read())).toMatchObject({ kind: 'circuit-open' });
  });

  it('lets one call find out when the time is over', async () => {
    await bringDown();
    nowMs += circuit.openMs;
    bank.requests.length = 0;
    bank.answer((_, response) => void globalThis.setTimeout(() => response.end('{}'), 50));
    const probe = read();
    expect(await failureOf(read())).toMatchObject({ kind: 'circuit-open', retryAfterMs: 1_000 });
    expect((await probe).status).toBe(200);
    expect(bank.requests).toHaveLength(1);
    expect((await read()).status).toBe(200);
    expect(changes.map(({ state }) => state)).toEqual(['open', 'half-open', 'closed']);
  });
});

it('an error shows neither address nor answer to whoever prints it', async () => {
  const facts = { method: 'GET', url: 'https://bank.example/accounts/12345678', response: { Name: 'Ann' } };
  const error = new BankError('The bank answered 400.', { kind: 'rejected', sent: 'answered', ...facts });
  expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toMatch(/12345678|Ann/);
  expect(error.endpointUrl + JSON.stringify(error.endpointResponse)).toMatch(/12345678.*Ann/);
});
