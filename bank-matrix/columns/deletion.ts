// We end what we began: the consent, then the registration, at the bank too where it offers that.
import type { Found, MatrixBank } from '../bank.ts';
import { expectThat, type Session } from '../session.ts';

export async function deletion(session: Session, bank: MatrixBank, found: Found): Promise<void> {
  const { accessConsentId, accountsRegistrationId, paymentsRegistrationId } = found;
  if (accessConsentId !== undefined) {
    const path = `/aisp/account-access-consents/${accessConsentId}`;
    await session.call('DELETE', path);
    await session.call('GET', path, { status: 404 });
  }
  const headers = { 'x-obc-exclude-external-api-operation': 'false' };
  for (const id of new Set([accountsRegistrationId, paymentsRegistrationId])) {
    if (id === undefined) continue;
    const { Warnings: warnings } = await session.call('DELETE', `/manage/bank-registrations/${id}`, {
      headers,
    });
    await session.call('GET', `/manage/bank-registrations/${id}`, { status: 404 });
    // With a warning the client serves another registration, and stays.
    if (bank.deletesRegistrations && warnings === undefined && bank.knowsClient !== undefined)
      expectThat(
        !(await bank.knowsClient(found.clientIds.get(id) ?? '')),
        'The bank still knows the client.',
      );
  }
}
