// POST /cbpii/funds-confirmations: whether an account has enough for a payment, asked at the bank under its customer's
// consent. It changes nothing there, so no journey makes it; a key leads to the answer that the first request got.
import { z } from 'zod';
import { BankError } from '../../bank-client/bank-error.ts';
import { confirmationOfFunds } from '../../standards/uk-open-banking/confirmation-of-funds.ts';
import type { FundsAnswer } from '../../store/funds-confirmations.ts';
import type { BankAnswer } from '../bank-reads/bank-reads.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { showInteractionId } from '../interaction-id.ts';
import { withoutQuery } from '../links.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import { callerFacts, callerHeaders } from '../schemas/caller-headers.ts';
import { FundsConfirmationRequest, FundsConfirmationResponse } from '../schemas/funds-confirmations.ts';
import { idempotencyHeader, idempotencyKey } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { recordedId } from './consent-members.ts';
import { consentOf } from './consents.ts';

type Deps = Pick<ApiDeps, 'records' | 'bankReads'>;

const family = 'funds-confirmation';
const operation = 'CreateFundsConfirmation';
const endpoint = confirmationOfFunds.createFundsConfirmation;

export function addFundsConfirmations(api: Api, { records, bankReads }: Deps): void {
  addOperation(
    api,
    {
      method: 'post',
      path: '/cbpii/funds-confirmations',
      id: operation,
      summary: 'Ask the bank whether the funds are there',
      tag: consentFamilies[family].tag,
      headers: z.object({ ...idempotencyKey, ...callerHeaders }),
      body: FundsConfirmationRequest,
      status: 201,
      response: FundsConfirmationResponse,
    },
    async ({ body, headers, text }, c) => {
      const consent = await consentOf(records, family, body.FundsConfirmationConsentId);
      const question = questionUnder(recordedId(consent), body.ExternalApiRequest);
      const key = headers[idempotencyHeader];
      const ask = () =>
        askOnceMoreIfUnsent(() =>
          bankReads.readUnderConsent(tenantOf(), {
            ...{ consentId: consent.id, family, endpoint, params: {}, query: '' },
            ...callerFacts(headers),
            question: { resource: 'fundsConfirmation', body: question },
          }),
        );
      const answer = key === undefined ? await ask() : await answerOfKey(consent.id, { key, text }, ask);
      showInteractionId(c, answer.interactionId);
      const createdId = encodeURIComponent(idOf(answer));
      const ownUrl = `${withoutQuery(c.req.url)}/${createdId}`;
      return c.json(externalApiMembers(answer, { ownUrl, allowQuery: false, createdId }), 201);
    },
  );

  /** Of two equal requests at once both may ask; both are told what was recorded first. */
  async function answerOfKey(
    consentId: string,
    request: { key: string; text: string },
    ask: () => Promise<BankAnswer>,
  ): Promise<FundsAnswer> {
    const id = await idOfCreated(records.idempotency, tenantOf(), { operation, ...request });
    const earlier = await records.fundsConfirmations.findAnswer(tenantOf(), id);
    if (earlier !== undefined) return earlier;
    const { body, interactionId, url, warnings = [] } = await ask();
    const answer = { body, interactionId, url, warnings };
    await records.fundsConfirmations.recordAnswer(tenantOf(), { id, consentId, answer });
    return (await records.fundsConfirmations.findAnswer(tenantOf(), id)) ?? answer;
  }
}

type Question = z.output<typeof FundsConfirmationRequest>['ExternalApiRequest'];

/** @throws {Problem} when it names another consent */
function questionUnder(externalApiConsentId: string, { Data, ...rest }: Question): object {
  if (Data.ConsentId !== '' && Data.ConsentId !== externalApiConsentId) {
    const message = 'must be empty or the id that the bank gave the consent';
    throw new Problem('validation-failed', { errors: { 'ExternalApiRequest.Data.ConsentId': [message] } });
  }
  return { ...rest, Data: { ...Data, ConsentId: externalApiConsentId } };
}

/** A connection that the bank has closed meanwhile shows when it is written to: then the bank has not been asked. */
async function askOnceMoreIfUnsent(ask: () => Promise<BankAnswer>): Promise<BankAnswer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof BankError) || error.kind !== 'unavailable' || error.sent !== 'not-sent')
      throw error;
    return await ask();
  }
}

const answered = z.object({ Data: z.object({ FundsConfirmationId: z.string() }) });

/** The id that the bank gave the confirmation: no answer gets here without it. */
function idOf({ body }: Pick<BankAnswer, 'body'>): string {
  return answered.parse(body).Data.FundsConfirmationId;
}
