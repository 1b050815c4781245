import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { expect, test } from 'vitest';
import { codecEndpoint } from '../../temporal/codec-endpoint.ts';
import { createPayloadCodec } from '../../temporal/payload-codec.ts';

const keys = new Map([
  ['old', randomBytes(32)],
  ['new', randomBytes(32)],
]);
const get = async (id: string) => {
  const key = keys.get(id);
  if (key === undefined) throw new Error(`No key ${id}.`);
  return key;
};
const codecWith = (id: string) =>
  createPayloadCodec({ current: async () => ({ id, key: await get(id) }), get });
const payload = (value: unknown): Payload => {
  const converted = defaultPayloadConverter.toPayload(value);
  if (converted === undefined) throw new Error('Not convertible.');
  return converted;
};

test('what was encoded is read back, and nothing of it is legible in between', async () => {
  const [encoded] = await codecWith('new').encode([payload({ iban: 'GB33BUKB20201555555555' })]);
  expect(Buffer.from(encoded?.data ?? []).toString('latin1')).not.toContain('BUKB');
  const [decoded] = await codecWith('new').decode(encoded ? [encoded] : []);
  expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toEqual({ iban: 'GB33BUKB20201555555555' });
});

test('a payload under an earlier key is read after the key has changed', async () => {
  const encoded = await codecWith('old').encode([payload('before')]);
  const [decoded] = await codecWith('new').decode(encoded);
  expect(defaultPayloadConverter.fromPayload(decoded ?? {})).toBe('before');
});

test('a payload that was tampered with is refused', async () => {
  const [encoded] = await codecWith('new').encode([payload('value')]);
  const data = Uint8Array.from(encoded?.data ?? []);
  data[20] = (data[20] ?? 0) ^ 1;
  await expect(codecWith('new').decode([{ ...encoded, data }])).rejects.toThrow();
});

test('a payload that nobody encrypted passes through unchanged', async () => {
  const plain = payload('clear');
  expect(await codecWith('new').decode([plain])).toEqual([plain]);
});

const ui = 'http://127.0.0.1:8233';
const wire = (encoded: Payload[]) =>
  encoded.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(
      Object.entries(metadata ?? {}).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
    ),
    data: Buffer.from(data ?? []).toString('base64'),
  }));
const ask = (body: unknown, origin = ui) =>
  codecEndpoint(codecWith('new'), [ui]).request('/decode', {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

test('the codec endpoint decodes for the UI', async () => {
  const encoded = await codecWith('new').encode([payload('waiting for the customer')]);
  const response = await ask({ payloads: wire(encoded) });
  expect(response.headers.get('access-control-allow-origin')).toBe(ui);
  const { payloads } = (await response.json()) as { payloads: { data: string }[] };
  expect(Buffer.from(payloads[0]?.data ?? '', 'base64').toString()).toBe('"waiting for the customer"');
});

test('the codec endpoint refuses other origins, malformed bodies and unreadable payloads', async () => {
  const encoded = await codecWith('new').encode([payload('secret')]);
  expect((await ask({ payloads: wire(encoded) }, 'https://elsewhere.example')).status).toBe(403);
  expect((await ask({ payloads: 'nonsense' })).status).toBe(400);
  const [first] = wire(encoded);
  const unknownKey = {
    ...first,
    metadata: { ...first?.metadata, 'encryption-key-id': Buffer.from('gone').toString('base64') },
  };
  const answer = await ask({ payloads: [unknownKey] });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({ code: 'payload-unreadable' });
});
