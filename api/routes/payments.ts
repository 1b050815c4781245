// /pisp/domestic-payments: submitted once by a journey, read at the bank.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import type { Payment } from '../../store/payments.ts';
import { bankRequest } from '../bank-request.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { drivenByJourney } from '../driven-by-journey.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { withoutQuery } from '../links.ts';
import { type Api, addOperation } from '../operation.ts';
import { paymentBody } from '../payment-body.ts';
import { Problem } from '../problem.ts';
import { DomesticPaymentRequest, DomesticPaymentResponse } from '../schemas/payments.ts';
import {
  booleanText,
  customerIp,
  customerIpHeader,
  id,
  idempotencyHeader,
  idempotencyKey,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { recordedId } from './consent-members.ts';
import { consentOf } from './consents.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'bankReads' | 'bankProfiles'>;

const family = 'domestic-payment';
const path = '/pisp/domestic-payments';
const { tag } = consentFamilies[family];
const registrationHeader = 'x-obc-bank-registration-id';
const versionHeader = 'x-obc-use-v4-external-api';

export function addPaymentRoutes(api: Api, deps: Deps): void {
  const { records, journeys, bankReads } = deps;
  addOperation(
    api,
    {
      method: 'post',
      path,
      id: 'CreateDomesticPayment',
      summary: 'Pay what the customer consented to, once',
      tag,
      headers: z.object({ ...idempotencyKey, ...customerIp }),
      body: DomesticPaymentRequest,
      status: 201,
      response: DomesticPaymentResponse,
    },
    async ({ body, headers, text }, c) => {
      const consent = await consentOf(records, family, body.DomesticPaymentConsentId);
      const consentBody = await records.consents.findRequestBody(tenantOf(), consent.id);
      if (consentBody === undefined) throw new Error('the consent has no body');
      const asked = paymentBody(body.ExternalApiRequest, consentBody, recordedId(consent));
      const order = bankRequest(deps, consent.bankProfile, 'domesticPayment', consent.createdWithV4, asked);
      const request = { operation: 'CreateDomesticPayment', key: headers[idempotencyHeader], text };
      const paymentId = await idOfCreated(records.idempotency, tenantOf(), request);
      // Once paid, the consent is used up: who asks again is asking about the payment.
      if (consent.status !== 'authorised') {
        const earlier = await records.payments.findByConsent(tenantOf(), consent.id);
        if (earlier === undefined) throw new Problem('consent-not-usable');
      }
      const { kind, payment } = await records.payments.insert(tenantOf(), {
        ...{ id: paymentId, consentId: consent.id, family, body: JSON.stringify(order) },
        ...{ bankIdempotencyKey: randomUUID(), modifiedBy: body.ModifiedBy ?? null },
        customerIpAddress: headers[customerIpHeader],
      });
      if (kind === 'different') throw new Problem('payment-already-submitted');
      const submitted = await drivenByJourney({
        load: () => records.payments.find(tenantOf(), payment.id),
        isDone: isAnswered,
        drive: () =>
          journeys.submitPayment({
            ...{ tenant: tenantOf(), paymentId: payment.id, consentId: consent.id },
            ...{ family, bank: payment.bankProfile },
          }),
        inProgress: 'payment-in-progress',
      });
      const answer = await records.payments.findBankResponse(tenantOf(), submitted.id);
      if (submitted.externalApiId === null || answer === undefined) throw new Problem('outcome-unknown');
      const ownPath = `${path}/${encodeURIComponent(submitted.externalApiId)}`;
      const ownUrl = new URL(ownPath, c.req.url).href;
      const createdId = submitted.externalApiId;
      return c.json(externalApiMembers(answer, { ownUrl, allowQuery: false, createdId }), 201, {
        location: ownPath,
      });
    },
  );

  addOperation(
    api,
    {
      method: 'get',
      path: `${path}/{externalApiId}`,
      id: 'GetDomesticPayment',
      summary: 'Read a payment at the bank, by the id that the bank gave it',
      tag,
      params: z.object({ externalApiId: z.string().min(1).max(128) }),
      headers: z.object({
        [registrationHeader]: id.optional(),
        [versionHeader]: booleanText.optional(),
        ...customerIp,
      }),
      status: 200,
      response: DomesticPaymentResponse,
    },
    async ({ params: { externalApiId }, headers }, c) => {
      const registrationId = headers[registrationHeader];
      const payment = await records.payments.findByExternalApiId(tenantOf(), externalApiId, registrationId);
      // A payment that was made elsewhere can be read when its registration is named.
      const bankRegistrationId = payment?.bankRegistrationId ?? registrationId;
      if (bankRegistrationId === undefined) throw new Problem('not-found');
      if (payment === undefined && !(await records.registrations.find(tenantOf(), bankRegistrationId))) {
        throw new Problem('not-found', { errors: { [registrationHeader]: ['is not known'] } });
      }
      const answer = await bankReads.readAsClient(tenantOf(), {
        bankRegistrationId,
        endpoint: paymentInitiation.getDomesticPayment,
        params: { DomesticPaymentId: externalApiId },
        query: '',
        customerIpAddress: headers[customerIpHeader],
        useV4: headers[versionHeader] ?? payment?.useV4,
      });
      return c.json(externalApiMembers(answer, { ownUrl: withoutQuery(c.req.url), allowQuery: false }));
    },
  );
}

/** The bank has answered, or it is certain that no answer will come. */
function isAnswered({ externalApiId, status }: Payment): boolean {
  return externalApiId !== null || status === 'executed-id-unknown' || status === 'outcome-unknown';
}
