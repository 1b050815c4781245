// GET …/funds-confirmation: a read with the customer's token, though of a payment consent.
import { z } from 'zod';
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import { paymentFamilies } from '../../workflows/contracts/payment.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { showInteractionId } from '../interaction-id.ts';
import { withoutQuery } from '../links.ts';
import { type Api, addOperation } from '../operation.ts';
import { callerFacts, callerHeaders } from '../schemas/caller-headers.ts';
import { paymentSchemas } from '../schemas/payments.ts';
import { id } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';

export function addFundsConfirmationRoutes(api: Api, { bankReads }: Pick<ApiDeps, 'bankReads'>): void {
  for (const family of paymentFamilies) {
    const { confirmFunds: endpoint } = paymentFamilyFacts[family];
    const { fundsConfirmation: response } = paymentSchemas[family];
    if (endpoint === null || response === undefined) continue;
    const { path, idName, type, tag } = consentFamilies[family];
    addOperation(
      api,
      {
        method: 'get',
        path: `${path}/{${idName}}/funds-confirmation`,
        id: `Get${type}FundsConfirmation`,
        summary: 'Ask the bank whether the funds are there',
        ...{ tag, params: z.object({ [idName]: id }), headers: z.object(callerHeaders) },
        ...{ status: 200, response },
      },
      async ({ params, headers }, c) => {
        const answer = await bankReads.readUnderConsent(tenantOf(), {
          ...{ consentId: params[idName] ?? '', family, endpoint, params: {}, query: '' },
          ...callerFacts(headers),
        });
        showInteractionId(c, answer.interactionId);
        return c.json(externalApiMembers(answer, { ownUrl: withoutQuery(c.req.url), allowQuery: false }));
      },
    );
  }
}
