// A webhook endpoint of one payment in one request, under the payment's own id.
import { newSigningSecret } from '../notifications/signatures.ts';
import type { ApiDeps } from './deps.ts';
import type { PaymentJourneyRequest } from './schemas/payment-journeys.ts';
import { shownSecret } from './shown-secret.ts';
import { tenantOf } from './tenant.ts';
import { refuseUnlessAllowed } from './webhook-target.ts';

type Asked = PaymentJourneyRequest['Webhook'];

/**
 * Repeatable.
 * @throws {Problem} `webhook-url-refused`
 */
export async function addJourneyWebhook(
  { records, checkWebhookTarget }: Pick<ApiDeps, 'records' | 'checkWebhookTarget'>,
  journeyId: string,
  webhook: Asked,
): Promise<void> {
  if (webhook === undefined) return;
  await refuseUnlessAllowed(checkWebhookTarget, webhook.Url, 'Webhook.Url');
  const values = {
    ...{ id: journeyId, journeyId, url: webhook.Url, signatureKind: webhook.SignatureKind },
    ...{ eventTypes: null, description: null, reference: null, createdBy: null },
  };
  await records.webhookEndpoints.insert(tenantOf(), values, newSigningSecret(webhook.SignatureKind));
}

/** What verifies its webhooks, for whoever asks for the payment: the first answer may have been lost, or an error. */
export async function journeyWebhook(
  { records }: Pick<ApiDeps, 'records'>,
  journeyId: string,
  webhook: Asked,
) {
  const endpoint = webhook && (await records.webhookEndpoints.find(tenantOf(), journeyId));
  const secret = endpoint && (await records.webhookEndpoints.findSecret(tenantOf(), journeyId));
  if (endpoint === undefined || secret === undefined) return undefined;
  const { publicKey } = endpoint;
  return {
    WebhookEndpointId: journeyId,
    Secret: shownSecret({ secret, publicKey }) ?? undefined,
    PublicKey: publicKey ?? undefined,
  };
}
