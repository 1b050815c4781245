// Requests that are held at the bank until they are let go.
import { readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSandbox, type Sandbox } from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.remove());

const path = '/.well-known/openid-configuration';

/** @returns the first line of the answer; nothing when the connection ends without one */
function ask(): Promise<string> {
  const { hostname, port } = new URL(sandbox.urls.browser);
  const ca = readFileSync(sandbox.caFile);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), servername: hostname, ca }, () =>
      socket.write(`GET /hybrid${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (bytes) => {
      text += bytes.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text.split('\r\n')[0] ?? ''));
  });
}

async function untilHeld() {
  for (;;) {
    const { body } = await sandbox.control('GET', '/held');
    if (body.length > 0) return body[0];
  }
}

it.each([
  ['hold', 'go-on', false, 'HTTP/1.1 200 OK'],
  ['hold', 'close', false, ''],
  ['hold-answer', 'go-on', true, 'HTTP/1.1 200 OK'],
  ['hold-answer', 'close', true, ''],
])('%s, then %s', async (kind, how, acted, expected) => {
  await sandbox.control('POST', '/faults', { bank: 'hybrid', path, times: 1, fault: { kind } });
  const answer = ask();
  const held = await untilHeld();
  expect(held).toMatchObject({ bank: 'hybrid', method: 'GET', path, acted });
  expect((await sandbox.control('POST', `/held/${held.id}/release`, { how })).status).toBe(204);
  expect(await answer).toBe(expected);
  expect((await sandbox.control('GET', '/held')).body).toEqual([]);
});

it('what is not held cannot be released', async () => {
  expect((await sandbox.control('POST', '/held/none/release', { how: 'close' })).status).toBe(404);
});
