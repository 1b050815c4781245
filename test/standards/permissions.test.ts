import { describe, expect, it } from 'vitest';
import {
  findPermissionViolations,
  missingPermissions,
  permissions,
} from '../../standards/uk-open-banking/permissions.ts';
import { readPublished, versions } from './published-document.ts';

const rulesBroken = (asked: string[]) => findPermissionViolations(asked).map(({ rule }) => rule);

describe('permissions', () => {
  it.each(versions)('are those that %s lists', (version) => {
    const { OBReadConsent1, ...schemas } = readPublished(`${version}/account-info`).components.schemas;
    const items = Object(OBReadConsent1).properties.Data.properties.Permissions.items;
    const codes = items.enum ?? schemas[String(items.$ref).split('/').at(-1) ?? '']?.enum;
    expect([...permissions].sort()).toEqual([...codes].sort());
  });
});

describe('findPermissionViolations', () => {
  it.each([
    [['ReadAccountsBasic']],
    [['ReadAccountsBasic', 'ReadAccountsDetail', 'ReadBalances']],
    [['ReadAccountsDetail', 'ReadTransactionsBasic', 'ReadTransactionsDebits']],
    [[...permissions]],
  ])('finds nothing wrong with %j', (asked) => {
    expect(findPermissionViolations(asked)).toEqual([]);
  });

  it.each([
    [[], ['none-asked']],
    [['ReadBalances'], ['accounts-missing']],
    [['ReadAccountsBasic', 'ReadMinds'], ['unknown']],
    [['ReadAccountsBasic', 'ReadTransactionsDetail'], ['transaction-direction-missing']],
    [['ReadAccountsBasic', 'ReadTransactionsCredits'], ['transaction-detail-missing']],
    [
      ['ReadMinds', 'ReadTransactionsBasic'],
      ['unknown', 'accounts-missing', 'transaction-direction-missing'],
    ],
  ])('says what is wrong with %j', (asked, rules) => {
    expect(rulesBroken(asked)).toEqual(rules);
  });
});

describe('missingPermissions', () => {
  const required = ['ReadBalances', ['ReadAccountsBasic', 'ReadAccountsDetail']] as const;

  it('is empty when one of each group is held', () => {
    expect(missingPermissions(['ReadAccountsDetail', 'ReadBalances'], required)).toEqual([]);
    expect(missingPermissions([], [])).toEqual([]);
  });

  it('names the groups that are open', () => {
    expect(missingPermissions(['ReadBalances'], required)).toEqual([
      ['ReadAccountsBasic', 'ReadAccountsDetail'],
    ]);
    expect(missingPermissions([], required)).toEqual(required);
  });
});
