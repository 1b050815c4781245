// The resource server of one bank: every endpoint of both versions on one Hono application, mounted at `…/open-banking`.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import type { ResourceDeps } from './deps.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import type { ApiVersion } from './records.ts';
import { interactionIdOf, serveOperation } from './serve-operation.ts';

const versions: readonly ApiVersion[] = ['v3.1', 'v4.0'];

export function createResourceApp(deps: ResourceDeps): Hono<{ Bindings: HttpBindings }> {
  // Ready at once: another one makes an expression of all paths first, which is long for a bank that is asked a few times.
  const app = new Hono<{ Bindings: HttpBindings }>({ router: new TrieRouter() });
  const served = operations.filter((operation) => isOffered(operation, deps.choices));
  for (const version of versions) {
    for (const operation of served) {
      app.on(operation.method, pathOf(version, operation), (context) =>
        serveOperation(deps, {
          version,
          operation,
          request: context.req.raw,
          connection: context.env.incoming,
          params: context.req.param(),
        }),
      );
    }
    // A path that exists, by a method that does not.
    for (const operation of served)
      app.all(pathOf(version, operation), (context) => bare(405, context.req.raw));
  }
  app.all('*', (context) => bare(404, context.req.raw));
  return app;
}

function isOffered({ family, isServed }: Operation, choices: ResourceDeps['choices']): boolean {
  if (family !== undefined && !choices.paymentFamilies.includes(family)) return false;
  return isServed?.(choices) ?? true;
}

function pathOf(version: ApiVersion, operation: Operation): string {
  return `/${version}/${operation.group}${operation.path.replace(/\{(\w+)\}/g, ':$1')}`;
}

/** An answer without a body, as published for 404 and 405. */
function bare(status: 404 | 405, request: Request): Response {
  return new Response(null, { status, headers: { 'x-fapi-interaction-id': interactionIdOf(request) } });
}
