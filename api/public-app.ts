// The public listener: where banks send their customers' browsers back to. Whatever came is taken and answered with the
// address of a page that says how it went, so that no code stays in address bar or browsing history.
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { ApiDeps, ApiEnv } from './deps.ts';
import { accessLog } from './middleware/access-log.ts';
import { correlationHeader, correlationId } from './middleware/correlation-id.ts';
import { logProblem } from './middleware/errors.ts';
import { tokenOf } from './payment-page/link.ts';
import { returnedPath } from './payment-page/returned.ts';
import { addPaymentPage } from './payment-page/routes.ts';
import { Problem, toProblem } from './problem.ts';
import { isProblemCode, type ProblemCode, problemCodes } from './problem-codes.ts';
import { authorisedPage, problemPage } from './public/page.ts';
import { AuthorisationRefused, takeRedirect } from './redirect.ts';
import { addFragmentPage, pageHeaders, queryForm, sessionOf } from './returned-browser.ts';
import { resultKeysPath } from './routes/result-keys.ts';
import { RedirectForm } from './schemas/consents.ts';
import { resultKeySet } from './signed-result.ts';
import { tenantOf } from './tenant.ts';
import { parsedForm, validated } from './validation.ts';

const largestFormBytes = 64 * 1024;

const headers = { ...pageHeaders, 'strict-transport-security': 'max-age=31536000' };

const returnPaths = ['/auth/query-redirect', '/auth/fragment-redirect-delegate'];

type Deps = Pick<
  ApiDeps,
  'records' | 'journeys' | 'clock' | 'log' | 'metrics' | 'bankReads' | 'bankProfiles' | 'publicUrl'
>;

export function createPublicApp(deps: Deps): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.use('*', correlationId, accessLog(deps));
  app.use('*', async (c, next) => {
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    await next();
  });
  app.use('*', bodyLimit({ maxSize: largestFormBytes, onError: refuseLargeForm }));

  const answer = (c: Context<ApiEnv>, code: ProblemCode, status: number, reference = c.var.correlationId) =>
    new Response(problemPage(code, reference), {
      status,
      headers: {
        ...headers,
        [correlationHeader]: c.var.correlationId,
        'content-type': 'text/html; charset=utf-8',
      },
    });
  app.onError((error, c) => {
    const problem = toProblem(error);
    logProblem(deps.log, problem, c.var.correlationId);
    const isReturn = returnPaths.includes(c.req.path);
    if (!isReturn) return answer(c, problem.code, problem.status);
    return c.redirect(`/auth/outcome/${problem.code}?reference=${c.var.correlationId}`, 303);
  });
  app.notFound((c) => answer(c, 'route-not-found', 404));

  async function taken(c: Context<ApiEnv>, form: Record<string, string>, mode: string): Promise<Response> {
    // What the browser says about itself counts for nothing, except the session that it was given.
    const { state, code, id_token, response, error } = validated(RedirectForm, form);
    try {
      const { consentId } = await takeRedirect(deps, tenantOf(), {
        ...{ state, code, id_token, response, error, response_mode: mode },
        app_session_id: sessionOf(c),
      });
      return c.redirect((await goingOn(consentId)) ?? '/auth/outcome/authorised', 303);
    } catch (thrown) {
      const next = thrown instanceof AuthorisationRefused ? await goingOn(thrown.consentId) : undefined;
      if (next === undefined) throw thrown;
      return c.redirect(next, 303);
    }
  }

  /** Where the customer of a payment in one request goes on: by the link, which nobody can guess; an id is in logs. */
  async function goingOn(consentId: string): Promise<string | undefined> {
    const journey = await deps.records.paymentJourneys.findByConsent(tenantOf(), consentId);
    return journey && returnedPath(await tokenOf(deps.records, journey.id));
  }

  app.get('/auth/query-redirect', (c) => taken(c, queryForm(c), 'query'));
  addFragmentPage(app);
  app.post('/auth/fragment-redirect-delegate', async (c) =>
    taken(c, parsedForm(await c.req.text()), 'fragment'),
  );
  addPaymentPage(app, deps);
  app.get(resultKeysPath, async (c) => c.json(await resultKeySet(deps)));
  app.get('/auth/outcome/authorised', (c) => c.html(authorisedPage));
  app.get('/auth/outcome/:code', (c) => {
    const code = c.req.param('code');
    const reference = z.uuid().safeParse(c.req.query('reference')).data ?? c.var.correlationId;
    return isProblemCode(code) ? answer(c, code, problemCodes[code].status, reference) : c.notFound();
  });
  return app;
}

function refuseLargeForm(): never {
  throw new Problem('body-too-large');
}
