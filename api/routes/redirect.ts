// POST /auth/redirect-delegate: a service hands on what the bank sent back with its customer's browser.
import type { ApiDeps } from '../deps.ts';
import { type Api, addOperation } from '../operation.ts';
import { takeRedirect } from '../redirect.ts';
import { RedirectForm, RedirectResponse } from '../schemas/consents.ts';
import { tenantOf } from '../tenant.ts';

export function addRedirectRoute(api: Api, deps: Pick<ApiDeps, 'records' | 'journeys' | 'clock'>): void {
  addOperation(
    api,
    {
      method: 'post',
      path: '/auth/redirect-delegate',
      id: 'RedirectDelegate',
      summary: 'Hand on the return of a customer from the bank',
      tag: 'Auth contexts',
      body: RedirectForm,
      bodyType: 'application/x-www-form-urlencoded',
      status: 201,
      response: RedirectResponse,
    },
    async ({ body }, c) => {
      const { consentType, consentId } = await takeRedirect(deps, tenantOf(), body);
      return c.json({ ConsentType: consentType, ConsentId: consentId }, 201, { location: 'about:blank' });
    },
  );
}
