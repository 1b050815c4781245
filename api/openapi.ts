// The OpenAPI 3.1 document, made from the operations that are mounted: https://spec.openapis.org/oas/v3.1.1
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './deps.ts';
import { withPublishedBodies } from './schemas/published-body.ts';

export function describeApi(api: OpenAPIHono<ApiEnv>) {
  const described = api.getOpenAPI31Document({
    openapi: '3.1.1',
    info: {
      title: 'Durable Open Banking',
      version: '0.1.0',
      description:
        'Account information, payments and confirmation of funds at banks, each dealing a durable journey.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
  });
  return withPublishedBodies(described);
}
