// Signatures of webhooks, by a shared secret (`v1`) or by a key pair (`v1a`):
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export const signatureKinds = ['hmac-sha256', 'ed25519'] as const;
export type SignatureKind = (typeof signatureKinds)[number];

export interface SigningSecret {
  /** `whsec_…` is shared with the receiver, `whsk_…` never leaves us. */
  secret: string;
  /** `whpk_…`: what the receiver verifies with; null where that is the secret itself. */
  publicKey: string | null;
}

export interface SignedContent {
  /** Of the event: the same at every attempt. */
  id: string;
  /** Of the attempt. */
  timestampSeconds: number;
  /** The bytes that are sent. */
  body: string;
}

const prefixes = { shared: 'whsec_', private: 'whsk_', public: 'whpk_' } as const;
const sharedBytes = 32;
const seedBytes = 32;

export function newSigningSecret(kind: SignatureKind): SigningSecret {
  if (kind === 'hmac-sha256')
    return { secret: prefixes.shared + randomBytes(sharedBytes).toString('base64'), publicKey: null };
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  if (d === undefined || x === undefined) throw new Error('A key pair has both of its halves.');
  const [seed, point] = [Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')];
  return {
    secret: prefixes.private + Buffer.concat([seed, point]).toString('base64'),
    publicKey: prefixes.public + point.toString('base64'),
  };
}

/** The value of `webhook-signature`: one signature for each secret, so that receivers may know either. */
export const signaturesOf = (secrets: readonly string[], content: SignedContent): string =>
  secrets.map((secret) => signatureOf(secret, content)).join(' ');

function signatureOf(secret: string, { id, timestampSeconds, body }: SignedContent): string {
  const signed = Buffer.from(`${id}.${timestampSeconds}.${body}`);
  if (secret.startsWith(prefixes.private)) {
    const bytes = Buffer.from(secret.slice(prefixes.private.length), 'base64');
    const d = bytes.subarray(0, seedBytes).toString('base64url');
    const x = bytes.subarray(seedBytes).toString('base64url');
    const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
    return `v1a,${sign(null, signed, key).toString('base64')}`;
  }
  const shared = Buffer.from(secret.slice(prefixes.shared.length), 'base64');
  return `v1,${createHmac('sha256', shared).update(signed).digest('base64')}`;
}
