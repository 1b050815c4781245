// A payload codec with a key that is no secret: recorded histories have to be readable for ever.
import { createPayloadCodec } from '../../temporal/payload-codec.ts';

const key = Buffer.from('this key encrypts nothing secret').subarray(0, 32);

export const testCodec = createPayloadCodec({
  current: async () => ({ id: 'test', key }),
  get: async () => key,
});
