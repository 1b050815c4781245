import { createCipheriv, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EncryptionKeyUnusable, open, SealBroken, seal } from '../../security/token-encryption.ts';

const key = { id: 'key-1', key: randomBytes(32) };
const place = 'tenant, owner, purpose';
const text = Buffer.from('a refresh token');

describe('token encryption', () => {
  it('opens what it sealed, whatever the text and the place', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), (plain, associatedData) => {
        const sealed = seal(key, plain, associatedData);
        expect(new Uint8Array(open(key.key, sealed, associatedData))).toEqual(plain);
      }),
    );
  });

  it('names the key and never uses a nonce twice', () => {
    const sealed = Array.from({ length: 1000 }, () => seal(key, text, place));
    expect(new Set(sealed.map(({ nonce }) => Buffer.from(nonce).toString('hex'))).size).toBe(1000);
    for (const { keyId, nonce, tag } of sealed)
      expect([keyId, nonce.length, tag.length]).toEqual(['key-1', 12, 16]);
  });

  it('is AES-256-GCM with the place as associated data', () => {
    const { nonce, ciphertext, tag } = seal(key, text, place);
    const cipher = createCipheriv('aes-256-gcm', key.key, nonce).setAAD(Buffer.from(place));
    expect(Buffer.concat([cipher.update(text), cipher.final()])).toEqual(ciphertext);
    expect(cipher.getAuthTag()).toEqual(tag);
  });

  it.each(['nonce', 'ciphertext', 'tag'] as const)('refuses an altered %s', (part) => {
    const sealed = seal(key, text, place);
    const altered = Buffer.from(sealed[part]);
    altered.writeUInt8(altered.readUInt8(0) ^ 1, 0);
    expect(() => open(key.key, { ...sealed, [part]: altered }, place)).toThrow(SealBroken);
  });

  it('refuses a shortened tag', () => {
    const sealed = seal(key, text, place);
    expect(() => open(key.key, { ...sealed, tag: sealed.tag.subarray(0, 12) }, place)).toThrow(SealBroken);
  });

  it('refuses another place and another key', () => {
    const sealed = seal(key, text, place);
    expect(() => open(key.key, sealed, 'another place')).toThrow(SealBroken);
    expect(() => open(randomBytes(32), sealed, place)).toThrow(SealBroken);
  });

  it.each([0, 16, 31, 33])('refuses a key of %i bytes', (length) => {
    const wrong = randomBytes(length);
    expect(() => seal({ id: 'short', key: wrong }, text, place)).toThrow(EncryptionKeyUnusable);
    expect(() => open(wrong, seal(key, text, place), place)).toThrow(EncryptionKeyUnusable);
  });
});
