// The Open Banking Directory, as far as third parties and banks ask it: tokens, software statements, key sets.
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { JWK } from 'jose';
import type { Clock } from '../../clock.ts';
import { bearerToken } from '../authentication.ts';
import { clientCertificate } from '../client-certificate.ts';
import type { Seal } from '../pki.ts';
import { softwareStatement } from './software-statement.ts';
import type { ThirdParties } from './third-parties.ts';
import { DirectoryTokens, TokenRefusal } from './tokens.ts';

export interface DirectoryParts {
  url: string;
  seal: Seal;
  clock: Clock;
  thirdParties: ThirdParties;
  /** Public keys of an organisation's banks. */
  bankKeys(organisationId: string): JWK[] | undefined;
}

type DirectoryContext = Context<{ Bindings: HttpBindings }>;

export function createDirectory(parts: DirectoryParts): Hono<{ Bindings: HttpBindings }> {
  const { url, seal, clock, thirdParties, bankKeys } = parts;
  const tokens = new DirectoryTokens(`${url}/as/token.oauth2`, clock, (id) => thirdParties.bySoftware(id));
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post('/as/token.oauth2', async (context) => {
    const certificate = clientCertificate(context.env.incoming);
    if (!certificate) return context.json({ error: 'invalid_client' }, 401);
    try {
      return context.json(await tokens.issue(await context.req.parseBody(), certificate));
    } catch (error) {
      if (!(error instanceof TokenRefusal)) throw error;
      return context.json({ error: error.code, error_description: error.message }, 400);
    }
  });

  app.get('/api/v2/tpp/:organisationId/ssa/:softwareId', async (context) => {
    const certificate = clientCertificate(context.env.incoming);
    const asking = certificate && tokens.softwareOf(bearerToken(context.env.incoming) ?? '', certificate);
    if (asking === undefined) return context.body(null, 401, { 'www-authenticate': 'Bearer' });
    const { organisationId, softwareId } = context.req.param();
    const thirdParty = thirdParties.bySoftware(softwareId);
    if (thirdParty?.organisationId !== organisationId) return context.body(null, 404);
    if (asking !== softwareId) return context.body(null, 403);
    const statement = await softwareStatement(thirdParty, url, seal, clock);
    return context.body(statement, 200, { 'content-type': 'application/jws+json' });
  });

  app.get('/directory.jwks', (context) => keySet(context, [seal.publicJwk]));
  app.get('/software/revoked/:file', (context) => keySet(context, []));
  app.get('/software/:file', (context) =>
    keySet(context, thirdParties.bySoftware(nameOf(context))?.sealKeys),
  );
  app.get('/organisations/:file', (context) => keySet(context, bankKeys(nameOf(context))));
  return app;
}

function keySet(context: DirectoryContext, keys: JWK[] | undefined): Response {
  if (!keys) return context.body(null, 404);
  return context.body(JSON.stringify({ keys }), 200, { 'content-type': 'application/jwk-set+json' });
}

function nameOf(context: DirectoryContext): string {
  return context.req.param('file')?.replace(/\.jwks$/, '') ?? '';
}
