// Keys for payloads that are waited for while the database is away: journeys wait with them, and nothing fails.
import { setTimeout } from 'node:timers/promises';
import { StoreUnavailable } from '../store/store-error.ts';
import type { PayloadKeys } from '../temporal/payload-codec.ts';

/** @param pauseMs between two attempts */
export function patientKeys(keys: PayloadKeys, pauseMs = 250): PayloadKeys {
  async function untilThere<Key>(read: () => Promise<Key>): Promise<Key> {
    for (;;) {
      try {
        return await read();
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
      }
      await setTimeout(pauseMs);
    }
  }
  return {
    current: () => untilThere(keys.current),
    get: (keyId) => untilThere(() => keys.get(keyId)),
  };
}
