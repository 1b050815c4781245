// The customer is back from the bank: check what came with the browser, exchange the code once, keep the tokens.
import { codeExchange } from '../store/once-only-calls.ts';
import { classify, isRetried } from './classify.ts';
import { type ActivityDeps, bankOf } from './deps.ts';
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
    const { redirect, attempt, consent, externalApiConsentId } = await load({
      tenant,
      consentId,
      redirectId,
    });
    const { state, nonce, codeVerifier, redirectUri, redirectMode, expectsIdToken } = attempt;
    const bank = await bankOf(deps, tenant, consent.bankRegistrationId);
    const expected = { state, nonce, redirectMode, expectsIdToken, externalApiConsentId };
    const { code, subject } = await bank.readRedirect(redirect.parameters, expected);

    const raw = await sendOnce(deps, tenant, codeExchange(consentId, redirectId), () =>
      bank.exchangeCode({ code, redirectUri, codeVerifier }),
    );
    const tokens = await bank.judgeTokens(raw, {
      grantType: 'authorization_code',
      nonce,
      externalApiConsentId,
      subject,
    });
    const modifiedBy = redirect.parameters.modified_by ?? null;
    if (!(await store.consents.recordAuthorised(tenant, consentId, { modifiedBy }))) throw ended();
    const before = await store.grants.load(tenant, consentId);
    await store.grants.storeTokens(tenant, consentId, {
      fromVersion: before?.version ?? 0,
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken ?? null,
      expiresAt: new Date(tokens.expiresAtMs),
      subject: tokens.subject ?? subject,
      nonce,
    });
  }

  async function load({ tenant, consentId, redirectId }: Omit<Returned, 'family'>) {
    const redirect = await store.redirects.load(tenant, redirectId);
    const attempt = redirect && (await store.authContexts.find(tenant, redirect.authContextId));
    const consent = await store.consents.find(tenant, consentId);
    if (redirect === undefined || attempt?.consentId !== consentId || !consent?.externalApiId) throw ended();
    return { redirect, attempt, consent, externalApiConsentId: consent.externalApiId };
  }
}

const ended = () => new StepFailure('ConsentNotUsable', 'consent-not-usable', 'The consent has ended.');
