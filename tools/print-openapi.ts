// Prints the OpenAPI document of the connector API without starting anything.
import { createApi } from '../api/app.ts';
import type { ApiDeps } from '../api/deps.ts';
import { describeApi } from '../api/openapi.ts';

// Describing an API needs none of what it is made of, so one thing may stand in for every part, and for whatever a part
// answers. The codec endpoint is no part of the document and may be absent.
const nothing: ApiDeps & (() => unknown) = new Proxy(
  Object.assign(() => nothing, {} as ApiDeps),
  {
    get: (_, name) => (name === 'codecEndpoint' ? undefined : nothing),
  },
);

process.stdout.write(`${JSON.stringify(describeApi(createApi(nothing)), null, 2)}\n`);
