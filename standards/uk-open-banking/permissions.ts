// The permissions of an account-access consent and the rules for combining them, the same in v3.1 and v4.0:
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/account-and-transaction-api-profile.html#permissions

export const permissions = [
  'ReadAccountsBasic',
  'ReadAccountsDetail',
  'ReadBalances',
  'ReadBeneficiariesBasic',
  'ReadBeneficiariesDetail',
  'ReadDirectDebits',
  'ReadOffers',
  'ReadPAN',
  'ReadParty',
  'ReadPartyPSU',
  'ReadProducts',
  'ReadScheduledPaymentsBasic',
  'ReadScheduledPaymentsDetail',
  'ReadStandingOrdersBasic',
  'ReadStandingOrdersDetail',
  'ReadStatementsBasic',
  'ReadStatementsDetail',
  'ReadTransactionsBasic',
  'ReadTransactionsCredits',
  'ReadTransactionsDebits',
  'ReadTransactionsDetail',
] as const;

export type Permission = (typeof permissions)[number];

/** What a read needs: every entry must be held; of a list inside, one is enough. */
export type PermissionRequirement = readonly (Permission | readonly Permission[])[];

export type PermissionRule =
  | 'none-asked'
  | 'unknown'
  | 'accounts-missing'
  | 'transaction-direction-missing'
  | 'transaction-detail-missing';

export interface PermissionViolation {
  rule: PermissionRule;
  message: string;
}

const known: ReadonlySet<string> = new Set(permissions);

export const accountsPermissions = ['ReadAccountsBasic', 'ReadAccountsDetail'] as const;
export const beneficiariesPermissions = ['ReadBeneficiariesBasic', 'ReadBeneficiariesDetail'] as const;
export const scheduledPaymentsPermissions = [
  'ReadScheduledPaymentsBasic',
  'ReadScheduledPaymentsDetail',
] as const;
export const standingOrdersPermissions = ['ReadStandingOrdersBasic', 'ReadStandingOrdersDetail'] as const;
export const statementsPermissions = ['ReadStatementsBasic', 'ReadStatementsDetail'] as const;
export const transactionDetailPermissions = ['ReadTransactionsBasic', 'ReadTransactionsDetail'] as const;
export const transactionDirectionPermissions = ['ReadTransactionsCredits', 'ReadTransactionsDebits'] as const;

/** Every rule that the asked permissions break, for which a bank must refuse the consent; none when they are fine. */
export function findPermissionViolations(asked: readonly string[]): PermissionViolation[] {
  if (asked.length === 0)
    return [{ rule: 'none-asked', message: 'at least one permission must be asked for' }];
  const holds = (group: readonly string[]) => group.some((permission) => asked.includes(permission));
  const violations: PermissionViolation[] = asked
    .filter((permission) => !known.has(permission))
    .map((permission) => ({ rule: 'unknown', message: `${permission} is not a permission` }));
  if (!holds(accountsPermissions)) {
    violations.push({ rule: 'accounts-missing', message: `one of ${list(accountsPermissions)} is needed` });
  }
  if (holds(transactionDetailPermissions) && !holds(transactionDirectionPermissions)) {
    const message = `${list(transactionDetailPermissions)} need one of ${list(transactionDirectionPermissions)}`;
    violations.push({ rule: 'transaction-direction-missing', message });
  }
  if (holds(transactionDirectionPermissions) && !holds(transactionDetailPermissions)) {
    const message = `${list(transactionDirectionPermissions)} need one of ${list(transactionDetailPermissions)}`;
    violations.push({ rule: 'transaction-detail-missing', message });
  }
  return violations;
}

/** The entries of a requirement that the held permissions leave open; empty when the read is allowed. */
export function missingPermissions(
  held: readonly string[],
  required: PermissionRequirement,
): PermissionRequirement {
  return required.filter((entry) => ![entry].flat().some((permission) => held.includes(permission)));
}

function list(names: readonly string[]): string {
  return names.join(', ');
}
