// We become a client of the bank, or one for each API where the bank has it so, and read the registration back.
import type { Found, MatrixBank } from '../bank.ts';
import { expectThat, type Session } from '../session.ts';

const path = '/manage/bank-registrations';
const both = 'AccountAndTransactionPlusPaymentInitiation';

export async function registration(session: Session, bank: MatrixBank, found: Found): Promise<void> {
  const { accounts, payments } = bank.offers;
  if (bank.clientsPerApi) {
    if (accounts)
      found.accountsRegistrationId = await register(session, bank, found, 'AccountAndTransaction');
    if (payments) found.paymentsRegistrationId = await register(session, bank, found, 'PaymentInitiation');
    return;
  }
  const id = await register(session, bank, found, both);
  found.accountsRegistrationId = id;
  found.paymentsRegistrationId = id;
}

const scopeWords: Record<string, string> = {
  [both]: 'openid accounts payments',
  AccountAndTransaction: 'openid accounts',
  PaymentInitiation: 'openid payments',
};

async function register(
  session: Session,
  bank: MatrixBank,
  found: Found,
  RegistrationScope: string,
): Promise<string> {
  const versions = bank.useVersion3 ? { AispUseV4: false, PispUseV4: false } : {};
  const request = {
    ...{ BankProfile: bank.profile, SoftwareStatementId: bank.softwareStatementId, RegistrationScope },
    ...{ UseSimulatedBank: bank.useSimulatedBank, Reference: 'bank matrix', ...versions },
  };
  if (bank.givenClient !== undefined) {
    const { errors } = await session.call('POST', path, { body: request, status: 400 });
    expectThat('ExternalApiId' in (errors ?? {}), 'Nobody asks for the client that the bank handed out.');
  }
  const given = await bank.givenClient?.(scopeWords[RegistrationScope] ?? '');
  const created = await session.call('POST', path, { body: { ...request, ...given } });
  found.clientIds.set(created.Id, created.ExternalApiId);
  expectThat(typeof created.ExternalApiId === 'string', 'The registration has no client id.');
  const read = await session.call('GET', `${path}/${created.Id}`);
  expectThat(
    read.ExternalApiId === created.ExternalApiId,
    'The registration is read back as another client.',
  );
  const { ExternalApiResponse: atBank } = read;
  if (bank.readsRegistrations)
    expectThat(atBank?.client_id === created.ExternalApiId, 'The bank does not tell of the client.');
  return created.Id;
}
