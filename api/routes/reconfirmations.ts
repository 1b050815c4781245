// POST …/reconfirm: the customer has said again that an access is to go on. Nothing is asked of the bank.
import { z } from 'zod';
import { reconfirmationDueMs } from '../../workflows/contracts/reconfirmation.ts';
import { refuseUnlessAuthorised } from '../bank-reads/fresh-token.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { ReconfirmationRequest, ReconfirmationResponse } from '../schemas/consents.ts';
import {
  entityMembers,
  entityValues,
  id,
  idempotencyHeader,
  idempotencyKey,
  withoutNulls,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { consentOf } from './consents.ts';

export function addReconfirmationRoute(
  api: Api,
  { records, journeys }: Pick<ApiDeps, 'records' | 'journeys'>,
) {
  const { family, path, idName, tag } = consentFamilies['account-access'];
  const operation = 'ReconfirmAccountAccessConsent';
  addOperation(
    api,
    {
      method: 'post',
      path: `${path}/{${idName}}/reconfirm`,
      id: operation,
      summary: 'The customer wants the access to go on',
      tag,
      params: z.object({ [idName]: id }),
      headers: z.object(idempotencyKey),
      body: ReconfirmationRequest,
      isBodyOptional: true,
      status: 201,
      response: ReconfirmationResponse,
    },
    async ({ params, headers, body, text }, c) => {
      const consent = await consentOf(records, family, params[idName]);
      refuseUnlessAuthorised(consent.status);
      const key = headers[idempotencyHeader];
      const reconfirmation = await records.reconfirmations.insert(tenantOf(), {
        id: await idOfCreated(records.idempotency, tenantOf(), {
          ...{ operation: `${operation} ${consent.id}`, key, text },
        }),
        consentId: consent.id,
        ...entityValues(body),
      });
      if (reconfirmation === undefined) throw new Problem('consent-not-usable');
      // Where its journey does not hear of it, it sees for itself when it looks next.
      const reference = { tenant: tenantOf(), consentId: consent.id, family, bank: consent.bankProfile };
      await journeys.consentReconfirmed(reference).catch(() => {});
      const members = {
        ...entityMembers(reconfirmation),
        AccountAccessConsentId: consent.id,
        ReconfirmationDue: new Date(reconfirmationDueMs(reconfirmation.created.getTime())).toISOString(),
      };
      return c.json(withoutNulls(members), 201);
    },
  );
}
