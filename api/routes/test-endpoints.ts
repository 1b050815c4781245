// The reference's endpoints for trying things out with a browser: they send it to the bank and take it back, on the
// listener of the API itself. There only when configuration asks for them.
import type { Context } from 'hono';
import { z } from 'zod';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import { consentFamilies } from '../consent-families.ts';
import { createAuthContext } from '../create-auth-context.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { testTag } from '../openapi-groups.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { authContextLifetimeMs, takeRedirect } from '../redirect.ts';
import { addFragmentPage, giveSession, pageHeaders, queryForm, sessionOf } from '../returned-browser.ts';
import { RedirectForm, RedirectResponse } from '../schemas/consents.ts';
import { id } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { validated } from '../validation.ts';

type Deps = Pick<ApiDeps, 'records' | 'bankReads' | 'journeys' | 'clock'>;

const authHeaders = z.object({
  'x-obc-modified-by': z.string().max(1024).optional(),
  reference: z.string().max(1024).optional(),
});
/** What the bank sends in the query. */
const Query = RedirectForm.pick({ state: true, code: true, id_token: true, response: true, error: true });
/** The author is nobody's to claim from a browser, and the session comes in a cookie. */
const Form = RedirectForm.omit({ modified_by: true, app_session_id: true }).openapi('FragmentRedirectForm');

export function addTestEndpoints(api: Api, deps: Deps): void {
  for (const { family } of Object.values(consentFamilies)) addAuthorisation(api, deps, family);
  addAuthorisationOfNone(api);
  addFragmentPage(api);

  addOperation(
    api,
    {
      method: 'get',
      path: '/auth/query-redirect',
      id: 'QueryRedirect',
      summary: 'Take a customer back whose bank answers in the query',
      tag: testTag,
      query: Query,
      status: 200,
    },
    async (_, c) => {
      const returned = validated(Query, queryForm(c));
      await take(c, { ...returned, response_mode: 'query' });
      return c.body(null, 200, pageHeaders);
    },
  );

  addOperation(
    api,
    {
      method: 'post',
      path: '/auth/fragment-redirect-delegate',
      id: 'FragmentRedirectDelegate',
      summary: 'Take a customer back whose bank answers behind the #',
      tag: testTag,
      body: Form,
      bodyType: 'application/x-www-form-urlencoded',
      status: 201,
      response: RedirectResponse,
    },
    async ({ body }, c) => {
      const { consentType, consentId } = await take(c, body);
      return c.json({ ConsentType: consentType, ConsentId: consentId }, 201, { location: 'about:blank' });
    },
  );

  const take = (c: Context<ApiEnv>, returned: z.output<typeof Form>) =>
    takeRedirect(deps, tenantOf(), { ...returned, app_session_id: sessionOf(c) });
}

/** GET …/{consent}/auth: the browser that asks is sent to the bank. */
function addAuthorisation(api: Api, deps: Deps, family: ConsentFamily): void {
  const { path, idName, type } = consentFamilies[family];
  const operation = `Authorise${type}`;
  addOperation(
    api,
    {
      method: 'get',
      path: `${path}/{${idName}}/auth`,
      id: operation,
      summary: 'Begin an authorisation and send this browser to the bank',
      tag: testTag,
      params: z.object({ [idName]: id }),
      headers: authHeaders,
      status: 302,
    },
    async ({ params, headers }, c) => {
      const { authUrl, appSessionId } = await createAuthContext(deps, family, {
        consentId: params[idName] ?? '',
        createdBy: headers['x-obc-modified-by'] ?? null,
        reference: headers.reference ?? null,
        request: { operation, key: undefined, text: '' },
      });
      giveSession(c, appSessionId, authContextLifetimeMs / 1000);
      c.header('cache-control', 'no-store');
      c.header('referrer-policy', 'no-referrer');
      return c.redirect(authUrl, 302);
    },
  );
}

/** Until there are consents to recurring payments, none of them is found. */
function addAuthorisationOfNone(api: Api): void {
  addOperation(
    api,
    {
      method: 'get',
      path: '/vrp/domestic-vrp-consents/{domesticVrpConsentId}/auth',
      id: 'AuthoriseDomesticVrpConsent',
      summary: 'Begin an authorisation and send this browser to the bank: there are no such consents yet',
      tag: testTag,
      params: z.object({ domesticVrpConsentId: id }),
      headers: authHeaders,
      status: 302,
    },
    () => {
      throw new Problem('not-found');
    },
  );
}
