// One line and one measurement per request: the route's pattern, never its ids, query or body.
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ApiDeps, ApiEnv } from '../deps.ts';

export function accessLog({ log, metrics }: Pick<ApiDeps, 'log' | 'metrics'>): MiddlewareHandler<ApiEnv> {
  // These lines have a closed set of members: looking for secrets in each would cost a tenth of the busy path.
  const lines = log.child({}, { redact: [] });
  return async (c, next) => {
    const startedMs = performance.now();
    await next();
    const durationMs = performance.now() - startedMs;
    const { method } = c.req;
    // Middleware is mounted under a star, so what is left of the matches is the route itself.
    const route = matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'unmatched';
    const { status } = c.res;
    metrics.requestAnswered(method, route, status, durationMs);
    const { correlationId, interactionId } = c.var;
    lines.info(
      {
        correlationId,
        ...(interactionId !== undefined && { interactionId }),
        method,
        route,
        status,
        durationMs: Math.round(durationMs * 10) / 10,
      },
      'request',
    );
  };
}
