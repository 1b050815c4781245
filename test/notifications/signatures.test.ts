// Signatures, verified by others than those who make them: the library of Standard Webhooks, and Web Cryptography.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { newSigningSecret, signaturesOf } from '../../notifications/signatures.ts';

const nowSeconds = () => Math.floor(systemClock.nowMs() / 1000);
const content = (body: string) => ({ id: randomUUID(), timestampSeconds: nowSeconds(), body });
const headersOf = ({ id, timestampSeconds }: ReturnType<typeof content>, signature: string) => ({
  'webhook-id': id,
  'webhook-timestamp': String(timestampSeconds),
  'webhook-signature': signature,
});

it('by a shared secret are those of the library, whatever is signed', () => {
  const { secret, publicKey } = newSigningSecret('hmac-sha256');
  expect(publicKey).toBeNull();
  fc.assert(
    fc.property(fc.json(), (body) => {
      const signed = content(body);
      const signature = signaturesOf([secret], signed);
      const { id, timestampSeconds } = signed;
      const judge = new Webhook(secret);
      expect(signature).toBe(judge.sign(id, new Date(timestampSeconds * 1000), body));
      expect(judge.verify(body, headersOf(signed, signature))).toEqual(JSON.parse(body));
    }),
  );
});

it('by a shared secret fit no other body, id, time or secret', () => {
  const { secret } = newSigningSecret('hmac-sha256');
  const signed = content('{"type":"a"}');
  const headers = headersOf(signed, signaturesOf([secret], signed));
  const judge = new Webhook(secret);
  expect(() => judge.verify('{"type":"b"}', headers)).toThrow();
  expect(() => judge.verify(signed.body, { ...headers, 'webhook-id': randomUUID() })).toThrow();
  const later = { ...headers, 'webhook-timestamp': String(signed.timestampSeconds + 1) };
  expect(() => judge.verify(signed.body, later)).toThrow();
  expect(() => new Webhook(newSigningSecret('hmac-sha256').secret).verify(signed.body, headers)).toThrow();
});

it('by a new and an old secret are each good for whoever knows one of them', () => {
  const [old, young] = [newSigningSecret('hmac-sha256').secret, newSigningSecret('hmac-sha256').secret];
  const signed = content('{}');
  const headers = headersOf(signed, signaturesOf([young, old], signed));
  for (const secret of [old, young]) expect(new Webhook(secret).verify('{}', headers)).toEqual({});
});

async function isSignedBy(publicKey: string, text: string, signature: string): Promise<boolean> {
  const x = Buffer.from(publicKey.replace('whpk_', ''), 'base64').toString('base64url');
  const key = await crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', true, [
    'verify',
  ]);
  const bytes = Buffer.from(signature.replace('v1a,', ''), 'base64');
  return await crypto.subtle.verify('Ed25519', key, bytes, Buffer.from(text));
}

it('by a key pair are good for its public half and for no other', async () => {
  const { secret, publicKey } = newSigningSecret('ed25519');
  const other = newSigningSecret('ed25519');
  const signed = content('{"type":"payment.status-changed"}');
  const signature = signaturesOf([secret], signed);
  const text = `${signed.id}.${signed.timestampSeconds}.${signed.body}`;
  expect(signature).toMatch(/^v1a,[A-Za-z0-9+/]{86}==$/);
  expect(await isSignedBy(publicKey ?? '', text, signature)).toBe(true);
  expect(await isSignedBy(publicKey ?? '', `${text} `, signature)).toBe(false);
  expect(await isSignedBy(other.publicKey ?? '', text, signature)).toBe(false);
  expect(secret).not.toContain(publicKey?.slice('whpk_'.length));
});
