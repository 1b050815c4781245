// The customer is back from the bank: check what came with the browser, exchange the code once, keep the tokens.
import { consentKinds } from '../bank-profiles/consent-kind.ts';
import { codeExchange } from '../store/once-only-calls.ts';
import { classify, isRetried } from './classify.ts';
import { type ActivityDeps, loadRegistration } from './deps.ts';
import type { Activities, ConsentReference } from './index.ts';
import { sendOnce } from './send-once.ts';
import { StepFailure } from './step-failure.ts';

type AuthorisationActivities = Pick<Activities, 'completeAuthorisation'>;
type Returned = ConsentReference & { redirectId: string };

export function createAuthorisationActivities(deps: ActivityDeps): AuthorisationActivities {
  const { store } = deps;

  return {
    completeAuthorisation: async (reference) => {
      const { tenant, consentId, redirectId } = reference;
      const earlier = await store.redirects.findOutcome(tenant, redirectId);
      if (earlier?.kind === 'authorised') return;
      if (earlier?.kind === 'failed') {
        const { type, details } = earlier.failure;
        throw new StepFailure(type, details, 'The authorisation failed before.');
      }
      const call = codeExchange(consentId, redirectId);
      try {
        await authorise(reference);
      } catch (error) {
        const failure = classify(error);
        if (failure !== undefined && !isRetried(failure)) {
          await store.redirects.recordOutcome(tenant, redirectId, { kind: 'failed', failure });
          if (failure.type !== 'OutcomeUnknown') await store.onceOnlyCalls.settle(tenant, call, 'failed');
        }
        throw error;
      }
      await store.redirects.recordOutcome(tenant, redirectId, { kind: 'authorised' });
      await store.onceOnlyCalls.settle(tenant, call, 'done');
    },
  };

  async function authorise({ tenant, consentId, redirectId }: Returned): Promise<void> {
    const { redirect, attempt, consent, before, externalApiConsentId } = await load({
      tenant,
      consentId,
      redirectId,
    });
    const kind = consentKinds[consent.family];
    // Whom the consent is of may have been said when it was made, or learned at an earlier authorisation.
    const about = {
      ...{ kind, externalApiConsentId, firstNonce: before?.nonce ?? undefined },
      customer: consent.externalApiUserId ?? before?.subject ?? undefined,
    };
    const { state, nonce, codeVerifier, redirectUri, redirectMode, expectsIdToken } = attempt;
    const context = await loadRegistration(deps, tenant, consent.bankRegistrationId);
    const bank = await deps.banks.connect(context);
    const expected = { ...about, state, nonce, redirectMode, expectsIdToken };
    const { code, subject } = await bank.readRedirect(redirect.parameters, expected);

    const raw = await sendOnce(deps, tenant, codeExchange(consentId, redirectId), () =>
      bank.exchangeCode({ kind, code, redirectUri, codeVerifier }),
    );
    const tokens = await bank.judgeTokens(raw, {
      ...about,
      grantType: 'authorization_code',
      nonce,
      customer: about.customer ?? subject,
    });
    const learned = bank.isCustomerNamed(kind) ? (tokens.subject ?? subject) : undefined;
    const modifiedBy = redirect.parameters.modified_by ?? null;
    const authorised = { modifiedBy, externalApiUserId: about.customer ?? learned };
    if (!(await store.consents.recordAuthorised(tenant, consentId, authorised))) throw ended();
    await store.grants.storeTokens(tenant, consentId, {
      fromVersion: before?.version ?? 0,
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken ?? null,
      expiresAt: new Date(tokens.expiresAtMs),
      subject: tokens.subject ?? subject,
      obWacCertificateId: context.obWacCertificate.id,
      nonce: bank.repeatsFirstNonce(kind) ? (before?.nonce ?? nonce) : nonce,
    });
  }

  async function load({ tenant, consentId, redirectId }: Omit<Returned, 'family'>) {
    const redirect = await store.redirects.load(tenant, redirectId);
    const attempt = redirect && (await store.authContexts.find(tenant, redirect.authContextId));
    const consent = await store.consents.find(tenant, consentId);
    if (redirect === undefined || attempt?.consentId !== consentId || !consent?.externalApiId) throw ended();
    const before = await store.grants.load(tenant, consentId);
    return { redirect, attempt, consent, before, externalApiConsentId: consent.externalApiId };
  }
}

const ended = () => new StepFailure('ConsentNotUsable', 'consent-not-usable', 'The consent has ended.');
