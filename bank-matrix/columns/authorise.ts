// The customer goes to the bank, says yes and comes back.
import type { Session } from '../session.ts';

const contexts = {
  'account-access': ['/aisp/account-access-consent-auth-contexts', 'AccountAccessConsentId'],
  'domestic-payment': ['/pisp/domestic-payment-consent-auth-contexts', 'DomesticPaymentConsentId'],
} as const;

export async function authorise(
  session: Session,
  family: keyof typeof contexts,
  consentId: string,
): Promise<void> {
  const [path, member] = contexts[family];
  const { AuthUrl } = await session.call('POST', path, { body: { [member]: consentId } });
  const { search, hash } = new URL(await session.customer.authorise(AuthUrl));
  const body = new URLSearchParams(hash === '' ? search : hash.slice(1));
  body.set('response_mode', hash === '' ? 'query' : 'fragment');
  await session.call('POST', '/auth/redirect-delegate', { body });
}
