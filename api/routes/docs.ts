// The reference page, from local files alone and under a strict content-security policy.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../deps.ts';
import { describeGroup, openApiGroups } from '../openapi-groups.ts';

const assets: Record<string, { file: string; type: string }> = {
  'swagger-ui.css': { file: packaged('swagger-ui.css'), type: 'text/css' },
  'swagger-ui-bundle.js': { file: packaged('swagger-ui-bundle.js'), type: 'text/javascript' },
  'start.js': { file: fileURLToPath(new URL('../public/docs.js', import.meta.url)), type: 'text/javascript' },
};

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Durable Open Banking: API reference</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><main id="reference"></main>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

// Swagger UI sets style attributes and draws its icons as data addresses; it needs nothing else beyond itself.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function addDocsRoutes(api: OpenAPIHono<ApiEnv>): void {
  for (const [name, group] of Object.entries(openApiGroups))
    api.get(`/swagger/${name}/swagger.json`, (c) => c.json(describeGroup(api, group)));
  api.get('/docs', (c) => c.html(page, 200, { 'content-security-policy': policy }));
  api.get('/swagger/index.html', (c) => c.redirect('/docs'));
  for (const [name, { file, type }] of Object.entries(assets)) {
    api.get(`/docs/${name}`, async (c) =>
      c.body(await readFile(file), 200, { 'content-type': type, 'x-content-type-options': 'nosniff' }),
    );
  }
}

function packaged(name: string): string {
  return fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`));
}
