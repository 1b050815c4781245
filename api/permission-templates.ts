// Permissions of an access by template, as far as the bank offers them, and those that a caller asks for by name.
import {
  findPermissionViolations,
  type Permission,
  permissions,
} from '../standards/uk-open-banking/permissions.ts';
import { Problem } from './problem.ts';

const accountsAndBalances = ['ReadAccountsBasic', 'ReadAccountsDetail', 'ReadBalances'] as const;

/** What each asks for at a bank that offers everything. */
const permissionTemplates = {
  MaximumPermissions: permissions,
  AccountsAndBalances: accountsAndBalances,
  AccountsBalancesAndTransactions: [
    ...accountsAndBalances,
    'ReadTransactionsBasic',
    'ReadTransactionsCredits',
    'ReadTransactionsDebits',
    'ReadTransactionsDetail',
  ],
} as const satisfies Record<string, readonly Permission[]>;

export type PermissionTemplate = keyof typeof permissionTemplates;
export const permissionTemplateNames = Object.keys(permissionTemplates) as [
  PermissionTemplate,
  ...PermissionTemplate[],
];

/** @throws {Problem} when the bank offers too little of it */
export function permissionsOfTemplate(template: PermissionTemplate, notOffered: readonly string[]) {
  const offered = permissionTemplates[template].filter((permission) => !notOffered.includes(permission));
  refuse('TemplateRequest.Type', findPermissionViolations(offered));
  return offered;
}

/** @throws {Problem} when they break a rule, or the bank does not offer one of them */
export function refuseBadPermissions(asked: readonly string[], notOffered: readonly string[]): void {
  const refused = asked.filter((permission) => notOffered.includes(permission));
  refuse('ExternalApiRequest.Data.Permissions', [
    ...findPermissionViolations(asked),
    ...refused.map((permission) => ({ message: `${permission} is not offered by this bank` })),
  ]);
}

function refuse(field: string, violations: readonly { message: string }[]): void {
  if (violations.length === 0) return;
  throw new Problem('permissions-refused', { errors: { [field]: violations.map(({ message }) => message) } });
}
