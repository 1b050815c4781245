// Which operation a request is about, from the path that the request log and faults know it by.
import type { ApiGroup, Operation } from './operation.ts';
import { operations } from './operations.ts';
import type { ApiVersion } from './records.ts';

export interface NamedOperation {
  version: ApiVersion;
  group: ApiGroup;
  method: Operation['method'];
  /** As published, e.g. `/accounts/{AccountId}/balances`. */
  path: string;
  /** `GET /accounts/{AccountId}/balances`. */
  name: string;
}

const patterns = operations.map(({ group, method, path }) => ({
  ...{ group, method, path, name: `${method} ${path}` },
  pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
}));

export const operationNames: readonly string[] = patterns.map(({ name }) => name);

/** Nothing for what is no operation of a resource server. `path` begins with `/open-banking`. */
export function operationOf(method: string, path: string): NamedOperation | undefined {
  const [, version, group, rest = ''] = /^\/open-banking\/(v3\.1|v4\.0)\/(\w+)(\/.*)$/.exec(path) ?? [];
  if (version !== 'v3.1' && version !== 'v4.0') return undefined;
  const found = patterns.find(
    (one) => one.method === method && one.group === group && one.pattern.test(rest),
  );
  return found && { version, group: found.group, method: found.method, path: found.path, name: found.name };
}
