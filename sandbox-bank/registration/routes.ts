// The registration endpoint: POST /register, and GET, PUT and DELETE of one client (DCR v3.3, RFC 7591 and 7592).
import { randomUUID, type X509Certificate } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { authenticate, bearerToken } from '../authentication.ts';
import { clientCertificate } from '../client-certificate.ts';
import type { RunningBank } from '../running-bank.ts';
import { RegistrationRefusal } from './refusal.ts';
import { answerOf, type Registration } from './registration.ts';
import { readRegistrationRequest, type SeenIds } from './request.ts';
import { storeClient } from './store-client.ts';

type RegistrationContext = Context<{ Bindings: HttpBindings }>;

const contentTypes = ['application/jwt', 'application/jose'];

export function createRegistrationApp(bank: RunningBank): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const seen: SeenIds = new Set();

  app.post('/', async (context) => {
    const certificate = clientCertificate(context.env.incoming);
    if (!certificate) return unauthorised(context);
    const request = await read(context, certificate);
    return context.json(answerOf(await storeClient(bank, randomUUID(), request)), 201);
  });

  app.get('/:clientId', async (context) => {
    const known = await ownRegistration(bank, context);
    return known instanceof Response ? known : context.json(answerOf(known));
  });

  app.put('/:clientId', async (context) => {
    const known = await ownRegistration(bank, context);
    if (known instanceof Response) return known;
    const certificate = clientCertificate(context.env.incoming);
    if (!certificate) return unauthorised(context);
    const request = await read(context, certificate);
    if (request.statement.software_id !== known.softwareId)
      throw new RegistrationRefusal('invalid_software_statement', 'the software statement is another’s');
    return context.json(answerOf(await storeClient(bank, known.clientId, request, known)));
  });

  app.delete('/:clientId', async (context) => {
    const known = await ownRegistration(bank, context);
    if (known instanceof Response) return known;
    bank.registrations.delete(known.clientId);
    await bank.provider.Client.adapter.destroy(known.clientId);
    return context.body(null, 204);
  });

  app.onError((error, context) => {
    if (error instanceof RegistrationRefusal)
      return context.json({ error: error.code, error_description: error.message }, 400);
    process.stderr.write(`sandbox bank: ${error.stack}\n`);
    return context.json({ error: 'server_error' }, 500);
  });

  async function read(context: RegistrationContext, certificate: X509Certificate) {
    const type = context.req.header('content-type')?.split(';')[0]?.trim() ?? '';
    if (!contentTypes.includes(type))
      throw new RegistrationRefusal('invalid_client_metadata', 'the content type is not application/jwt');
    return readRegistrationRequest(bank, await context.req.text(), certificate, seen);
  }
  return app;
}

/** The registration of the client whose client-credentials token comes with the request, when it asks for itself. */
async function ownRegistration(
  bank: RunningBank,
  context: RegistrationContext,
): Promise<Registration | Response> {
  const { incoming } = context.env;
  const caller = await authenticate(bank, incoming);
  if ('refusal' in caller || caller.kind !== 'client') return unauthorised(context);
  const clientId = context.req.param('clientId') ?? '';
  const known = bank.registrations.get(clientId);
  if (known && known.clientId === caller.clientId) return known;
  if (known) return context.body(null, 403);
  // Whoever asks for a client that does not exist loses the token (DCR v3.3).
  await (await bank.provider.ClientCredentials.find(bearerToken(incoming) ?? ''))?.destroy();
  return unauthorised(context);
}

function unauthorised(context: RegistrationContext): Response {
  return context.body(null, 401, { 'www-authenticate': 'Bearer error="invalid_token"' });
}
