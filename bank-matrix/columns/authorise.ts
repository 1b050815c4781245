// The customer goes to the bank, says yes and comes back.
import { nameOf, type PaymentFamily } from '../payment-families.ts';
import type { Session } from '../session.ts';

export async function authorise(
  session: Session,
  family: 'account-access' | PaymentFamily,
  consentId: string,
): Promise<void> {
  const [group, name] = family === 'account-access' ? ['aisp', 'AccountAccess'] : ['pisp', nameOf(family)];
  const path = `/${group}/${family}-consent-auth-contexts`;
  const { AuthUrl } = await session.call('POST', path, { body: { [`${name}ConsentId`]: consentId } });
  const { search, hash } = new URL(await session.customer.authorise(AuthUrl));
  const body = new URLSearchParams(hash === '' ? search : hash.slice(1));
  body.set('response_mode', hash === '' ? 'query' : 'fragment');
  await session.call('POST', '/auth/redirect-delegate', { body });
}
