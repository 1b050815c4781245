// The registration endpoint: POST /register, and GET, PUT and DELETE of one client (DCR v3.3, RFC 7591 and 7592).
import { randomUUID, type X509Certificate } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { clientCertificate } from '../client-certificate.ts';
import type { RunningBank } from '../running-bank.ts';
import { openedRegistration, unauthorised } from './opened-registration.ts';
import { RegistrationRefusal } from './refusal.ts';
import { answerOf } from './registration.ts';
import { readRegistrationRequest, type SeenIds } from './request.ts';
import { storeClient } from './store-client.ts';

type RegistrationContext = Context<{ Bindings: HttpBindings }>;

export function createRegistrationApp(bank: RunningBank): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const seen: SeenIds = new Set();
  const { contentTypes, methods } = bank.personality.registration;

  app.post('/', async (context) => {
    const certificate = clientCertificate(context.env.incoming);
    if (!certificate) return unauthorised(context);
    const request = await read(context, certificate);
    return context.json(answerOf(bank, await storeClient(bank, randomUUID(), request)), 201);
  });

  app.use('/:clientId', async (context, next) => {
    const offered: readonly string[] = bank.knobs.registrationPut
      ? methods
      : methods.filter((method) => method !== 'PUT');
    return offered.includes(context.req.method) ? next() : context.body(null, 405);
  });

  app.get('/:clientId', async (context) => {
    const known = await openedRegistration(bank, context);
    return known instanceof Response ? known : context.json(answerOf(bank, known));
  });

  app.put('/:clientId', async (context) => {
    const known = await openedRegistration(bank, context);
    if (known instanceof Response) return known;
    const certificate = clientCertificate(context.env.incoming);
    if (!certificate) return unauthorised(context);
    const request = await read(context, certificate);
    if (request.statement.software_id !== known.softwareId)
      throw new RegistrationRefusal('invalid_software_statement', 'the software statement is another’s');
    return context.json(answerOf(bank, await storeClient(bank, known.clientId, request, known)));
  });

  app.delete('/:clientId', async (context) => {
    const known = await openedRegistration(bank, context);
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
    const taken: readonly string[] = contentTypes;
    if (!taken.includes(type))
      throw new RegistrationRefusal('invalid_client_metadata', `the content type is not ${contentTypes[0]}`);
    return readRegistrationRequest(bank, await context.req.text(), certificate, seen);
  }
  return app;
}
