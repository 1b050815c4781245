// A consent's steps as a journey takes them, and the customer in between.
import { randomBytes, randomUUID } from 'node:crypto';
import { createAuthorisationActivities } from '../../activities/authorisation.ts';
import { createConsentActivities } from '../../activities/consents.ts';
import type { ActivityDeps } from '../../activities/deps.ts';
import type { Bank } from '../../bank-client/bank.ts';
import { consentKinds } from '../../bank-profiles/consent-kind.ts';
import { redirectForm } from '../../cli/sandbox-customer.ts';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import type { Sandbox } from '../sandbox-bank/sandbox.ts';

const tenant = 'default';
const authorship = { reference: null, createdBy: null };

export interface NewConsent {
  family: ConsentFamily;
  bankRegistrationId: string;
  /** In version 4. */
  body: object;
  useV4?: boolean;
}

/** @returns its id; at the bank it awaits authorisation */
export async function createConsent(
  deps: ActivityDeps,
  { family, bankRegistrationId, body, useV4 = true }: NewConsent,
): Promise<string> {
  const consentId = randomUUID();
  await deps.store.consents.insert(tenant, {
    ...{ id: consentId, ...authorship, family, bankRegistrationId, externalApiUserId: null, useV4 },
    requestBody: JSON.stringify(body),
  });
  await createConsentActivities(deps).createConsentAtBank({ tenant, consentId, family });
  return consentId;
}

/** The customer says yes and comes back. @returns when the code has been exchanged */
export async function authorise(
  deps: ActivityDeps,
  sandbox: Sandbox,
  consentId: string,
  { authorisedBefore }: { authorisedBefore?: boolean } = {},
): Promise<void> {
  const { store } = deps;
  const consent = await store.consents.find(tenant, consentId);
  if (consent?.externalApiId == null) throw new Error('no consent at the bank');
  const bank = await bankOf(deps, consent.bankRegistrationId);
  const attempt = {
    ...{ id: randomUUID(), ...authorship, state: randomUUID(), nonce: randomUUID() },
    codeVerifier: randomBytes(32).toString('hex'),
  };
  await store.authContexts.insert(tenant, {
    ...{ ...attempt, consentId, appSessionIdHash: '', workflowId: '' },
    ...bank.authorisationTerms(),
  });
  const url = await bank.authorisationAddress({
    ...{ ...attempt, kind: consentKinds[consent.family], externalApiConsentId: consent.externalApiId },
    authorisedBefore: authorisedBefore ?? consent.status === 'authorised',
    version: consent.createdWithV4 ? 'v4.0' : 'v3.1',
  });
  const { body, status } = await sandbox.control('POST', '/psu/authorise', { url });
  if (status !== 200) throw new Error(`the bank did not let the customer come back: ${body.error}`);
  const redirectId = randomUUID();
  const parameters = Object.fromEntries(redirectForm(body.redirectUrl));
  await store.redirects.record(tenant, { id: redirectId, authContextId: attempt.id, parameters });
  const { family } = consent;
  await createAuthorisationActivities(deps).completeAuthorisation({ tenant, consentId, family, redirectId });
}

export async function bankOf(deps: ActivityDeps, registrationId: string): Promise<Bank> {
  const context = await deps.store.registrations.loadContext(tenant, registrationId);
  if (context === undefined) throw new Error('no registration');
  return deps.banks.connect(context);
}
