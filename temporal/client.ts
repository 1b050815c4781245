// The API's side of the journeys: starts them and waits for what they answer.
import { createHash } from 'node:crypto';
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  WithStartWorkflowOperation,
} from '@temporalio/client';
import type { PayloadCodec, Workflow } from '@temporalio/common';
import type { Clock } from '../clock.ts';
import {
  clientRegistrationNames,
  clientRegistrationUpdateIds,
} from '../workflows/contracts/client-registration.ts';
import { type ConsentInput, consentNames, consentUpdateIds } from '../workflows/contracts/consent.ts';
import {
  consentWorkflowId,
  paymentJourneyWorkflowId,
  registrationWorkflowId,
} from '../workflows/contracts/ids.ts';
import { paymentNames, paymentUpdateIds } from '../workflows/contracts/payment.ts';
import { paymentJourneyNames, paymentJourneyUpdateIds } from '../workflows/contracts/payment-journey.ts';
import type { ConnectionSettings } from './connection.ts';
import { dataConverter } from './data-converter.ts';
import { translated } from './journey-errors.ts';
import type { Journeys } from './journeys.ts';
import {
  attributesOf,
  consentJourney,
  type Journey,
  journeyOfOneRequest,
  paymentJourney,
  registrationJourney,
} from './starts.ts';

export interface JourneyClientOptions {
  connection: ConnectionSettings;
  namespace: string;
  taskQueue: string;
  codec: PayloadCodec;
  clock: Clock;
  /** How long a caller is kept waiting for an answer. */
  waitMs: number;
  /** Tests only, see {@link ConsentInput.clockRecheckMs}. */
  clockRecheckMs?: number;
}

export interface JourneyClient extends Journeys {
  close(): Promise<void>;
}

/** A few quick repetitions: whoever waits is better served by an early 503 than by a long silence. */
const retries = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 4 }));

export async function createJourneyClient(options: JourneyClientOptions): Promise<JourneyClient> {
  const { clock } = options;
  const connection = Connection.lazy({ ...options.connection, interceptors: [retries] });
  const client = new Client({
    connection,
    namespace: options.namespace,
    dataConverter: dataConverter(options.codec),
  });

  const withStart = <Answer>(journey: Journey, update: string, updateId: string, args: unknown[] = []) =>
    answerOf<Answer>(options.waitMs, connection, () =>
      client.workflow.executeUpdateWithStart<Workflow, Answer, unknown[]>(update, {
        updateId,
        args,
        startWorkflowOperation: new WithStartWorkflowOperation(journey.workflow, {
          workflowId: journey.workflowId,
          taskQueue: options.taskQueue,
          args: journey.args,
          workflowIdConflictPolicy: 'USE_EXISTING',
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          staticSummary: journey.summary,
          typedSearchAttributes: attributesOf(journey.attributes),
        }),
      }),
    );
  const ask = <Answer>(workflowId: string, update: string, updateId: string, args: [unknown]) =>
    answerOf<Answer>(options.waitMs, connection, () =>
      client.workflow.getHandle(workflowId).executeUpdate<Answer, [unknown]>(update, { updateId, args }),
    );

  return {
    registerClient: (registration) =>
      withStart(
        registrationJourney(registration),
        clientRegistrationNames.registerClient,
        clientRegistrationUpdateIds.register,
      ),
    updateRegistration: ({ registrationId }, request) =>
      ask(
        registrationWorkflowId(registrationId),
        clientRegistrationNames.updateRegistration,
        clientRegistrationUpdateIds.update(digestOf(request), clock.nowMs()),
        [request],
      ),
    deleteRegistration: ({ registrationId }, request) =>
      ask(
        registrationWorkflowId(registrationId),
        clientRegistrationNames.deleteRegistration,
        clientRegistrationUpdateIds.delete(clock.nowMs()),
        [request],
      ),
    createConsent: (consent) =>
      withStart(
        consentJourney(consent, options.clockRecheckMs),
        consentNames.createConsent,
        consentUpdateIds.create(consent.consentId),
      ),
    completeAuthorisation: ({ consentId, workflowId }, request) =>
      ask(
        workflowId ?? consentWorkflowId(consentId),
        consentNames.completeAuthorisation,
        consentUpdateIds.complete(request.redirectId, clock.nowMs()),
        [request],
      ),
    refreshGrant: ({ consentId }, fromVersion) =>
      ask(
        consentWorkflowId(consentId),
        consentNames.refreshGrant,
        consentUpdateIds.refresh(fromVersion, clock.nowMs()),
        [{ fromVersion }],
      ),
    consentReconfirmed: ({ consentId }) =>
      answerOf<void>(options.waitMs, connection, () =>
        client.workflow.getHandle(consentWorkflowId(consentId)).signal(consentNames.consentReconfirmed),
      ),
    uploadFile: ({ consentId }, request) =>
      ask(
        consentWorkflowId(consentId),
        consentNames.uploadFile,
        consentUpdateIds.upload(request.fileId, clock.nowMs()),
        [request],
      ),
    deleteConsent: ({ consentId }, request) =>
      ask(
        consentWorkflowId(consentId),
        consentNames.deleteConsent,
        consentUpdateIds.delete(consentId, clock.nowMs()),
        [request],
      ),
    submitPayment: (payment) =>
      withStart(
        paymentJourney(payment),
        paymentNames.submitPayment,
        paymentUpdateIds.submit(payment.paymentId),
      ),
    beginPaymentJourney: (journey) =>
      withStart(
        journeyOfOneRequest(journey, options.clockRecheckMs),
        paymentJourneyNames.begin,
        paymentJourneyUpdateIds.begin(journey.journeyId),
      ),
    callOffPaymentJourney: (journeyId) =>
      answerOf<void>(options.waitMs, connection, () =>
        client.workflow
          .getHandle(paymentJourneyWorkflowId(journeyId))
          .executeUpdate(paymentJourneyNames.callOff, {
            updateId: paymentJourneyUpdateIds.callOff(journeyId),
          }),
      ),
    chooseBank: (journeyId, choice) =>
      ask(
        paymentJourneyWorkflowId(journeyId),
        paymentJourneyNames.chooseBank,
        paymentJourneyUpdateIds.chooseBank(choice.bankRegistrationId, clock.nowMs()),
        [choice],
      ),
    customerRefused: (workflowId, authContextId) =>
      answerOf<void>(options.waitMs, connection, () =>
        client.workflow.getHandle(workflowId).executeUpdate(paymentJourneyNames.customerRefused, {
          updateId: paymentJourneyUpdateIds.customerRefused(authContextId),
        }),
      ),
    isReachable: async () => {
      try {
        await connection.withDeadline(soon(1_000), () => connection.workflowService.getSystemInfo({}));
        return true;
      } catch {
        return false;
      }
    },
    close: () => connection.close(),
  };
}

// Deadlines of calls to Temporal are about this machine's own time, whatever the injected clock says.
const soon = (ms: number) => performance.timeOrigin + performance.now() + ms;

async function answerOf<Answer>(
  waitMs: number,
  connection: Connection,
  call: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await connection.withDeadline(soon(waitMs), call);
  } catch (error) {
    throw translated(error);
  }
}

/** Short, and the same for the same request. */
function digestOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 16);
}
