// GET …/funds-confirmation: a read with the customer's token, though of a payment consent.
import { z } from 'zod';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { showInteractionId } from '../interaction-id.ts';
import { withoutQuery } from '../links.ts';
import { type Api, addOperation } from '../operation.ts';
import { callerFacts, callerHeaders } from '../schemas/caller-headers.ts';
import { FundsConfirmationResponse } from '../schemas/consents.ts';
import { id } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';

export function addFundsConfirmationRoute(api: Api, { bankReads }: Pick<ApiDeps, 'bankReads'>): void {
  const { path, idName, tag } = consentFamilies['domestic-payment'];
  const endpoint = paymentInitiation.getDomesticPaymentFundsConfirmation;
  addOperation(
    api,
    {
      method: 'get',
      path: `${path}/{${idName}}/funds-confirmation`,
      id: 'GetDomesticPaymentConsentFundsConfirmation',
      summary: 'Ask the bank whether the funds are there',
      ...{ tag, params: z.object({ [idName]: id }), headers: z.object(callerHeaders) },
      ...{ status: 200, response: FundsConfirmationResponse },
    },
    async ({ params, headers }, c) => {
      const answer = await bankReads.readUnderConsent(tenantOf(), {
        ...{ consentId: params[idName] ?? '', family: 'domestic-payment', endpoint, params: {}, query: '' },
        ...callerFacts(headers),
      });
      showInteractionId(c, answer.interactionId);
      return c.json(externalApiMembers(answer, { ownUrl: withoutQuery(c.req.url), allowQuery: false }));
    },
  );
}
