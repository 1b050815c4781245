// Links as the bank writes them: what it does differently from "the absolute URL of this resource" is data.
import type { LinkRule } from '../personalities/resource-choices.ts';
import type { ResourceDeps } from './deps.ts';
import type { Operation } from './operation.ts';
import type { ApiVersion } from './records.ts';

interface Answered {
  version: ApiVersion;
  operation: Operation;
}

export function withLinksAsWritten(deps: ResourceDeps, answered: Answered, body: object): object {
  const rules = deps.choices.links.filter((rule) => holds(rule, answered));
  if (rules.length === 0 || !('Links' in body) || typeof body.Links !== 'object') return body;
  const links = Object.entries(body.Links ?? {}).map(([name, link]) => [
    name,
    typeof link === 'string' ? rules.reduce((url, rule) => written(deps, answered, rule, url), link) : link,
  ]);
  return { ...body, Links: Object.fromEntries(links) };
}

function holds({ paths, versions }: LinkRule, { version, operation }: Answered): boolean {
  const [, segment = ''] = operation.path.split('/');
  return (
    (paths === undefined || paths.includes(segment)) && (versions === undefined || versions.includes(version))
  );
}

function written(deps: ResourceDeps, { operation }: Answered, rule: LinkRule, link: string): string {
  const [path = '', ...query] = link.split('?');
  const search = query.length === 0 ? '' : `?${query.join('?')}`;
  let own = path;
  if (rule.withoutNewId && operation.method === 'POST') own = own.replace(/\/[^/]+$/, '');
  if (rule.base) own = own.replace(deps.servedAt(rule.base.own), deps.servedAt(rule.base.written));
  if (rule.wrong) own = deps.servedAt('https://internal.invalid/gateway/resource');
  if (rule.trailingSlash) own = `${own}/`;
  return `${own}${search}`;
}
