// A customer shares accounts; we read them, their balances and transactions; the customer authorises once more.
import type { Found, MatrixBank } from '../bank.ts';
import { customerPresent, expectThat, type Session, unwarned } from '../session.ts';
import { authorise } from './authorise.ts';

const path = '/aisp/account-access-consents';

export async function accountAccess(session: Session, _: MatrixBank, found: Found): Promise<void> {
  const created = await session.call('POST', path, {
    body: {
      BankRegistrationId: found.accountsRegistrationId,
      TemplateRequest: { Type: 'MaximumPermissions' },
    },
  });
  const asked = unwarned(created);
  expectThat(asked.Data.Status === 'AWAU', `The consent begins as ${asked.Data.Status}.`);
  expectThat(typeof asked.Links?.Self === 'string', 'The new consent has no link.');
  found.accessConsentId = created.Id;
  await authorise(session, 'account-access', created.Id);
  const consent = unwarned(await session.call('GET', `${path}/${created.Id}`));
  expectThat(consent.Data.Status === 'AUTH', `The authorised consent is ${consent.Data.Status}.`);

  const headers = { 'x-obc-account-access-consent-id': created.Id, ...customerPresent };
  const read = async (below: string) => {
    const body = unwarned(await session.call('GET', `/aisp/${below}`, { headers }));
    expectThat(typeof body.Links?.Self === 'string', `The answer to ${below} has no link.`);
    return body.Data;
  };
  const [account] = (await read('accounts')).Account;
  expectThat(typeof account?.AccountId === 'string', 'The bank tells of no account.');
  const [balance] = (await read(`accounts/${account.AccountId}/balances`)).Balance;
  expectThat(/^[A-Z]{4}$/.test(balance?.Type), `A balance is of the type ${balance?.Type}.`);
  const [transaction] = (await read(`accounts/${account.AccountId}/transactions`)).Transaction;
  expectThat(/^(BOOK|PDNG)$/.test(transaction?.Status), `A transaction is ${transaction?.Status}.`);

  await authorise(session, 'account-access', created.Id);
  expectThat(
    (await read('accounts')).Account.length > 0,
    'After a second authorisation no account is there.',
  );
}
