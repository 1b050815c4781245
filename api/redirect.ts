// The customer's return from the bank: checked as far as that needs no keys, stored once, handed to the journey that
// waits. ID tokens and signed responses are judged by the journey's own step.
import { randomUUID } from 'node:crypto';
import type { AuthContext, RedirectMode } from '../store/auth-contexts.ts';
import type { RedirectParameters } from '../store/redirects.ts';
import {
  JourneyClosed,
  JourneyFailure,
  JourneyInProgress,
  JourneysUnavailable,
} from '../temporal/journeys.ts';
import { isPaymentJourney, type TenantId } from '../workflows/contracts/ids.ts';
import { isSameAppSession } from './app-session.ts';
import { consentFamilies, type FamilyNames } from './consent-families.ts';
import type { ApiDeps } from './deps.ts';
import { inTime } from './driven-by-journey.ts';
import { Problem, problemOfRecordedFailure } from './problem.ts';

/** What came back with the browser, and what the caller knows about how it came. */
export interface ReturnedForm extends RedirectParameters {
  error?: string | undefined;
  response_mode?: string | undefined;
  redirect_uri?: string | undefined;
  app_session_id?: string | undefined;
}

export interface AuthorisedConsent {
  consentType: FamilyNames['type'];
  consentId: string;
}

/** The bank says that the customer has not agreed. */
export class AuthorisationRefused extends Problem {
  readonly consentId: string;
  constructor(consentId: string) {
    super('authorisation-refused');
    this.consentId = consentId;
  }
}

type Deps = Pick<ApiDeps, 'records' | 'journeys' | 'clock'>;

/** How long a customer has, from the making of the attempt. */
export const authContextLifetimeMs = 10 * 60 * 1000;

const acceptedModes: Record<RedirectMode, readonly string[]> = {
  fragment: ['fragment'],
  query: ['query'],
  jwt: ['jwt', 'query.jwt', 'query'],
};

/**
 * Answers when the code has been exchanged. The same return made again joins the first, or is told its outcome.
 * @throws {Problem} why the return is refused, or that the exchange goes on
 */
export async function takeRedirect(
  { records, journeys, clock }: Deps,
  tenant: TenantId,
  form: ReturnedForm,
): Promise<AuthorisedConsent> {
  const state = form.state ?? stateOfSignedResponse(form.response);
  const context = state === undefined ? undefined : await records.authContexts.findByState(tenant, state);
  if (context === undefined) throw new Problem('auth-context-not-found');
  refuseUnlessInTime(context, clock.nowMs());
  if (form.error !== undefined) return await refused(journeys, context);
  refuseUnlessFitting(context, form);

  const { code, id_token, response, modified_by } = form;
  const stored = await records.redirects.record(tenant, {
    id: randomUUID(),
    authContextId: context.id,
    parameters: definedOnly({ state: context.state, code, id_token, response, modified_by }),
  });
  if (stored.kind === 'refused') throw new Problem('redirect-already-used');

  const authorised = { consentType: consentFamilies[context.family].type, consentId: context.consentId };
  if (stored.kind === 'repeated-same' && (await hasSucceeded(records, tenant, stored.id))) return authorised;
  const { family, consentId, bankProfile: bank, workflowId } = context;
  try {
    const answer = journeys.completeAuthorisation(
      { tenant, consentId, family, bank, workflowId },
      { redirectId: stored.id },
    );
    await inTime('authorisation-in-progress', answer);
  } catch (error) {
    // A signed response says so inside.
    if (isRefusal(error)) return await refused(journeys, context);
    if (!(error instanceof JourneyClosed) && !isTurnedAway(error)) throw error;
    // The journey may have ended because of this very return, asked twice.
    if (!(await hasSucceeded(records, tenant, stored.id)))
      throw new Problem('consent-not-usable', { cause: error });
  }
  return authorised;
}

const isTurnedAway = (error: unknown) => error instanceof JourneyFailure && error.type === 'ConsentNotUsable';

const isRefusal = (error: unknown) =>
  error instanceof JourneyFailure && error.details.code === 'authorisation-refused';

/** Whether the customer may try again is for the bank to say, whom the journey asks. One that cannot be told waits on. */
async function refused(journeys: Deps['journeys'], context: AuthContext): Promise<never> {
  try {
    if (isPaymentJourney(context.workflowId)) await journeys.customerRefused(context.workflowId, context.id);
  } catch (error) {
    if (!journeyErrors.some((known) => error instanceof known)) throw error;
  }
  throw new AuthorisationRefused(context.consentId);
}

const journeyErrors = [JourneyClosed, JourneyFailure, JourneyInProgress, JourneysUnavailable];

function refuseUnlessInTime(context: AuthContext, nowMs: number): void {
  // A return that was taken in time may be asked about later.
  if (!context.returned && nowMs > context.created.getTime() + authContextLifetimeMs)
    throw new Problem('auth-context-stale');
}

/** The order of the checks is the reference's. */
function refuseUnlessFitting(context: AuthContext, form: ReturnedForm): void {
  refuseUnlessComplete(context, form);
  const { app_session_id, redirect_uri, response_mode } = form;
  const isInSession =
    app_session_id === undefined
      ? context.sessionRequired !== true
      : isSameAppSession(app_session_id, context.appSessionIdHash);
  if (!isInSession) throw new Problem('app-session-mismatch');
  if (redirect_uri !== undefined && redirect_uri !== context.redirectUri) {
    throw new Problem('redirect-uri-mismatch');
  }
  if (response_mode !== undefined && !acceptedModes[context.redirectMode].includes(response_mode)) {
    throw new Problem('response-mode-mismatch');
  }
}

function refuseUnlessComplete(context: AuthContext, { code, id_token, response }: ReturnedForm): void {
  const isSigned = context.redirectMode === 'jwt';
  const expected = {
    response: isSigned,
    code: !isSigned,
    id_token: !isSigned && context.expectsIdToken,
  };
  const given = { response, code, id_token };
  for (const [name, value] of Object.entries(given)) {
    const isExpected = new Map(Object.entries(expected)).get(name) === true;
    if (isExpected !== (value !== undefined)) {
      throw new Problem('redirect-incomplete', {
        errors: { [name]: [isExpected ? 'is missing' : 'was not asked for'] },
      });
    }
  }
}

async function hasSucceeded(
  records: Deps['records'],
  tenant: TenantId,
  redirectId: string,
): Promise<boolean> {
  const outcome = await records.redirects.findOutcome(tenant, redirectId);
  if (outcome?.kind === 'failed') throw problemOfRecordedFailure(outcome.failure);
  return outcome?.kind === 'authorised';
}

/** JARM may carry the state inside alone. It only finds the attempt here; whether it is genuine is judged later. */
function stateOfSignedResponse(response: string | undefined): string | undefined {
  const [, payload] = response?.split('.') ?? [];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const isNamed = typeof claims === 'object' && claims !== null && 'state' in claims;
    return isNamed && typeof claims.state === 'string' ? claims.state : undefined;
  } catch {
    return undefined;
  }
}

function definedOnly(parameters: RedirectParameters): RedirectParameters {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== undefined));
}
