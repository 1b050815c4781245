// /pisp/domestic-payments and those of the other families: submitted once by a journey, read at the bank.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import type { Payment } from '../../store/payments.ts';
import { type PaymentFamily, paymentFamilies } from '../../workflows/contracts/payment.ts';
import { bankRequest } from '../bank-request.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { drivenByJourney } from '../driven-by-journey.ts';
import { refuseLapsedRate } from '../exchange-rate.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { showInteractionId } from '../interaction-id.ts';
import { withoutQuery } from '../links.ts';
import { type Api, addOperation } from '../operation.ts';
import { paymentBody } from '../payment-body.ts';
import { type PaymentToRead, paymentOf, paymentReadHeaders } from '../payment-to-read.ts';
import { Problem } from '../problem.ts';
import { consentIdOf, paymentSchemas } from '../schemas/payments.ts';
import { customerIp, customerIpHeader, idempotencyHeader, idempotencyKey } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { recordedId } from './consent-members.ts';
import { consentOf } from './consents.ts';

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'bankReads' | 'bankProfiles' | 'clock'>;

export function addPaymentRoutes(api: Api, deps: Deps): void {
  for (const family of paymentFamilies) {
    addCreate(api, deps, family);
    const { name, read, readDetails } = paymentFamilyFacts[family];
    addRead(api, deps, family, {
      ...{ endpoint: read, id: `Get${name}`, response: paymentSchemas[family].response },
      ...{ below: '', summary: 'Read a payment at the bank, by the id that the bank gave it' },
    });
    addRead(api, deps, family, {
      ...{ endpoint: readDetails, id: `Get${name}Details`, response: paymentSchemas[family].details },
      ...{ below: '/payment-details', summary: 'Read at the bank what became of each part of a payment' },
    });
  }
}

const pathOf = (family: PaymentFamily) => `/pisp${paymentFamilyFacts[family].create.path}` as const;

function addCreate(api: Api, deps: Deps, family: PaymentFamily): void {
  const { records, journeys } = deps;
  const { name, resource } = paymentFamilyFacts[family];
  const operation = `Create${name}`;
  addOperation(
    api,
    {
      ...{ method: 'post', path: pathOf(family), id: operation, tag: consentFamilies[family].tag },
      summary: 'Pay what the customer consented to, once',
      headers: z.object({ ...idempotencyKey, ...customerIp }),
      body: paymentSchemas[family].request,
      ...{ status: 201, response: paymentSchemas[family].response },
    },
    async ({ body, headers, text }, c) => {
      const consent = await consentOf(records, family, consentIdOf(family, body));
      const consentBody = await records.consents.findRequestBody(tenantOf(), consent.id);
      if (consentBody === undefined) throw new Error('the consent has no body');
      const asked = paymentBody(body.ExternalApiRequest, consentBody, recordedId(consent));
      const order = bankRequest(deps, consent.bankProfile, resource, consent.createdWithV4, asked);
      const request = { operation, key: headers[idempotencyHeader], text };
      const paymentId = await idOfCreated(records.idempotency, tenantOf(), request);
      // Once paid, the consent is used up: who asks again is asking about the payment.
      if (consent.status !== 'authorised') {
        const earlier = await records.payments.findByConsent(tenantOf(), consent.id);
        if (earlier === undefined) throw new Problem('consent-not-usable');
      }
      await refuseLapsedRate(deps, family, consent, headers[customerIpHeader]);
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
      const answer = await records.payments.findFirstBankResponse(tenantOf(), submitted.id);
      if (submitted.externalApiId === null || answer === undefined) throw new Problem('outcome-unknown');
      const ownPath = `${pathOf(family)}/${encodeURIComponent(submitted.externalApiId)}`;
      const ownUrl = new URL(ownPath, c.req.url).href;
      const createdId = submitted.externalApiId;
      return c.json(externalApiMembers(answer, { ownUrl, allowQuery: false, createdId }), 201, {
        location: ownPath,
      });
    },
  );
}

interface PaymentRead {
  endpoint: Endpoint;
  /** Of the operation. */
  id: string;
  summary: string;
  /** What follows the payment's own path. */
  below: '' | `/${string}`;
  response: z.ZodType;
}

function addRead(
  api: Api,
  { records, bankReads }: Deps,
  family: PaymentFamily,
  { endpoint, id, summary, below, response }: PaymentRead,
): void {
  const { pathId } = paymentFamilyFacts[family];
  addOperation(
    api,
    {
      ...{ method: 'get', path: `${pathOf(family)}/{externalApiId}${below}`, id, summary },
      tag: consentFamilies[family].tag,
      params: z.object({ externalApiId: z.string().min(1).max(128) }),
      headers: paymentReadHeaders,
      ...{ status: 200, response },
    },
    async ({ params: { externalApiId }, headers }, c) => {
      const payment: PaymentToRead = await paymentOf(records, family, externalApiId, headers);
      const answer = await bankReads.readAsClient(tenantOf(), {
        ...payment,
        ...{ endpoint, params: { [pathId]: externalApiId }, query: '' },
      });
      showInteractionId(c, answer.interactionId);
      return c.json(externalApiMembers(answer, { ownUrl: withoutQuery(c.req.url), allowQuery: false }));
    },
  );
}

/** The bank has answered, or it is certain that no answer will come. */
function isAnswered({ externalApiId, status }: Payment): boolean {
  return externalApiId !== null || status === 'executed-id-unknown' || status === 'outcome-unknown';
}
