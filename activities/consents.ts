// The steps of a consent beside authorisation and tokens: create it at the bank, delete it there, record its end.
import { BankError } from '../bank-client/bank-error.ts';
import { consentStanding } from '../standards/uk-open-banking/consent-standing.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { ConsentFamily } from '../workflows/contracts/consent.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import { readConsentData } from './bank-data.ts';
import { classify, isRetried } from './classify.ts';
import { consentEndpoints } from './consent-endpoints.ts';
import { type ActivityDeps, bankOf, loadRegistration } from './deps.ts';
import type { Activities, ConsentReference } from './index.ts';
import { StepFailure } from './step-failure.ts';

type ConsentActivities = Pick<
  Activities,
  'createConsentAtBank' | 'importConsent' | 'deleteConsent' | 'recordConsentEnd'
>;

export function createConsentActivities(deps: ActivityDeps): ConsentActivities {
  const { store } = deps;

  async function load({ tenant, consentId }: ConsentReference) {
    const consent = await store.consents.find(tenant, consentId);
    if (consent === undefined) throw new Error('There is no such consent.');
    return { consent, version: consent.createdWithV4 ? 'v4.0' : 'v3.1' } as const;
  }

  return {
    createConsentAtBank: async (reference) => {
      const { tenant, consentId, family } = reference;
      const { consent, version } = await load(reference);
      if (consent.externalApiId !== null) return expiry(consent.expiresAt);
      const { create: endpoint, resource } = consentEndpoints(family);
      try {
        const bank = await bankOf(deps, tenant, consent.bankRegistrationId);
        const asked = await store.consents.findRequestBody(tenant, consentId);
        const customerIpAddress = await store.consents.findCustomerIpAddress(tenant, consentId);
        const bankResponse = await bank.call({
          ...{ endpoint, version, params: {}, customerIpAddress },
          body: asked && bank.writeRequest(resource, version, asked),
          // Only payment consents have a key: of the others an attempt whose answer is lost leaves one behind that nobody
          // authorises.
          ...(endpoint.idempotent ? { idempotencyKey: consentId } : {}),
        });
        const { consentId: externalApiId, expiresAt } = readConsentData(bankResponse);
        const created = { ...consentStanding(bankResponse.body), externalApiId, expiresAt, bankResponse };
        if (await store.consents.recordCreated(tenant, consentId, created)) return expiry(expiresAt ?? null);
        throw new StepFailure('ConsentNotUsable', 'consent-not-usable', 'The consent has ended meanwhile.');
      } catch (error) {
        const failure = classify(error);
        if (failure !== undefined && !isRetried(failure)) {
          await store.consents.recordFailed(tenant, consentId, failure);
        }
        throw error;
      }
    },

    deleteConsent: async (reference) => {
      const endpoint = consentEndpoints(reference.family).delete;
      if (!reference.atBank || endpoint === null) return;
      const { consent, version: ofCreation } = await load(reference);
      if (consent.externalApiId === null) return;
      const context = await loadRegistration(deps, reference.tenant, consent.bankRegistrationId);
      const bank = await deps.banks.connect(context);
      const version = usesVersion4Now(reference.family, context.registration) ? 'v4.0' : ofCreation;
      try {
        await bank.call({
          ...{ endpoint, version, params: { ConsentId: consent.externalApiId } },
          customerIpAddress: await store.consents.findDeletionCustomerIpAddress(
            reference.tenant,
            reference.consentId,
          ),
        });
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },

    importConsent: async ({ tenant, consentId }) => {
      const status = await store.consents.recordImported(tenant, consentId);
      // One that is gone has nobody left who could authorise it: it is abandoned in the end.
      return { status: status === 'authorised' ? status : 'awaiting-authorisation' };
    },

    recordConsentEnd: ({ tenant, consentId, status }) => store.consents.recordEnd(tenant, consentId, status),
  };
}

/** A bank may have left version 3.1 since a consent was made on it: in version 4 it can be ended all the same. */
function usesVersion4Now(
  family: ConsentFamily,
  { aispUseV4, cbpiiUseV4 }: RegistrationContext['registration'],
): boolean {
  switch (family) {
    case 'account-access':
      return aispUseV4;
    case 'funds-confirmation':
      return cbpiiUseV4;
    default:
      family satisfies PaymentFamily;
      return false;
  }
}

const expiry = (expiresAt: Date | null) => (expiresAt === null ? {} : { expiresAtMs: expiresAt.getTime() });

/** The bank does not know it any more, which is what was asked for. */
function isGone(error: unknown): boolean {
  return error instanceof BankError && (error.httpStatus === 404 || error.errorCodes.includes('U011'));
}
