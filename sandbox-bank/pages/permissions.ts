// Permissions in words a customer understands, grouped as the Customer Experience Guidelines do.

const clusters: readonly [line: string, permissions: readonly string[]][] = [
  ['Your account name and type', ['ReadAccountsBasic', 'ReadAccountsDetail']],
  ['Your account number and sort code', ['ReadAccountsDetail']],
  ['Your balances', ['ReadBalances']],
  ['Payments into your account', ['ReadTransactionsCredits']],
  ['Payments out of your account', ['ReadTransactionsDebits']],
  ['Whom you paid and who paid you', ['ReadTransactionsDetail']],
  ['Your regular payments', ['ReadStandingOrdersBasic', 'ReadStandingOrdersDetail', 'ReadDirectDebits']],
  ['People you pay', ['ReadBeneficiariesBasic', 'ReadBeneficiariesDetail']],
  ['Your statements', ['ReadStatementsBasic', 'ReadStatementsDetail']],
  ['Product and offers', ['ReadProducts', 'ReadOffers']],
  ['Your name and contact details', ['ReadParty', 'ReadPartyPSU']],
];

export function describePermissions(permissions: readonly string[]): string[] {
  return clusters
    .filter(([, cluster]) => cluster.some((permission) => permissions.includes(permission)))
    .map(([line]) => line);
}
