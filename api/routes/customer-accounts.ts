// /accounts: what a customer has at all their banks, in one answer.
import { z } from 'zod';
import { readAccountTransactions } from '../customer-view/account-transactions.ts';
import { readCustomerAccounts, type ViewDeps } from '../customer-view/customer-accounts.ts';
import { type Api, addOperation } from '../operation.ts';
import { type Problem, problemDocument } from '../problem.ts';
import { queryOf } from '../query.ts';
import { callerFacts, callerHeaders } from '../schemas/caller-headers.ts';
import * as schemas from '../schemas/customer-accounts.ts';
import { warningMembers } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';

const tag = 'Accounts of a customer';
const headers = z.object(callerHeaders);

export function addCustomerAccounts(api: Api, deps: ViewDeps): void {
  addOperation(
    api,
    {
      method: 'get',
      path: '/accounts',
      id: 'ListCustomerAccounts',
      summary: "Read a customer's accounts at all their banks",
      ...{ tag, headers, query: schemas.CustomerAccountsQuery },
      status: 200,
      response: schemas.CustomerAccountsResponse,
    },
    async ({ headers: given }, c) => {
      const { reference } = queryOf(c, schemas.CustomerAccountsQuery);
      const facts = callerFacts(given);
      const { accounts, leftOut, warnings } = await readCustomerAccounts(deps, tenantOf(), reference, facts);
      const Data = accounts.flatMap(([shown]) =>
        shown === undefined ? [] : [{ Id: shown.id, ...placeOf(shown), Account: shown.account }],
      );
      const LeftOut = leftOut.map(({ consent, problem }) => ({
        BankProfile: consent.bankProfile,
        AccountAccessConsentId: consent.id,
        Problem: withoutCorrelation(problem),
      }));
      return c.json({ Data, LeftOut, ...warningMembers(warnings) });
    },
  );

  addOperation(
    api,
    {
      method: 'get',
      path: '/accounts/{accountId}/transactions',
      id: 'ListCustomerAccountTransactions',
      summary: "Read the transactions of one of a customer's accounts, newest first",
      ...{ tag, headers, query: schemas.AccountTransactionsQuery },
      params: z.object({ accountId: z.string().min(1).max(512) }),
      status: 200,
      response: schemas.AccountTransactionsResponse,
    },
    async ({ params: { accountId }, headers: given }, c) => {
      const { reference, ...filters } = queryOf(c, schemas.AccountTransactionsQuery);
      const set = Object.entries(filters).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      const wanted = { reference, accountId, query: new URLSearchParams(set).toString() };
      const read = await readAccountTransactions(deps, tenantOf(), wanted, callerFacts(given));
      return c.json({ Data: read.transactions, ...placeOf(read.shown), ...warningMembers(read.warnings) });
    },
  );
}

const placeOf = ({
  consent,
  externalApiAccountId,
}: {
  consent: { id: string; bankProfile: string };
  externalApiAccountId: string;
}) => ({
  BankProfile: consent.bankProfile,
  AccountAccessConsentId: consent.id,
  ExternalApiAccountId: externalApiAccountId,
});

function withoutCorrelation(problem: Problem): object {
  const { correlationId: _, ...document } = problemDocument(problem, '');
  return document;
}
