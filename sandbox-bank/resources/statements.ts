// Statements of the shared accounts, what each holds, and the document a customer would print (Statements profile).
import type { BankAccount } from '../data/accounts.ts';
import { accountResource, listAnswer } from './account-resource.ts';
import { requestedAccount } from './accounts.ts';
import { type Span, spanOfConsent, spanOfQuery } from './date-filters.ts';
import { badRequest } from './errors.ts';
import { type MonthlyStatement, statementsOn } from './monthly-statements.ts';
import { accountRead, type Call, type Operation } from './operation.ts';
import type { AccountAccessConsent } from './records.ts';
import { statementBody } from './statement-body.ts';
import { statementFile } from './statement-file.ts';
import { transactionPermissions, transactionsAnswer } from './transactions.ts';

const permissions = [['ReadStatementsBasic', 'ReadStatementsDetail']];
const path = '/accounts/{AccountId}/statements/{StatementId}';

export const statements: Operation[] = [
  ...accountResource({
    member: 'Statement',
    ofOne: 'statements',
    ofAll: 'statements',
    permissions,
    bodiesOf(call, consent, account) {
      const asked = spanOfQuery(call, 'fromStatementDateTime', 'toStatementDateTime');
      return shown(call, consent, account)
        .filter((statement) => isInside(statement, asked))
        .map((statement) => statementBody(call, consent, account, statement));
    },
  }),
  accountRead({
    path,
    permissions,
    answer(call, consent) {
      const { account, statement } = requested(call, consent);
      return listAnswer(call, 'Statement', [statementBody(call, consent, account, statement)]);
    },
  }),
  accountRead({
    path: `${path}/file`,
    permissions: [['ReadStatementsDetail']],
    produces: 'application/pdf',
    answer(call, consent) {
      const { account, statement } = requested(call, consent);
      return { status: 200, file: statementFile(call, account, statement) };
    },
  }),
  accountRead({
    path: `${path}/transactions`,
    permissions: [...permissions, ...transactionPermissions],
    answer(call, consent) {
      return transactionsAnswer(call, consent, requested(call, consent).statement.transactions);
    },
  }),
];

/** Those that lie in the consent's window altogether. */
function shown(call: Call, consent: AccountAccessConsent, account: BankAccount): MonthlyStatement[] {
  const window = spanOfConsent(consent);
  return statementsOn(call, account).filter((statement) => isInside(statement, window));
}

/** The statement of the path; one outside the consent's window is as unknown as one that never was. */
function requested(call: Call, consent: AccountAccessConsent) {
  const account = requestedAccount(call, consent);
  const statement = shown(call, consent, account).find(
    ({ statementId }) => statementId === call.params.StatementId,
  );
  if (!statement) throw badRequest('U011', 'there is no such statement');
  return { account, statement };
}

function isInside({ startMs, endMs }: MonthlyStatement, { fromMs, toMs }: Span): boolean {
  return startMs >= fromMs && endMs <= toMs;
}
