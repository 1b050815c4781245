// Fresh tokens for a consent: one refresh at a time, its answer kept before it is judged. Where an answer was lost, the
// token that it was asked with is kept beside a new one until that has shown that it is good.
// docs/decisions/0006-a-refresh-after-a-lost-answer.md says what is done when an answer never came.

import { BankError } from '../bank-client/bank-error.ts';
import { bringsOtherRefreshToken } from '../bank-client/judge-tokens.ts';
import { consentKinds } from '../bank-profiles/consent-kind.ts';
import type { GrantStatus } from '../store/grants.ts';
import { tokenRefresh } from '../store/once-only-calls.ts';
import type { RefreshGrantAnswer } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { type ActivityDeps, loadRegistration } from './deps.ts';
import type { Activities } from './index.ts';
import { sendOnce } from './send-once.ts';
import { StepFailure } from './step-failure.ts';

export function createTokenActivities(deps: ActivityDeps): Pick<Activities, 'refreshGrant'> {
  const { store } = deps;

  return {
    refreshGrant: async ({ tenant, consentId, fromVersion }) => {
      const grant = await store.grants.load(tenant, consentId);
      if (grant === undefined || isEnded(grant)) throw grantEnded();
      if (grant.version > fromVersion) return { version: grant.version };
      const { version, refreshToken, earlierRefreshToken } = grant;
      if (refreshToken === undefined) return await end(tenant, consentId, version, 'no refresh token');
      const consent = await store.consents.find(tenant, consentId);
      if (!consent?.externalApiId) throw grantEnded();
      const kind = consentKinds[consent.family];
      const context = await loadRegistration(deps, tenant, consent.bankRegistrationId);
      const bank = await deps.banks.connect(context);
      const expected = {
        ...{ kind, grantType: 'refresh_token' as const, externalApiConsentId: consent.externalApiId },
        nonce: grant.nonce ?? '',
        customer: grant.subject ?? undefined,
      };

      /** @returns undefined when the bank refuses the token for good */
      async function refreshWith(used: string): Promise<RefreshGrantAnswer | undefined> {
        const send = () => bank.refresh({ kind, refreshToken: used });
        const { call, raw, wasLost } = await ask(tenant, consentId, version, send);
        try {
          const tokens = await bank.judgeTokens(raw, expected);
          const stored = await store.grants.storeTokens(tenant, consentId, {
            fromVersion: version,
            accessToken: tokens.accessToken,
            refreshToken: tokens.refreshToken ?? (used === refreshToken ? undefined : used),
            ...(wasLost && isOther(tokens.refreshToken, used) ? { earlierRefreshToken: used } : {}),
            expiresAt: new Date(tokens.expiresAtMs),
            obWacCertificateId: context.obWacCertificate.id,
          });
          await store.onceOnlyCalls.settle(tenant, call, 'done');
          return { version: stored.version };
        } catch (error) {
          if (!(error instanceof BankError)) throw error;
          // An answer with a new refresh token is all that is left of the grant: it is kept, and judged again next time.
          if (error.kind === 'invalid-response' && bringsOtherRefreshToken(raw, used)) throw error;
          await store.onceOnlyCalls.settle(tenant, call, 'failed');
          if (error.kind !== 'grant-ended') throw error;
          return undefined;
        }
      }

      for (const used of [refreshToken, earlierRefreshToken]) {
        const answer = used === undefined ? undefined : await refreshWith(used);
        if (answer !== undefined) return answer;
      }
      return await end(tenant, consentId, version, 'refused by the bank');
    },
  };

  /** When the answer was lost, the same refresh token once more. */
  async function ask(tenant: TenantId, consentId: string, version: number, send: () => Promise<string>) {
    const first = await nextCall(tenant, consentId, version);
    try {
      return { ...first, raw: await sendOnce(deps, tenant, first.call, send) };
    } catch (error) {
      if (!(error instanceof StepFailure) || error.type !== 'OutcomeUnknown') throw error;
    }
    const second = await nextCall(tenant, consentId, version);
    return { ...second, raw: await sendOnce(deps, tenant, second.call, send) };
  }

  /** The first attempt that brought nothing so far, neither tokens nor the certainty that it never will. */
  async function nextCall(tenant: TenantId, consentId: string, version: number) {
    let wasLost = false;
    for (let attempt = 1; ; attempt++) {
      const call = tokenRefresh(consentId, version, attempt);
      const earlier = await store.onceOnlyCalls.find(tenant, call);
      if (earlier === undefined || earlier.outcome === null || earlier.outcome === 'done')
        return { call, wasLost };
      if (earlier.outcome === 'unknown' && earlier.answer !== undefined) return { call, wasLost };
      if (earlier.outcome === 'unknown') wasLost = true;
    }
  }

  async function end(
    tenant: TenantId,
    consentId: string,
    fromVersion: number,
    reason: string,
  ): Promise<never> {
    await store.grants.end(tenant, consentId, { fromVersion, reason });
    throw grantEnded();
  }
}

/** Which of two the bank counts on is not known yet. */
const isOther = (token: string | undefined, used: string) => token !== undefined && token !== used;

const isEnded = ({ status }: { status: GrantStatus }) => status === 'ended';

const grantEnded = () =>
  new StepFailure('GrantEnded', 'authorisation-needed', 'The customer has to authorise again.');
