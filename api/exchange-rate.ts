// Whether the exchange rate that a customer agreed to still holds: an order after that would be refused, and end the consent.
import { hasExchangeRate, rateExpiryMs } from '../standards/uk-open-banking/exchange-rate.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import type { Consent } from '../store/consents.ts';
import type { PaymentFamily } from '../workflows/contracts/payment.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';
import { recordedId } from './routes/consent-members.ts';
import { tenantOf } from './tenant.ts';

type Deps = Pick<ApiDeps, 'records' | 'bankReads' | 'clock'>;

/** @throws {Problem} `exchange-rate-expired`; not for a consent that was paid under, whose caller asks about the payment */
export async function refuseLapsedRate(
  { records, bankReads, clock }: Deps,
  family: PaymentFamily,
  consent: Consent,
  customerIpAddress: string | undefined,
): Promise<void> {
  if (!hasExchangeRate(family)) return;
  const recorded = await records.consents.findBankResponse(tenantOf(), consent.id);
  const expiryMs = rateExpiryMs(recorded?.body);
  if (expiryMs === undefined || expiryMs > clock.nowMs()) return;
  if ((await records.payments.findByConsent(tenantOf(), consent.id)) !== undefined) return;
  // Some banks name another rate when their customer agrees.
  const { body } = await bankReads.readAsClient(tenantOf(), {
    bankRegistrationId: consent.bankRegistrationId,
    endpoint: paymentFamilyFacts[family].readConsent,
    params: { ConsentId: recordedId(consent) },
    query: '',
    customerIpAddress,
    useV4: consent.createdWithV4,
  });
  const latestMs = rateExpiryMs(body) ?? expiryMs;
  if (latestMs > clock.nowMs()) return;
  const detail = `It held until ${new Date(latestMs).toISOString()}.`;
  throw new Problem('exchange-rate-expired', { detail });
}
