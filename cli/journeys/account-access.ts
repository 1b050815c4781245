// The second journey: a customer gives access to accounts, and their data is read.
import { consentWorkflowId } from '../../workflows/contracts/ids.ts';
import type { Stage } from '../stage.ts';
import { authorise } from './authorisation.ts';
import type { Registered } from './registration.ts';

export interface AccountAccess {
  consentId: string;
  accounts: number;
  transactions: number;
}

export async function readAccounts(stage: Stage, registered: Registered): Promise<AccountAccess> {
  const { connector, narrator, watch } = stage;
  narrator.title('Access to accounts');
  const consent = await connector.call('POST', '/aisp/account-access-consents', {
    BankRegistrationId: registered.id,
    TemplateRequest: { Type: 'MaximumPermissions' },
    Reference: 'demo',
  });
  await watch.follow(consentWorkflowId(consent.Id));
  await authorise(stage, '/aisp/account-access-consent-auth-contexts', {
    AccountAccessConsentId: consent.Id,
  });

  const accounts = (await connector.read('/aisp/accounts', consent.Id)).flatMap(({ Account }) => Account);
  let transactions = 0;
  for (const { AccountId } of accounts) {
    await connector.read(`/aisp/accounts/${AccountId}/balances`, consent.Id);
    const pages = await connector.read(`/aisp/accounts/${AccountId}/transactions`, consent.Id);
    transactions += pages.reduce((sum, { Transaction }) => sum + Transaction.length, 0);
  }
  narrator.step(`read ${accounts.length} accounts, their balances and ${transactions} transactions`);
  return { consentId: consent.Id, accounts: accounts.length, transactions };
}
