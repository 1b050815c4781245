// What each journey is started with: its input, and what operators see and search by.
import { TypedSearchAttributes } from '@temporalio/common';
import { clientRegistrationNames } from '../workflows/contracts/client-registration.ts';
import { type ConsentInput, consentNames } from '../workflows/contracts/consent.ts';
import {
  consentWorkflowId,
  paymentJourneyWorkflowId,
  paymentWorkflowId,
  registrationWorkflowId,
} from '../workflows/contracts/ids.ts';
import { type PaymentInput, paymentNames } from '../workflows/contracts/payment.ts';
import { type PaymentJourneyInput, paymentJourneyNames } from '../workflows/contracts/payment-journey.ts';
import type { ConsentReference, RegistrationReference } from './journeys.ts';
import { searchAttributes } from './search-attributes.ts';

export interface Journey {
  workflow: string;
  workflowId: string;
  args: unknown[];
  summary: string;
  attributes: { tenant: string; bank: string; journey: string; state: string; consentId?: string };
}

export function registrationJourney({ tenant, registrationId, bank }: RegistrationReference): Journey {
  return {
    workflow: clientRegistrationNames.workflow,
    workflowId: registrationWorkflowId(registrationId),
    args: [{ tenant, registrationId, bank }],
    summary: `Client registration with ${bank}`,
    attributes: { tenant, bank, journey: 'client-registration', state: 'registering' },
  };
}

export function consentJourney(
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

export function paymentJourney(input: PaymentInput): Journey {
  const { tenant, paymentId, consentId, family, bank } = input;
  return {
    workflow: paymentNames.workflow,
    workflowId: paymentWorkflowId(paymentId),
    args: [input],
    summary: `${family} at ${bank}`,
    attributes: { tenant, bank, journey: family, state: 'submitting', consentId },
  };
}

export function journeyOfOneRequest(given: PaymentJourneyInput, clockRecheckMs?: number): Journey {
  const { tenant, journeyId, consentId, family, bank = 'a bank of the customer’s choice' } = given;
  return {
    workflow: paymentJourneyNames.workflow,
    workflowId: paymentJourneyWorkflowId(journeyId),
    args: [{ ...given, ...(clockRecheckMs && { clockRecheckMs }) }],
    summary: `${family} in one request at ${bank}`,
    attributes: { tenant, bank: given.bank ?? '', journey: 'payment-journey', state: 'creating', consentId },
  };
}

export function attributesOf({
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
