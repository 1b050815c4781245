// The API's side of the journeys: starts them and waits for what they answer.
import { createHash } from 'node:crypto';
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  isGrpcDeadlineError,
  isGrpcServiceError,
  makeGrpcRetryInterceptor,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  type PayloadCodec,
  TypedSearchAttributes,
  type Workflow,
} from '@temporalio/common';
import type { Clock } from '../clock.ts';
import {
  clientRegistrationNames,
  clientRegistrationUpdateIds,
} from '../workflows/contracts/client-registration.ts';
import { type ConsentInput, consentNames, consentUpdateIds } from '../workflows/contracts/consent.ts';
import {
  consentWorkflowId,
  paymentJourneyWorkflowId,
  paymentWorkflowId,
  registrationWorkflowId,
} from '../workflows/contracts/ids.ts';
import { type PaymentInput, paymentNames, paymentUpdateIds } from '../workflows/contracts/payment.ts';
import {
  type PaymentJourneyInput,
  paymentJourneyNames,
  paymentJourneyUpdateIds,
} from '../workflows/contracts/payment-journey.ts';
import { type FailureDetails, type FailureType, failureTypes } from '../workflows/failures.ts';
import type { ConnectionSettings } from './connection.ts';
import { dataConverter } from './data-converter.ts';
import {
  type ConsentReference,
  JourneyClosed,
  JourneyFailure,
  JourneyInProgress,
  type Journeys,
  JourneysUnavailable,
  type RegistrationReference,
} from './journeys.ts';
import { searchAttributes } from './search-attributes.ts';

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

interface Journey {
  workflow: string;
  workflowId: string;
  args: unknown[];
  summary: string;
  attributes: { tenant: string; bank: string; journey: string; state: string; consentId?: string };
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

function registrationJourney({ tenant, registrationId, bank }: RegistrationReference): Journey {
  return {
    workflow: clientRegistrationNames.workflow,
    workflowId: registrationWorkflowId(registrationId),
    args: [{ tenant, registrationId, bank }],
    summary: `Client registration with ${bank}`,
    attributes: { tenant, bank, journey: 'client-registration', state: 'registering' },
  };
}

function consentJourney(
  consent: ConsentReference & { isImported?: boolean },
  clockRecheckMs?: number,
): Journey {
  const { tenant, consentId, family, bank } = consent;
  const input: ConsentInput = { tenant, consentId, family, bank, status: 'creating' };
  if (consent.isImported === true) input.isImported = true;
  if (clockRecheckMs) input.clockRecheckMs = clockRecheckMs;
  return {
    workflow: consentNames.workflow,
    workflowId: consentWorkflowId(consentId),
    args: [input],
    summary: `${family} consent at ${bank}`,
    attributes: { tenant, bank, journey: `${family}-consent`, state: 'creating', consentId },
  };
}

function paymentJourney(input: PaymentInput): Journey {
  const { tenant, paymentId, consentId, family, bank } = input;
  return {
    workflow: paymentNames.workflow,
    workflowId: paymentWorkflowId(paymentId),
    args: [input],
    summary: `${family} at ${bank}`,
    attributes: { tenant, bank, journey: family, state: 'submitting', consentId },
  };
}

function journeyOfOneRequest(given: PaymentJourneyInput, clockRecheckMs?: number): Journey {
  const { tenant, journeyId, consentId, family, bank } = given;
  return {
    workflow: paymentJourneyNames.workflow,
    workflowId: paymentJourneyWorkflowId(journeyId),
    args: [{ ...given, ...(clockRecheckMs && { clockRecheckMs }) }],
    summary: `${family} in one request at ${bank}`,
    attributes: { tenant, bank, journey: 'payment-journey', state: 'creating', consentId },
  };
}

function attributesOf({
  tenant,
  bank,
  journey,
  state,
  consentId,
}: Journey['attributes']): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: searchAttributes.tenant, value: tenant },
    { key: searchAttributes.bank, value: bank },
    { key: searchAttributes.journey, value: journey },
    { key: searchAttributes.state, value: state },
    ...(consentId === undefined ? [] : [{ key: searchAttributes.consentId, value: consentId }]),
  ]);
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

/** What went wrong, in the words of {@link Journeys}; an error that fits none of them is passed on as it is. */
function translated(thrown: unknown): unknown {
  // Some of the client's calls wrap what gRPC says.
  const error = thrown instanceof ServiceError && thrown.cause !== undefined ? thrown.cause : thrown;
  if (error instanceof WorkflowUpdateFailedError) return failureOf(error) ?? error;
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error)) {
    return new JourneyInProgress('The journey goes on; its answer is not there yet.');
  }
  if (error instanceof WorkflowExecutionAlreadyStartedError || error instanceof WorkflowNotFoundError) {
    return new JourneyClosed('The journey is over.');
  }
  if (isGrpcServiceError(error))
    return new JourneysUnavailable('Temporal cannot be reached.', { cause: error });
  return error;
}

function failureOf(error: Error): JourneyFailure | undefined {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof ApplicationFailure)) continue;
    const type = failureTypes.find((known) => known === cause.type);
    const details = cause.details?.[0];
    if (type !== undefined && isFailureDetails(details))
      return new JourneyFailure(type, cause.message, details);
  }
  return timeoutOf(error);
}

/** A step that never reported back (its worker died every time) counts as unavailable, not as our bug. */
function timeoutOf(error: Error): JourneyFailure | undefined {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if (cause.name === 'TimeoutFailure') {
      const type: FailureType = 'BankUnavailable';
      return new JourneyFailure(type, 'The step did not finish in time.', { code: 'bank-timeout' });
    }
  }
  return undefined;
}

function isFailureDetails(value: unknown): value is FailureDetails {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}

/** Short, and the same for the same request. */
function digestOf(request: unknown): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 16);
}
