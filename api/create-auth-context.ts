// One attempt of a customer to authorise a consent, made: its secrets, its record, and where to send the customer.
import { randomBytes } from 'node:crypto';
import type { AuthContext } from '../store/auth-contexts.ts';
import type { ConsentFamily } from '../workflows/contracts/consent.ts';
import { consentWorkflowId } from '../workflows/contracts/ids.ts';
import { appSessionIdHash, appSessionIdOf } from './app-session.ts';
import { consentFamilies } from './consent-families.ts';
import type { ApiDeps } from './deps.ts';
import { type IdempotentRequest, idOfCreated } from './idempotency-key.ts';
import { Problem } from './problem.ts';
import { recordedId } from './routes/consent-members.ts';
import { consentOf } from './routes/consents.ts';
import { tenantOf } from './tenant.ts';

interface AskedFor {
  consentId: string;
  state?: string | null | undefined;
  createdBy: string | null;
  reference: string | null;
  request: IdempotentRequest;
  /** Where customers come back to in person: a browser that is to come back there has to show its session. */
  returnsTo?: string | undefined;
  /** The journey that waits for the customer; absent: the consent's own. */
  workflowId?: string;
}

export interface CreatedAuthContext {
  context: AuthContext;
  authUrl: string;
  appSessionId: string;
}

const random = (bytes: number) => randomBytes(bytes).toString('base64url');

/** @throws {Problem} when the consent cannot be authorised, or the state belongs to another attempt */
export async function createAuthContext(
  { records, bankReads }: Pick<ApiDeps, 'records' | 'bankReads'>,
  family: ConsentFamily,
  { consentId, state: givenState, createdBy, reference, request, workflowId, returnsTo }: AskedFor,
): Promise<CreatedAuthContext> {
  const consent = await consentOf(records, family, consentId);
  if (!consentFamilies[family].authorisable.includes(consent.status)) throw new Problem('consent-not-usable');
  const externalApiConsentId = recordedId(consent);
  const contextId = await idOfCreated(records.idempotency, tenantOf(), request);
  const terms = await bankReads.authorisationTerms(tenantOf(), consent.bankRegistrationId);
  const newVerifier = random(32);
  const outcome = await records.authContexts.insert(tenantOf(), {
    ...{ id: contextId, consentId: consent.id, createdBy, reference, ...terms },
    ...{ state: givenState ?? random(24), nonce: random(24), codeVerifier: newVerifier },
    appSessionIdHash: appSessionIdHash(appSessionIdOf(newVerifier, contextId)),
    workflowId: workflowId ?? consentWorkflowId(consent.id),
    sessionRequired: returnsTo !== undefined && new URL(terms.redirectUri).origin === returnsTo,
  });
  if (outcome === 'state-taken')
    throw new Problem('state-already-used', { errors: { State: ['is in use'] } });
  // A repeated create finds the attempt as it was first made, with its own state and secrets.
  const context = await records.authContexts.find(tenantOf(), contextId);
  if (context === undefined) throw new Error('the auth context was stored and is not there');
  const { state, nonce, codeVerifier } = context;
  const authUrl = await bankReads.authorisationAddress(tenantOf(), {
    ...{ bankRegistrationId: consent.bankRegistrationId, family, externalApiConsentId },
    ...{ state, nonce, codeVerifier },
    createdWithV4: consent.createdWithV4,
    authorisedBefore: consent.status === 'authorised',
  });
  return { context, authUrl, appSessionId: appSessionIdOf(codeVerifier, contextId) };
}
