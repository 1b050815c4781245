// Auth contexts: one attempt of a customer to authorise a consent. No journey makes them; each names the one that waits.
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AuthContext } from '../../store/auth-contexts.ts';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import { consentWorkflowId } from '../../workflows/contracts/ids.ts';
import { appSessionIdHash, appSessionIdOf } from '../app-session.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { idOfCreated } from '../idempotency-key.ts';
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
import { recordedId } from './consent-members.ts';
import { consentOf } from './consents.ts';

type Deps = Pick<ApiDeps, 'records' | 'bankReads'>;

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

export function addAuthContextRoutes(api: Api, { records, bankReads }: Deps, family: ConsentFamily): void {
  const { type, tag, authContextPath, authorisable } = consentFamilies[family];
  const consentIdMember = `${type}Id`;
  const name = `${type}AuthContext`;
  const idName = `${consentFamilies[family].idName.replace(/Id$/, '')}AuthContextId`;
  const members = (context: AuthContext) => ({
    ...entityMembers(context),
    [consentIdMember]: context.consentId,
    State: context.state,
  });
  const consentId = { [consentIdMember]: z.string() };

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
      response: z.object(consentId).extend(authContextCreated).openapi(`${name}CreateResponse`),
    },
    async ({ body, headers, text }, c) => {
      const given = new Map<string, unknown>(Object.entries(body)).get(consentIdMember);
      const consent = await consentOf(records, family, String(given));
      if (!authorisable.includes(consent.status)) throw new Problem('consent-not-usable');
      const externalApiConsentId = recordedId(consent);
      const request = { operation: `Create${name}`, key: headers[idempotencyHeader], text };
      const contextId = await idOfCreated(records.idempotency, tenantOf(), request);
      const terms = await bankReads.authorisationTerms(tenantOf(), consent.bankRegistrationId);
      const codeVerifier = random(32);
      const outcome = await records.authContexts.insert(tenantOf(), {
        ...{ id: contextId, consentId: consent.id, ...entityValues(body), ...terms },
        ...{ state: body.State ?? random(24), nonce: random(24), codeVerifier },
        appSessionIdHash: appSessionIdHash(appSessionIdOf(codeVerifier, contextId)),
        workflowId: consentWorkflowId(consent.id),
      });
      if (outcome === 'state-taken')
        throw new Problem('state-already-used', { errors: { State: ['is in use'] } });
      // A repeated create finds the attempt as it was first made, with its own state and secrets.
      const context = await records.authContexts.find(tenantOf(), contextId);
      if (context === undefined) throw new Error('the auth context was stored and is not there');
      const { state, nonce } = context;
      const address = await bankReads.authorisationAddress(tenantOf(), {
        ...{ bankRegistrationId: consent.bankRegistrationId, family, externalApiConsentId },
        ...{ state, nonce, codeVerifier: context.codeVerifier },
        createdWithV4: consent.createdWithV4,
        authorisedBefore: consent.status === 'authorised',
      });
      const created = {
        ...members(context),
        AuthUrl: address,
        AppSessionId: appSessionIdOf(context.codeVerifier, contextId),
      };
      return c.json(withoutNulls(created), 201, { location: `${authContextPath}/${contextId}` });
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
      response: z.object(consentId).extend(authContextResponse).openapi(`${name}ReadResponse`),
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
