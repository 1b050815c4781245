// Prints the OpenAPI document of the connector API without starting anything.
import { createApi } from '../api/app.ts';
import type { ApiDeps } from '../api/deps.ts';
import { describeApi } from '../api/openapi.ts';

// Describing an API calls none of what it is made of, so every part may stand in for every other. The codec endpoint
// is no part of the document and may be absent.
const nothing: ApiDeps = new Proxy(Object.create(null), {
  get: (_, name) => (name === 'codecEndpoint' ? undefined : nothing),
});

process.stdout.write(`${JSON.stringify(describeApi(createApi(nothing)), null, 2)}\n`);
