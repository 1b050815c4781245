// The access token ends; the next read brings a fresh one.
import type { Found, MatrixBank } from '../bank.ts';
import { customerPresent, expectThat, type Session, unwarned } from '../session.ts';
import { authorise } from './authorise.ts';

export async function refresh(session: Session, bank: MatrixBank, found: Found): Promise<void> {
  const { accessConsentId } = found;
  if (accessConsentId === undefined || bank.endTokens === undefined) throw new Error('Nothing to refresh.');
  await bank.endTokens();
  // Tokens that were given before live on: one that is given now ends at once.
  await authorise(session, 'account-access', accessConsentId);
  const headers = { 'x-obc-account-access-consent-id': accessConsentId, ...customerPresent };
  for (const attempt of ['first', 'second']) {
    const accounts = unwarned(await session.call('GET', '/aisp/accounts', { headers })).Data.Account;
    expectThat(accounts.length > 0, `No account is there after the ${attempt} refresh.`);
  }
}
