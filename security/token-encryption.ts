// Encryption of secrets at rest: AES-256-GCM (NIST SP 800-38D) with 96-bit random nonces and 128-bit tags, every text
// bound to the place it belongs to by its associated data.
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';

export interface EncryptionKey {
  id: string;
  /** 32 bytes. */
  key: Uint8Array;
}

/** Where keys come from. A key that was ever written with stays readable, whatever the current one is. */
export interface Keyring {
  /** The key for what is written from now on. */
  current(tenant: string): Promise<EncryptionKey>;
  /** The key that something earlier was written with. */
  get(tenant: string, keyId: string): Promise<Uint8Array>;
}

export interface Sealed {
  keyId: string;
  nonce: Uint8Array;
  ciphertext: Uint8Array;
  tag: Uint8Array;
}

/** The key that is needed is not there or is not a key. */
export class EncryptionKeyUnusable extends Error {
  override name = 'EncryptionKeyUnusable';
}

/** What was read is not what was written: altered, moved to another place, or another key. */
export class SealBroken extends Error {
  override name = 'SealBroken';
}

const algorithm = 'aes-256-gcm';
export const keyLength = 32;
export const nonceLength = 12;
export const tagLength = 16;

/** @param associatedData says whose text this is; it is needed again for opening and is not stored */
export function seal(key: EncryptionKey, plaintext: Uint8Array, associatedData: string): Sealed {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv(algorithm, usable(key.key), nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(associatedData));
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { keyId: key.id, nonce, ciphertext, tag: cipher.getAuthTag() };
}

/** @throws {SealBroken} when text, tag, key and associated data do not belong together */
export function open(key: Uint8Array, sealed: Sealed, associatedData: string): Buffer {
  const usableKey = usable(key);
  try {
    const decipher = createDecipheriv(algorithm, usableKey, sealed.nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(associatedData)).setAuthTag(sealed.tag);
    return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]);
  } catch {
    throw new SealBroken('An encrypted object is not what was written in its place.');
  }
}

/** To make a key of bytes takes longer than to use it. */
const keyObjects = new WeakMap<Uint8Array, KeyObject>();

function usable(key: Uint8Array): KeyObject {
  let made = keyObjects.get(key);
  if (made === undefined) {
    if (key.length !== keyLength)
      throw new EncryptionKeyUnusable('An encryption key has to be 32 bytes long.');
    made = createSecretKey(key);
    keyObjects.set(key, made);
  }
  return made;
}
