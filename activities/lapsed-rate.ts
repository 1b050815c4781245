// What the refusal of an order is that came to its bank after the exchange rate had lapsed: banks have no code for that, they
// say that the consent cannot be used.
import { hasExchangeRate, rateExpiryMs } from '../standards/uk-open-banking/exchange-rate.ts';
import type { Payment } from '../store/payments.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Classified } from './classify.ts';
import type { ActivityDeps } from './deps.ts';

export async function namedByRate(
  { store, clock }: ActivityDeps,
  tenant: TenantId,
  { family, consentId }: Payment,
  refusal: Classified,
): Promise<Classified> {
  if (refusal.type !== 'ConsentNotUsable' || !hasExchangeRate(family)) return refusal;
  const consent = await store.consents.findBankResponse(tenant, consentId);
  const expiryMs = rateExpiryMs(consent?.body);
  if (expiryMs === undefined || expiryMs > clock.nowMs()) return refusal;
  return { ...refusal, details: { ...refusal.details, code: 'exchange-rate-expired' } };
}
