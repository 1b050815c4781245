// One id for everything that happens because of a request: taken from the caller when it is a UUID, else made here.
import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { ApiEnv } from '../deps.ts';

export const correlationHeader = 'x-correlation-id';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const correlationId: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const given = c.req.header(correlationHeader);
  const id = given !== undefined && uuid.test(given) ? given : randomUUID();
  c.set('correlationId', id);
  c.header(correlationHeader, id);
  await next();
};
