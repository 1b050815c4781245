// One webhook sent once, to a real receiver.
import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { allowedHostsOf } from '../../notifications/addresses.ts';
import { createSender } from '../../notifications/send.ts';
import { newSigningSecret, signaturesOf } from '../../notifications/signatures.ts';
import { createTargetCheck } from '../../notifications/targets.ts';
import { answerWith, type Receiver, startReceiver } from './receiver.ts';

let receiver: Receiver;
let plain: Receiver;
beforeAll(async () => {
  [receiver, plain] = await Promise.all([startReceiver('hooks.test'), startReceiver()]);
});
afterAll(() => Promise.all([receiver.close(), plain.close()]));
beforeEach(() => {
  for (const each of [receiver, plain]) {
    each.received.length = 0;
    each.answer(answerWith(204));
  }
});

const loopback = [{ address: '127.0.0.1', family: 4 }];

/** A sender to which `hooks.test` is what the resolver says, time after time. */
function senderTo(
  resolved: { address: string; family: number }[][],
  { allowed = ['127.0.0.1'], perOrigin = 4 } = {},
) {
  let asked = 0;
  const check = createTargetCheck({
    allowed: allowedHostsOf(allowed),
    resolve: async () => resolved[Math.min(asked++, resolved.length - 1)] ?? [],
  });
  const atOnce = { perOrigin, altogether: 8 };
  const send = createSender({ check, timeoutMs: 500, atOnce, trustedCa: receiver.ca });
  return { send, asked: () => asked };
}

const { secret } = newSigningSecret('hmac-sha256');
const message = (url: string) => {
  const content = {
    id: randomUUID(),
    timestampSeconds: Math.floor(systemClock.nowMs() / 1000),
    body: '{"type":"webhook-endpoint.test","data":{}}',
  };
  return { url, ...content, signature: signaturesOf([secret], content) };
};
const hooks = () => `https://hooks.test:${receiver.port}/a/b?c=d`;

it('arrives byte for byte, so that the library of Standard Webhooks verifies it', async () => {
  const sent = message(hooks());
  expect(await senderTo([loopback]).send(sent)).toEqual({ outcome: 'delivered', httpStatus: 204 });
  const [got] = receiver.received;
  expect(got).toMatchObject({ path: '/a/b?c=d', body: sent.body });
  expect(got?.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': sent.id });
  expect(new Webhook(secret).verify(got?.body ?? '', got?.headers ?? {})).toEqual(JSON.parse(sent.body));
});

it('goes to the address that was checked, whatever the name leads to a moment later', async () => {
  const rebinding = senderTo([loopback, [{ address: '169.254.169.254', family: 4 }]]);
  expect(await rebinding.send(message(hooks()))).toMatchObject({ outcome: 'delivered' });
  expect(rebinding.asked()).toBe(1);
  expect(await rebinding.send(message(hooks()))).toEqual({ outcome: 'target-refused' });
});

it('is not even connected for when the address is not allowed', async () => {
  const before = [receiver.connections(), plain.connections()];
  const { send } = senderTo([loopback], { allowed: [] });
  for (const url of [hooks(), `http://127.0.0.1:${plain.port}/`, `https://127.0.0.1:${receiver.port}/`])
    expect(await send(message(url))).toEqual({ outcome: 'target-refused' });
  expect([receiver.connections(), plain.connections()]).toEqual(before);
});

it('follows no redirect', async () => {
  receiver.answer(answerWith(307, { location: `http://127.0.0.1:${plain.port}/` }));
  expect(await senderTo([loopback]).send(message(hooks()))).toEqual({ outcome: 'refused', httpStatus: 307 });
  expect(plain.received).toEqual([]);
});

it('tells a refusal from silence, and silence from nobody there', async () => {
  const { send } = senderTo([loopback]);
  receiver.answer(answerWith(500));
  expect(await send(message(hooks()))).toEqual({ outcome: 'refused', httpStatus: 500 });
  receiver.answer(() => {});
  expect(await send(message(hooks()))).toEqual({ outcome: 'timeout' });
  expect(await send(message('https://hooks.test:1/'))).toEqual({ outcome: 'unreachable' });
});

it('tells when a receiver that is busy or away wants to be asked again, and of nobody else', async () => {
  const { send } = senderTo([loopback]);
  const asked = async (status: number, retryAfter: string) => {
    receiver.answer(answerWith(status, { 'retry-after': retryAfter }));
    return await send(message(hooks()));
  };
  for (const status of [429, 503])
    expect(await asked(status, '17')).toEqual({ outcome: 'refused', httpStatus: status, retryAfter: '17' });
  expect(await asked(500, '17')).toEqual({ outcome: 'refused', httpStatus: 500 });
  expect(await asked(200, '17')).toEqual({ outcome: 'delivered', httpStatus: 200 });
});

it('refuses a certificate of another name, or of an authority that nobody trusts', async () => {
  const url = `https://other.test:${receiver.port}/`;
  expect(await senderTo([loopback]).send(message(url))).toEqual({ outcome: 'unreachable' });
  const check = createTargetCheck({ allowed: allowedHostsOf(['127.0.0.1']), resolve: async () => loopback });
  const send = createSender({ check, timeoutMs: 500, atOnce: { perOrigin: 1, altogether: 1 } });
  expect(await send(message(hooks()))).toEqual({ outcome: 'unreachable' });
  expect(receiver.received).toEqual([]);
});

it('is delivered however long the answer goes on', async () => {
  receiver.answer((_, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
    response.on('close', () => clearInterval(timer));
  });
  expect(await senderTo([loopback]).send(message(hooks()))).toEqual({
    outcome: 'delivered',
    httpStatus: 200,
  });
});

it('waits for nobody: when as many as may be are under way, it is not sent', async () => {
  const { send } = senderTo([loopback], { perOrigin: 1 });
  receiver.answer(() => {});
  const slow = send(message(hooks()));
  expect(await send(message(hooks()))).toEqual({ outcome: 'busy' });
  expect(await slow).toEqual({ outcome: 'timeout' });
});
