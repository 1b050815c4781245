// Encrypts everything that journeys carry (inputs, results, summaries, details, failure messages) before it leaves the
// process: AES-256-GCM under the same keys as the records, so that Temporal only ever stores cipher text.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { METADATA_ENCODING_KEY, type Payload, type PayloadCodec } from '@temporalio/common';

export interface PayloadKeys {
  /** The key for new payloads. */
  current(): Promise<{ id: string; key: Uint8Array }>;
  /** The key that an earlier payload was written with. @throws when it is not known */
  get(keyId: string): Promise<Uint8Array>;
}

const encoding = 'binary/encrypted';
const keyIdMember = 'encryption-key-id';
const nonceLength = 12;
const tagLength = 16;
const text = {
  encode: (value: string) => Buffer.from(value, 'utf8'),
  decode: (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'),
};

export function createPayloadCodec(keys: PayloadKeys): PayloadCodec {
  return {
    encode: (payloads) => Promise.all(payloads.map((payload) => encrypt(keys, payload))),
    decode: (payloads) => Promise.all(payloads.map((payload) => decrypt(keys, payload))),
  };
}

/** Large, and not needed before the first payload: loaded then. */
const protocol = async () => (await import('@temporalio/proto')).default;

async function encrypt(keys: PayloadKeys, payload: Payload): Promise<Payload> {
  const { id, key } = await keys.current();
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associatedData(id));
  const proto = await protocol();
  const plain = proto.temporal.api.common.v1.Payload.encode(payload).finish();
  const data = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return {
    metadata: { [METADATA_ENCODING_KEY]: text.encode(encoding), [keyIdMember]: text.encode(id) },
    data,
  };
}

async function decrypt(keys: PayloadKeys, payload: Payload): Promise<Payload> {
  const { metadata, data } = payload;
  const named = metadata?.[METADATA_ENCODING_KEY];
  if (!named || text.decode(named) !== encoding) return payload;
  const idBytes = metadata?.[keyIdMember];
  if (!idBytes || !data) throw new Error('An encrypted payload lacks its key id or its data.');
  const id = text.decode(idBytes);
  const decipher = createDecipheriv('aes-256-gcm', await keys.get(id), data.subarray(0, nonceLength))
    .setAAD(associatedData(id))
    .setAuthTag(data.subarray(data.length - tagLength));
  const plain = Buffer.concat([
    decipher.update(data.subarray(nonceLength, data.length - tagLength)),
    decipher.final(),
  ]);
  const proto = await protocol();
  return proto.temporal.api.common.v1.Payload.decode(plain);
}

const associatedData = (keyId: string) => text.encode(`temporal-payload:${keyId}`);
