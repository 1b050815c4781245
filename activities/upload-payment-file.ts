// Sends a stored file of payments to the bank, with the same key and bytes however often. What the bank refuses because it
// has the file already is no refusal.
import type { Bank } from '../bank-client/bank.ts';
import { BankError } from '../bank-client/bank-error.ts';
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import { paymentInitiation } from '../standards/uk-open-banking/payment-initiation.ts';
import { readConsentData } from './bank-data.ts';
import { classify, isRetried } from './classify.ts';
import { type ActivityDeps, bankOf } from './deps.ts';
import type { ConsentReference } from './index.ts';

export async function uploadPaymentFile(
  deps: ActivityDeps,
  { tenant, consentId, fileId }: ConsentReference & { fileId: string },
): Promise<void> {
  const { store } = deps;
  const consent = await store.consents.find(tenant, consentId);
  const file = await store.paymentFiles.findWhole(tenant, consentId);
  if (!consent?.externalApiId || file?.id !== fileId) throw new Error('There is no such file.');
  if (file.taken === null) {
    const bank = await bankOf(deps, tenant, consent.bankRegistrationId);
    const version = consent.createdWithV4 ? 'v4.0' : 'v3.1';
    const params = { ConsentId: consent.externalApiId };
    try {
      await bank.call({
        ...{ endpoint: paymentInitiation.uploadPaymentFile, version, params },
        body: await store.paymentFiles.read(tenant, fileId, file.parts),
        contentType: file.contentType,
        idempotencyKey: fileId,
      });
    } catch (error) {
      const failure = classify(error);
      const isRefused = failure !== undefined && !isRetried(failure);
      if (!isRefused) throw error;
      if (!(await hasFile(bank, version, params))) {
        await store.paymentFiles.forget(tenant, fileId);
        throw error;
      }
    }
  }
  await store.paymentFiles.recordTaken(tenant, fileId);
}

const withoutFile = ['AWUP', 'AwaitingUpload', 'RJCT', 'Rejected'];

/** A bank that says nothing of it counts as one that has no file: then the refusal is what the caller hears. */
async function hasFile(bank: Bank, version: ApiVersion, params: { ConsentId: string }): Promise<boolean> {
  try {
    const answer = await bank.call({ endpoint: paymentInitiation.getFilePaymentConsent, version, params });
    return !withoutFile.includes(readConsentData(answer).status);
  } catch (error) {
    if (error instanceof BankError) return false;
    throw error;
  }
}
