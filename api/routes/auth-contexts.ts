// Auth contexts: one attempt of a customer to authorise a consent. No journey makes them; each names the one that waits.
import { z } from 'zod';
import type { AuthContext } from '../../store/auth-contexts.ts';
import { consentFamilies, type FamilyNames } from '../consent-families.ts';
import { createAuthContext } from '../create-auth-context.ts';
import type { ApiDeps } from '../deps.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { authContextCreated, authContextRequest, authContextResponse } from '../schemas/consents.ts';
import {
  entityMembers,
  entityValues,
  id,
  idempotencyHeader,
  idempotencyKey,
  withoutNulls,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';

type Deps = Pick<ApiDeps, 'records' | 'bankReads'>;

export function addAuthContextRoutes(api: Api, deps: Deps): void {
  for (const names of Object.values(consentFamilies)) addRoutesOfFamily(api, deps, names);
}

function addRoutesOfFamily(api: Api, deps: Deps, { family, type, tag, authContextPath }: FamilyNames): void {
  const { records } = deps;
  const consentIdMember = `${type}Id`;
  const name = `${type}AuthContext`;
  const idName = `${consentFamilies[family].idName.replace(/Id$/, '')}AuthContextId`;
  const members = (context: AuthContext) => ({
    ...entityMembers(context),
    [consentIdMember]: context.consentId,
    State: context.state,
  });
  const idMember = { [consentIdMember]: z.string() };

  addOperation(
    api,
    {
      method: 'post',
      path: authContextPath,
      id: `Create${name}`,
      summary: 'Begin an authorisation: where to send the customer',
      tag,
      headers: z.object(idempotencyKey),
      body: z
        .object({ [consentIdMember]: id })
        .extend(authContextRequest)
        .openapi(`${name}Request`),
      status: 201,
      response: z.object(idMember).extend(authContextCreated).openapi(`${name}CreateResponse`),
    },
    async ({ body, headers, text }, c) => {
      const consentId = String(new Map<string, unknown>(Object.entries(body)).get(consentIdMember));
      const { context, authUrl, appSessionId } = await createAuthContext(deps, family, {
        ...{ consentId, state: body.State, ...entityValues(body) },
        request: { operation: `Create${name}`, key: headers[idempotencyHeader], text },
      });
      const created = { ...members(context), AuthUrl: authUrl, AppSessionId: appSessionId };
      return c.json(withoutNulls(created), 201, { location: `${authContextPath}/${context.id}` });
    },
  );

  addOperation(
    api,
    {
      method: 'get',
      path: `${authContextPath}/{${idName}}`,
      id: `Get${name}`,
      summary: 'Read an authorisation attempt',
      tag,
      params: z.object({ [idName]: id }),
      status: 200,
      response: z.object(idMember).extend(authContextResponse).openapi(`${name}ReadResponse`),
    },
    async ({ params }, c) => {
      const contextId = params[idName];
      const context =
        contextId === undefined ? undefined : await records.authContexts.find(tenantOf(), contextId);
      if (context?.family !== family) throw new Problem('not-found');
      return c.json(withoutNulls(members(context)));
    },
  );
}
