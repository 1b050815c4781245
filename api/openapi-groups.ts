// The OpenAPI document by groups of operations, as the reference serves it: each with the schemas that it uses.
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './deps.ts';
import { describeApi } from './openapi.ts';

type Document = ReturnType<typeof describeApi>;

/** Operations of a tag of its own belong to no other group. */
interface Group {
  title: string;
  paths?: readonly string[];
  tag?: string;
  /** Whether the events that are told stand in it. */
  webhooks?: true;
}

export const testTag = 'Testing';

export const openApiGroups = {
  manage: {
    title: 'Management',
    paths: ['/manage/', '/banks', '/webhook-endpoints', '/webhook-events'],
    webhooks: true,
  },
  aisp: { title: 'Account information', paths: ['/aisp/'] },
  pisp: { title: 'Payment initiation', paths: ['/pisp/', '/payment-journeys', '/payments', '/.well-known/'] },
  cbpii: { title: 'Confirmation of funds', paths: ['/cbpii/'] },
  accounts: { title: 'Accounts of a customer', paths: ['/accounts'] },
  vrp: { title: 'Variable recurring payments', paths: ['/vrp/'] },
  'auth-contexts': { title: 'Auth contexts', paths: ['/auth/'] },
  test: { title: testTag, tag: testTag },
} as const satisfies Record<string, Group>;

export function describeGroup(
  api: OpenAPIHono<ApiEnv>,
  { title, paths = [], tag, webhooks: hasWebhooks }: Group,
): Document {
  const { components, info, webhooks = {}, ...document } = describeApi(api);
  const told = hasWebhooks === true ? { webhooks } : {};
  const fits = (path: string, tags: readonly string[] = []) =>
    tags.includes(testTag) ? tag === testTag : paths.some((prefix) => path.startsWith(prefix));
  const chosen = Object.entries(document.paths ?? {}).flatMap(([path, item]) => {
    const operations = Object.entries(item).filter(([, { tags }]) => fits(path, tags));
    return operations.length === 0 ? [] : [[path, Object.fromEntries(operations)] as const];
  });
  const all = Object.entries(components?.schemas ?? {});
  const used = schemasUsedBy([chosen, told], new Map(all));
  return {
    ...document,
    info: { ...info, title: `${info.title}: ${title}` },
    ...told,
    paths: Object.fromEntries(chosen),
    components: { schemas: Object.fromEntries(all.filter(([name]) => used.has(name))) },
  };
}

/** Names of what something refers to, and of what that refers to. */
function schemasUsedBy(
  something: unknown,
  schemas: ReadonlyMap<string, unknown>,
  used = new Set<string>(),
): Set<string> {
  for (const [, name = ''] of JSON.stringify(something).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
    if (used.has(name)) continue;
    used.add(name);
    schemasUsedBy(schemas.get(name) ?? null, schemas, used);
  }
  return used;
}
