// /payment-journeys: a payment in one request, from the consent to its end, which the caller can wait for.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PaymentJourneyRecord } from '../../store/payment-journeys.ts';
import type { BankRegistration } from '../../store/registrations.ts';
import { paymentJourneyWorkflowId } from '../../workflows/contracts/ids.ts';
import { bankRequest } from '../bank-request.ts';
import { callOff } from '../call-off-payment.ts';
import { createAuthContext } from '../create-auth-context.ts';
import type { ApiDeps } from '../deps.ts';
import { drivenByJourney, inTime } from '../driven-by-journey.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { addJourneyWebhook, journeyWebhook } from '../journey-webhook.ts';
import { type Api, addOperation } from '../operation.ts';
import { journeyAnswer, journeyOf } from '../payment-journey-members.ts';
import { askedPayment } from '../payment-journey-request.ts';
import { banksToChoose } from '../payment-page/banks.ts';
import { Problem } from '../problem.ts';
import { authContextLifetimeMs } from '../redirect.ts';
import * as schemas from '../schemas/payment-journeys.ts';
import {
  customerIp,
  customerIpHeader,
  entityValues,
  idempotencyHeader,
  idempotencyKey,
  withoutNulls,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';

const { path, onePath, tag } = schemas;

type Deps = Pick<
  ApiDeps,
  'records' | 'journeys' | 'bankReads' | 'bankProfiles' | 'checkWebhookTarget' | 'clock' | 'publicUrl'
>;

export function addPaymentJourneyRoutes(api: Api, deps: Deps): void {
  const { records, journeys } = deps;

  /** An attempt of its own for each request: an attempt lasts ten minutes, a journey a day. */
  async function withAuthUrl({
    id: journeyId,
    consentId,
    family,
    createdBy,
    reference,
  }: PaymentJourneyRecord) {
    const { context, authUrl, appSessionId } = await createAuthContext(deps, family, {
      ...{ consentId, createdBy, reference, workflowId: paymentJourneyWorkflowId(journeyId) },
      request: { operation: 'CreatePaymentJourneyAuthUrl', key: undefined, text: '' },
    });
    const expires = new Date(context.created.getTime() + authContextLifetimeMs);
    return withoutNulls({
      ...(await journeyAnswer(deps, await journeyOf(records, journeyId))),
      ...{ AuthUrl: authUrl, AppSessionId: appSessionId, AuthUrlExpires: expires.toISOString() },
    });
  }

  addOperation(
    api,
    {
      ...{ method: 'post', path, id: 'CreatePaymentJourney', tag },
      summary: 'Ask for a payment: everything after the customer has authorised it happens by itself',
      headers: z.object({ ...idempotencyKey, ...customerIp }),
      body: schemas.PaymentJourneyRequest,
      ...{ status: 201, response: schemas.PaymentJourneyCreated },
    },
    async ({ body, headers, text }, c) => {
      // What can be seen to be wrong uses up no key.
      askedPayment(body, randomUUID());
      if (isOpen(body) && deps.publicUrl() === undefined)
        throw new Problem('validation-failed', { errors: nowhereToChoose });
      const request = { operation: 'CreatePaymentJourney', key: headers[idempotencyHeader], text };
      const journeyId = await idOfCreated(records.idempotency, tenantOf(), request);
      if ((await records.paymentJourneys.find(tenantOf(), journeyId)) === undefined)
        await record(journeyId, body, headers[customerIpHeader]);
      const journey = await recordedAtBank(await journeyOf(records, journeyId));
      const created =
        journey.consentStatus === 'awaiting-authorisation'
          ? await withAuthUrl(journey)
          : await journeyAnswer(deps, journey);
      const Webhook = await journeyWebhook(deps, journeyId, body.Webhook);
      return c.json({ ...created, Webhook }, 201, { location: `${path}/${journeyId}` });
    },
  );

  async function record(
    journeyId: string,
    body: schemas.PaymentJourneyRequest,
    customerIpAddress: string | undefined,
  ): Promise<void> {
    const { family, resource, body: asked } = askedPayment(body, journeyId);
    const journey = {
      ...{ id: journeyId, consentId: journeyId, paymentId: randomUUID(), returnUrl: body.ReturnUrl },
      ...entityValues(body),
    };
    if (isOpen(body)) {
      const requestBody = JSON.stringify(asked);
      const banks = await banksToChoose(deps, { family, requestBody });
      if (!banks.some(({ takesIt }) => takesIt)) throw new Problem('registration-not-usable');
      const externalApiUserId = body.ExternalApiUserId ?? null;
      const open = { family, requestBody, externalApiUserId, customerIpAddress };
      await addJourneyWebhook(deps, journeyId, body.Webhook);
      await records.paymentJourneys.insert(tenantOf(), { ...journey, open });
      return;
    }
    const { id: bankRegistrationId, bankProfile, pispUseV4: useV4 } = await registrationFor(deps, body);
    bankRequest(deps, bankProfile, resource, useV4, asked);
    // First of all, so that nothing happens before it can be told.
    await addJourneyWebhook(deps, journeyId, body.Webhook);
    await records.consents.insert(tenantOf(), {
      ...{ id: journeyId, family, bankRegistrationId, useV4, customerIpAddress },
      ...{ requestBody: JSON.stringify(asked), externalApiUserId: body.ExternalApiUserId ?? null },
      ...entityValues(body),
    });
    await records.paymentJourneys.insert(tenantOf(), journey);
  }

  /** Whoever asks again later finds it further on, or hears again why the bank would not have it. */
  async function recordedAtBank(journey: PaymentJourneyRecord): Promise<PaymentJourneyRecord> {
    const { id: journeyId, consentId, paymentId, family, bankProfile: bank, consentStatus } = journey;
    const reference = { tenant: tenantOf(), journeyId, consentId, paymentId, family };
    if (bank === null) {
      // It waits for its customer; one that has ended has begun before.
      if (journey.ended === null)
        await inTime('consent-in-progress', journeys.beginPaymentJourney(reference));
      return journey;
    }
    if (consentStatus !== 'creating' && consentStatus !== 'failed') return journey;
    await drivenByJourney({
      load: () => records.consents.find(tenantOf(), consentId),
      isDone: ({ externalApiId, status }) => externalApiId !== null && status !== 'creating',
      drive: () => journeys.beginPaymentJourney({ ...reference, bank }),
      inProgress: 'consent-in-progress',
    });
    return await journeyOf(records, journeyId);
  }

  addOperation(
    api,
    {
      ...{
        method: 'post',
        path: `${onePath}/auth-url`,
        id: 'CreatePaymentJourneyAuthUrl',
        tag,
        params: schemas.journeyParams,
      },
      summary: 'Begin another attempt of the customer to authorise it',
      ...{ status: 201, response: schemas.PaymentJourneyCreated },
    },
    async ({ params: { paymentJourneyId } }, c) => {
      const journey = await journeyOf(records, paymentJourneyId);
      if (journey.bankProfile === null) throw new Problem('consent-not-usable');
      return c.json(await withAuthUrl(journey), 201);
    },
  );

  addOperation(
    api,
    {
      ...{
        method: 'post',
        path: `${onePath}/call-off`,
        id: 'CallOffPaymentJourney',
        tag,
        params: schemas.journeyParams,
      },
      summary: 'Call a payment off, as long as the customer has not authorised it',
      ...{ status: 200, response: schemas.PaymentJourneyResponse },
    },
    async ({ params: { paymentJourneyId } }, c) =>
      c.json(await journeyAnswer(deps, await callOff(deps, paymentJourneyId))),
  );
}

const isOpen = ({ BankRegistrationId, BankProfile }: schemas.PaymentJourneyRequest) =>
  BankRegistrationId === undefined && BankProfile === undefined;

const nowhereToChoose = {
  BankProfile: [
    'must be given, or BankRegistrationId: without PUBLIC_URL there is no page to choose a bank on',
  ],
};

async function registrationFor(
  { records, bankProfiles }: Deps,
  { BankRegistrationId, BankProfile }: schemas.PaymentJourneyRequest,
): Promise<BankRegistration> {
  if (BankRegistrationId !== undefined) {
    const registration = await records.registrations.find(tenantOf(), BankRegistrationId);
    if (registration === undefined)
      throw new Problem('not-found', { errors: { BankRegistrationId: ['is not known'] } });
    if (registration.status !== 'registered') throw new Problem('registration-not-usable');
    return registration;
  }
  const bankProfile = bankProfiles.find(BankProfile ?? '')?.name;
  if (bankProfile === undefined)
    throw new Problem('validation-failed', { errors: { BankProfile: ['is not known'] } });
  const registration = await records.registrations.findNewestForPayments(tenantOf(), bankProfile);
  if (registration === undefined) throw new Problem('registration-not-usable');
  return registration;
}
