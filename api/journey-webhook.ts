// A webhook endpoint of one payment in one request, under the payment's own id.
import { newSigningSecret } from '../notifications/signatures.ts';
import type { ApiDeps } from './deps.ts';
import type { PaymentJourneyRequest } from './schemas/payment-journeys.ts';
import { shownSecret } from './shown-secret.ts';
import { tenantOf } from './tenant.ts';
import { refuseUnlessAllowed } from './webhook-target.ts';

/**
 * Repeatable; the secret is shown to the first alone.
 * @throws {Problem} `webhook-url-refused`
 */
export async function addJourneyWebhook(
  { records, checkWebhookTarget }: Pick<ApiDeps, 'records' | 'checkWebhookTarget'>,
  journeyId: string,
  webhook: PaymentJourneyRequest['Webhook'],
) {
  if (webhook === undefined) return undefined;
  await refuseUnlessAllowed(checkWebhookTarget, webhook.Url, 'Webhook.Url');
  const signing = newSigningSecret(webhook.SignatureKind);
  const values = {
    ...{ id: journeyId, journeyId, url: webhook.Url, signatureKind: webhook.SignatureKind },
    ...{ eventTypes: null, description: null, reference: null, createdBy: null },
  };
  const isNew = await records.webhookEndpoints.insert(tenantOf(), values, signing);
  const { publicKey: PublicKey } = signing;
  return {
    WebhookEndpointId: journeyId,
    ...(isNew ? { Secret: shownSecret(signing) ?? undefined, PublicKey: PublicKey ?? undefined } : {}),
  };
}
