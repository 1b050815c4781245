// What operators and their tools ask: is it alive, is it ready, how is it doing.
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiDeps, ApiEnv } from '../deps.ts';

type Deps = Pick<ApiDeps, 'journeys' | 'readiness' | 'metrics'>;

export function addOperatorRoutes(api: OpenAPIHono<ApiEnv>, { journeys, readiness, metrics }: Deps): void {
  for (const path of ['/health/live', '/healthz']) api.get(path, (c) => c.json({ status: 'alive' }));

  api.get('/health/ready', async (c) => {
    const checks = {
      database: readiness.database(),
      temporal: journeys.isReachable(),
      'encryption key': readiness.encryptionKey(),
    };
    // All at once, and each with its own end: one that fails early must not go unheard.
    const found = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => ((await check.catch(() => false)) ? [] : [name])),
    );
    const missing = found.flat();
    return missing.length === 0 ? c.json({ status: 'ready' }) : c.json({ status: 'not ready', missing }, 503);
  });

  api.get('/metrics', async (c) =>
    c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  );
}
