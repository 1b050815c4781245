// The API as a process.
import { composeApi } from '../api/compose.ts';
import { startApi } from '../api/server.ts';
import type { Config } from '../config.ts';
import { layFoundation } from './foundation.ts';

export async function startApiRole(config: Config) {
  const foundation = layFoundation(config, 'api');
  const parts = await composeApi(config, foundation, foundation.banks);
  foundation.followCircuits(parts.deps.metrics.circuitChanged);
  const api = await startApi(config, parts.deps);
  setImmediate(parts.warmUp);
  return {
    addresses: { api: api.url, public: api.publicUrl },
    stop: async () => {
      await api.close();
      await parts.close();
      await foundation.close();
    },
  };
}
