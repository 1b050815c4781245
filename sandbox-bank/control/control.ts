// The control interface: what tests and demos may ask of and do to the whole sandbox. Plain HTTP, for loopback only.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Banks } from '../banks.ts';
import { CustomerStuck } from '../customer.ts';
import type { ThirdParties } from '../directory/third-parties.ts';
import { KnobChange } from '../knobs.ts';
import { makeClient } from '../registration/portal.ts';
import { RegistrationRefusal } from '../registration/refusal.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import { listShapes } from './bad-answers/shapes.ts';
import { countersOf } from './counters.ts';
import { customerRoutes } from './customer-routes.ts';
import { FaultRule, type Faults } from './faults.ts';
import type { HeldRequests } from './held.ts';
import type { OperationLog } from './operation-log.ts';
import type { RequestEntry, RequestLog } from './request-log.ts';

export interface ControlledSandbox {
  banks: Banks;
  clock: VirtualClock;
  faults: Faults;
  held: HeldRequests;
  log: RequestLog;
  operations: OperationLog;
  thirdParties: ThirdParties;
  /** Origin of the pages, and the authority of its certificate. */
  browserUrl: string;
  directoryUrl: string;
  authority: string;
}

const ClockMove = z.union([z.strictObject({ advanceMs: z.int() }), z.strictObject({ offsetMs: z.int() })]);

const NewClient = z.strictObject({
  bank: z.string(),
  softwareId: z.string(),
  redirectUris: z.array(z.url()).min(1),
  scope: z.string(),
});

const NewThirdParty = z
  .strictObject({
    organisationName: z.string(),
    softwareName: z.string(),
    roles: z.array(z.enum(['AISP', 'PISP', 'CBPII', 'ASPSP'])),
    redirectUris: z.array(z.url()),
    status: z.enum(['Active', 'Revoked', 'Withdrawn']),
  })
  .partial();

export function createControl(sandbox: ControlledSandbox): Hono<{ Bindings: HttpBindings }> {
  const { banks, clock, faults, held, log, operations, thirdParties } = sandbox;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const time = () => ({ now: clock.now().toISOString(), offsetMs: clock.offsetMs });

  app.get('/clock', (context) => context.json(time()));
  app.post('/clock', async (context) => {
    const move = ClockMove.parse(await context.req.json());
    clock.moveTo('offsetMs' in move ? move.offsetMs : clock.offsetMs + move.advanceMs);
    return context.json(time());
  });

  app.get('/faults', (context) => context.json(faults.list()));
  app.post('/faults', async (context) =>
    context.json(faults.order(FaultRule.parse(await context.req.json())), 201),
  );
  app.delete('/faults/:id?', (context) => {
    faults.remove(context.req.param('id'));
    return context.body(null, 204);
  });

  app.get('/held', async (context) => {
    const waitMs = Number(context.req.query('waitMs') ?? 0);
    return context.json(waitMs > 0 ? await held.listWithin(waitMs) : held.list());
  });
  app.post('/held/:id/release', async (context) => {
    const { how } = z.strictObject({ how: z.enum(['go-on', 'close']) }).parse(await context.req.json());
    const wasHeld = held.release(context.req.param('id'), how);
    return wasHeld ? context.body(null, 204) : context.json({ error: 'nothing is held by that id' }, 404);
  });

  app.get('/bad-answers', (context) => context.json(listShapes()));

  app.get('/requests', (context) => {
    const path = context.req.query('path');
    const isAsked = (entry: RequestEntry) => path === undefined || entry.path === path;
    return context.json(log.list().filter(isAsked));
  });
  app.delete('/requests', (context) => {
    log.clear();
    return context.body(null, 204);
  });

  app.get('/operations', (context) => context.json(operations.list()));
  app.put('/operations', async (context) => {
    const { judged } = z.strictObject({ judged: z.boolean() }).parse(await context.req.json());
    await operations.beginJudged(judged);
    return context.body(null, 204);
  });
  app.delete('/operations', (context) => {
    operations.begin();
    return context.body(null, 204);
  });

  app.get('/counters', async (context) => context.json(await countersOf(banks)));

  app.get('/knobs', (context) =>
    context.json(
      Object.fromEntries([...banks.personalities].map(([name, one]) => [name, banks.knobsOf(one)])),
    ),
  );
  app.post('/knobs', async (context) => {
    const { bank: name, ...rest } = z.looseObject({ bank: z.string() }).parse(await context.req.json());
    const change = KnobChange.parse(rest);
    if (!banks.personalities.has(name)) return context.json({ error: `there is no bank ${name}` }, 404);
    return context.json(Object.assign((await banks.open(name)).knobs, change));
  });

  app.get('/banks/:bank', (context) => {
    const resources = banks.personalities.get(context.req.param('bank'))?.resources;
    if (resources === undefined) return context.json({ error: 'no such bank' }, 404);
    return context.json({ paymentFamilies: resources.paymentFamilies });
  });

  app.post('/clients', async (context) => {
    const { bank: name, softwareId, ...form } = NewClient.parse(await context.req.json());
    const thirdParty = thirdParties.bySoftware(softwareId);
    if (!banks.personalities.has(name) || !thirdParty)
      return context.json({ error: 'no such bank or software' }, 404);
    const client = await makeClient(await banks.open(name), thirdParty, sandbox.directoryUrl, form);
    const { clientId, clientSecret, accessToken } = client;
    // JSON leaves out what is undefined.
    return context.json({ clientId, clientSecret, registrationAccessToken: accessToken }, 201);
  });

  app.get('/clients/:bank/:clientId', async (context) => {
    const { bank: name, clientId } = context.req.param();
    if (!banks.personalities.has(name)) return context.json({ error: 'no such bank' }, 404);
    return context.json({ isKnown: (await banks.open(name)).registrations.get(clientId) !== undefined });
  });

  app.post('/tpps', async (context) => {
    const { organisationName, softwareName, roles, redirectUris, status } = NewThirdParty.parse(
      await context.req.json(),
    );
    const wishes = Object.entries({ organisationName, softwareName, roles, redirectUris, status });
    const given = Object.fromEntries(wishes.filter(([, value]) => value !== undefined));
    return context.json(await thirdParties.add(given), 201);
  });
  app.post('/tpps/:softwareId/certificates', async (context) => {
    const { kind } = z.strictObject({ kind: z.enum(['obwac', 'obseal']) }).parse(await context.req.json());
    const path = await thirdParties.renew(context.req.param('softwareId'), kind);
    if (path === undefined) return context.json({ error: 'no such software' }, 404);
    return context.json({ certificateFile: `${path}.pem`, keyFile: `${path}.key` }, 201);
  });
  app.post('/software-statements/:softwareId/redirect-uris', async (context) => {
    const { redirectUris } = z
      .strictObject({ redirectUris: z.array(z.url()) })
      .parse(await context.req.json());
    const isKnown = thirdParties.setRedirectUris(context.req.param('softwareId'), redirectUris);
    return isKnown ? context.body(null, 204) : context.json({ error: 'no such software' }, 404);
  });

  app.route('/psu', customerRoutes(sandbox));

  app.onError((error, context) => {
    if (error instanceof z.ZodError) return context.json({ error: z.prettifyError(error) }, 400);
    if (error instanceof SyntaxError) return context.json({ error: 'not JSON' }, 400);
    if (error instanceof RegistrationRefusal) return context.json({ error: error.message }, 400);
    if (error instanceof CustomerStuck) return context.json({ error: error.message }, 409);
    process.stderr.write(`sandbox bank: ${error.stack}\n`);
    return context.json({ error: 'the sandbox failed' }, 500);
  });
  return app;
}
