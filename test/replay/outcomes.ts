// Every terminal outcome of every journey, as the steps that lead to it: what the replay histories are recorded from.
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Activities } from '../../activities/index.ts';
import { clientRegistrationNames } from '../../workflows/contracts/client-registration.ts';
import { type ConsentFamily, consentNames } from '../../workflows/contracts/consent.ts';
import { paymentNames } from '../../workflows/contracts/payment.ts';
import { paymentJourneyNames } from '../../workflows/contracts/payment-journey.ts';
import type { ReconfirmationStanding } from '../../workflows/contracts/reconfirmation.ts';
import { webhookDeliveryNames } from '../../workflows/contracts/webhook-delivery.ts';
import type { FailureType } from '../../workflows/failures.ts';

export interface Outcome {
  /** File name of the history. */
  name: string;
  workflow: string;
  /** The update, or the signal, that starts the journey. */
  firstUpdate?: string;
  firstSignal?: string;
  input: object;
  fakes: Partial<Activities>;
  /** What happens after the first update has been answered. */
  afterwards?: (handle: WorkflowHandle) => Promise<unknown>;
}

const ids = { tenant: 'default', bank: 'Sandbox_Hybrid' };
const refusal = (type: FailureType) => async () => {
  throw ApplicationFailure.create({ type, message: type, details: [{ code: type }] });
};
const ask = (update: string, request: object) => (handle: WorkflowHandle) =>
  handle.executeUpdate(update, { args: [request] });
const authorise = ask(consentNames.completeAuthorisation, { redirectId: 'redirect' });

const registration = (name: string, rest: Pick<Outcome, 'fakes' | 'afterwards'>): Outcome => ({
  name: `client-registration-${name}`,
  workflow: clientRegistrationNames.workflow,
  firstUpdate: clientRegistrationNames.registerClient,
  input: { ...ids, registrationId: 'registration' },
  ...rest,
});

const consent = (
  name: string,
  family: ConsentFamily,
  rest: Pick<Outcome, 'fakes' | 'afterwards'>,
): Outcome => ({
  name: `consent-${name}`,
  workflow: consentNames.workflow,
  firstUpdate: consentNames.createConsent,
  input: { ...ids, consentId: 'consent', family, status: 'creating' },
  ...rest,
  fakes: {
    createConsentAtBank: async () => ({}),
    completeAuthorisation: async () => {},
    deleteConsent: async () => {},
    recordConsentEnd: async () => {},
    recordFailure: async () => {},
    lookAtReconfirmation: async () => ({ standing: 'confirmed', lookAgainAtMs: 4_102_444_800_000 }),
    ...rest.fakes,
  },
});

const payment = (name: string, fakes: Partial<Activities>, afterwards?: Outcome['afterwards']): Outcome => ({
  name: `payment-${name}`,
  workflow: paymentNames.workflow,
  firstUpdate: paymentNames.submitPayment,
  input: { ...ids, paymentId: 'payment', consentId: 'consent', family: 'domestic-payment' },
  fakes,
  ...(afterwards === undefined ? {} : { afterwards }),
});

const journey = (name: string, rest: Pick<Outcome, 'fakes' | 'afterwards'>): Outcome => ({
  name: `payment-journey-${name}`,
  workflow: paymentJourneyNames.workflow,
  firstUpdate: paymentJourneyNames.begin,
  input: {
    ...{ ...ids, journeyId: 'journey', consentId: 'consent', paymentId: 'payment' },
    family: 'domestic-payment',
  },
  ...rest,
  fakes: {
    createConsentAtBank: async () => ({}),
    completeAuthorisation: async () => {},
    recordConsentEnd: async () => {},
    recordFailure: async () => {},
    prepareOrder: async ({ paymentId }) => ({ paymentId }),
    submitPayment: async () => ({ status: 'following' }),
    followPaymentStatus: async () => ({ status: 'settled' }),
    ...rest.fakes,
  },
});

/** Whose customer chooses the bank. */
const openJourney = (name: string, rest: Pick<Outcome, 'fakes' | 'afterwards'>): Outcome => {
  const { bank: _, ...input } = { ...ids, journeyId: 'journey', consentId: 'consent', paymentId: 'payment' };
  const fakes = { recordBankChoice: async () => {}, recordOpenEnd: async () => {}, ...rest.fakes };
  const made = journey(`open-${name}`, { ...rest, fakes });
  return { ...made, input: { ...input, family: 'domestic-payment' } };
};
const choose = (bankRegistrationId: string) =>
  ask(paymentJourneyNames.chooseBank, { bankRegistrationId, bank: 'Sandbox_Jarm' });

const registered: Partial<Activities> = {
  prepareRegistration: async () => {},
  registerClientAtBank: async () => {},
  deleteRegistration: async () => {},
  recordFailure: async () => {},
};

export const outcomes: Outcome[] = [
  registration('deleted', {
    fakes: registered,
    afterwards: ask(clientRegistrationNames.deleteRegistration, { atBank: true }),
  }),
  registration('refused', { fakes: { ...registered, registerClientAtBank: refusal('ClientRefused') } }),
  consent('payment-authorised', 'domestic-payment', { fakes: {}, afterwards: authorise }),
  consent('account-access-live', 'account-access', { fakes: {}, afterwards: authorise }),
  consent('account-access-expired', 'account-access', {
    fakes: { createConsentAtBank: async () => ({ expiresAtMs: 4_102_444_800_000 }) },
    afterwards: authorise,
  }),
  {
    ...consent('account-access-imported', 'account-access', {
      fakes: { importConsent: async () => ({ status: 'awaiting-authorisation' }) },
      afterwards: async (handle) => {
        await authorise(handle);
        await ask(consentNames.deleteConsent, { atBank: true })(handle.client.getHandle(handle.workflowId));
      },
    }),
    input: { ...ids, consentId: 'consent', family: 'account-access', status: 'creating', isImported: true },
  },
  consent('account-access-reconfirmed', 'account-access', {
    fakes: { lookAtReconfirmation: inTurn(['due-soon', 'overdue', 'confirmed']) },
    afterwards: async (handle) => {
      await authorise(handle);
      const live = handle.client.getHandle(handle.workflowId);
      await live.signal(consentNames.consentReconfirmed);
      // Answered when the signal has been served, and the next look is another one.
      await authorise(live);
      await live.signal(consentNames.consentReconfirmed);
      await ask(consentNames.deleteConsent, { atBank: true })(live);
    },
  }),
  consent('abandoned', 'account-access', { fakes: {} }),
  consent('deleted', 'domestic-payment', {
    fakes: {},
    afterwards: ask(consentNames.deleteConsent, { atBank: false }),
  }),
  consent('revoked', 'account-access', {
    fakes: {},
    afterwards: (handle) => handle.signal(consentNames.consentRevokedAtBank),
  }),
  consent('refused', 'account-access', { fakes: { createConsentAtBank: refusal('BankRejectedRequest') } }),
  consent('authorised-at-second-try', 'domestic-payment', {
    fakes: { completeAuthorisation: failingOnce('RedirectRefused') },
    afterwards: async (handle) => {
      await authorise(handle).catch(() => {});
      await authorise(handle);
    },
  }),
  payment('settled', {
    submitPayment: async () => ({ status: 'following' }),
    followPaymentStatus: async () => ({ status: 'settled' }),
  }),
  payment(
    'settled-after-news',
    {
      submitPayment: async () => ({ status: 'following' }),
      followPaymentStatus: failingOnceThen('StatusNotFinal', { status: 'settled' }),
    },
    (handle) => handle.signal(paymentNames.bankHasNews),
  ),
  payment('rejected-later', {
    submitPayment: async () => ({ status: 'following' }),
    followPaymentStatus: async () => ({ status: 'rejected' }),
  }),
  payment('executed-id-unknown', { submitPayment: async () => ({ status: 'executed-id-unknown' }) }),
  payment('refused', { submitPayment: refusal('BankRejectedRequest') }),
  journey('settled', { fakes: {}, afterwards: authorise }),
  journey('settled-at-second-try', {
    fakes: { completeAuthorisation: failingOnce('RedirectRefused') },
    afterwards: async (handle) => {
      await authorise(handle).catch(() => {});
      await authorise(handle);
    },
  }),
  journey('refused', { fakes: { createConsentAtBank: refusal('BankRejectedRequest') } }),
  journey('not-paid', { fakes: { submitPayment: refusal('BankRejectedRequest') }, afterwards: authorise }),
  journey('refused-at-bank', {
    fakes: { lookAtConsent: failingOnceThen('BankUnavailable', { isRejected: true }) },
    afterwards: async (handle) => {
      await handle.executeUpdate(paymentJourneyNames.customerRefused);
    },
  }),
  journey('settled-after-refusal', {
    fakes: { lookAtConsent: async () => ({ isRejected: false }) },
    afterwards: async (handle) => {
      await handle.executeUpdate(paymentJourneyNames.customerRefused);
      await authorise(handle);
    },
  }),
  journey('consent-gone', {
    fakes: { prepareOrder: refusal('ConsentNotUsable') },
    afterwards: authorise,
  }),
  journey('called-off', {
    fakes: {},
    afterwards: (handle) => handle.executeUpdate(paymentJourneyNames.callOff),
  }),
  journey('abandoned', { fakes: {} }),
  openJourney('settled', {
    fakes: {},
    afterwards: async (handle) => {
      const [first, second] = await Promise.allSettled([choose('one')(handle), choose('other')(handle)]);
      if (first.status === second.status) throw new Error('One choice counts.');
      await authorise(handle);
    },
  }),
  openJourney('refused', {
    fakes: { createConsentAtBank: refusal('BankRejectedRequest') },
    afterwards: (handle) => choose('one')(handle).catch(() => {}),
  }),
  openJourney('chosen-again', {
    fakes: { recordBankChoice: failingOnce('ConsentNotUsable') },
    afterwards: async (handle) => {
      await choose('gone')(handle).catch(() => {});
      await choose('one')(handle);
      await handle.executeUpdate(paymentJourneyNames.callOff);
    },
  }),
  openJourney('called-off', {
    fakes: {},
    afterwards: (handle) => handle.executeUpdate(paymentJourneyNames.callOff),
  }),
  openJourney('abandoned', { fakes: {} }),
  {
    name: 'webhook-delivery-delivered',
    workflow: webhookDeliveryNames.workflow,
    firstSignal: webhookDeliveryNames.eventsWaiting,
    input: { tenant: 'default', endpointId: 'endpoint', resourceId: 'resource' },
    fakes: { deliverWebhook: countdown(60) },
  },
];

/** As if the time came at each look. */
function inTurn(standings: ReconfirmationStanding[]): Activities['lookAtReconfirmation'] {
  let looks = 0;
  return async () => ({ standing: standings[looks++] ?? 'confirmed', lookAgainAtMs: 4_102_444_800_000 });
}

function failingOnceThen<Answer>(type: FailureType, answer: Answer): () => Promise<Answer> {
  const once = failingOnce(type);
  return async () => {
    await once();
    return answer;
  };
}

function failingOnce(type: FailureType): () => Promise<void> {
  let failed = false;
  return async () => {
    if (failed) return;
    failed = true;
    await refusal(type)();
  };
}

/** So many webhooks wait. */
function countdown(waiting: number): Activities['deliverWebhook'] {
  let left = waiting;
  return async () => {
    left -= 1;
    return { isMore: left > 0 };
  };
}
