// The sandbox bank's customers and accounts: identifiers that pass real checks, users who own what they are offered.
import { describe, expect, it } from 'vitest';
import { bankAccounts } from '../../sandbox-bank/data/accounts.ts';
import { britishIban, isCardNumber, isIban, maskedCardNumber } from '../../sandbox-bank/data/identifiers.ts';
import { bankUsers } from '../../sandbox-bank/data/users.ts';

describe('the accounts', () => {
  it('have ids that never change', () => {
    const ids = bankAccounts.map(({ accountId }) => accountId);
    expect(new Set(ids).size).toBe(29);
    expect(ids.slice(0, 10)).toEqual([
      '22289',
      '31820',
      '41101',
      '51977',
      '60412',
      '23345',
      '70001',
      '70002',
      '70003',
      '80001',
    ]);
  });

  it('are in three currencies, personal and business, and of three kinds', () => {
    expect(new Set(bankAccounts.map(({ currency }) => currency))).toEqual(new Set(['GBP', 'EUR', 'USD']));
    expect(new Set(bankAccounts.map(({ category }) => category))).toEqual(new Set(['Personal', 'Business']));
    expect(new Set(bankAccounts.map(({ typeCode }) => typeCode))).toEqual(new Set(['CACC', 'SVGS', 'CARD']));
  });

  it('carry identifications that pass the checks of their scheme', () => {
    for (const { schemeName, identification } of bankAccounts.flatMap(
      ({ identifications }) => identifications,
    )) {
      if (schemeName === 'UK.OBIE.IBAN') expect(isIban(identification)).toBe(true);
      else if (schemeName === 'UK.OBIE.PAN') expect(isCardNumber(identification)).toBe(true);
      else expect(identification).toMatch(/^\d{14}$/);
    }
  });
});

describe('identifiers', () => {
  it('computes the check digits of a published example IBAN', () => {
    expect(britishIban('NWBK', '601613', '31926819')).toBe('GB29NWBK60161331926819');
  });

  it('refuses an IBAN or a card number with one digit changed', () => {
    expect(isIban('GB29NWBK60161331926818')).toBe(false);
    expect(isIban('not an IBAN')).toBe(false);
    expect(isCardNumber('4111111111111111')).toBe(true);
    expect(isCardNumber('4111111111111112')).toBe(false);
    expect(isCardNumber('41111')).toBe(false);
  });

  it('shows the last four digits of a masked card number', () => {
    expect(maskedCardNumber('4111111111111234')).toBe('**** **** **** 1234');
  });
});

describe('the users', () => {
  it('are offered accounts in words a person knows, with card numbers masked', () => {
    const alice = bankUsers.find(({ username }) => username === 'alice');
    const shown = Object.fromEntries(
      (alice?.accounts ?? []).map((account) => [account.accountId, account.identification]),
    );
    expect(shown['22289']).toBe('99-00-01 10222890');
    expect(shown['41101']).toMatch(/^\*{4} \*{4} \*{4} \d{4}$/);
    expect(shown['51977']).toMatch(/^GB\d\d SBXB( \d{4}){3} \d{2}$/);
  });

  it('share a joint account and pay from sterling current accounts only', () => {
    const owners = bankUsers.filter(({ accounts }) =>
      accounts.some(({ accountId }) => accountId === '60412'),
    );
    expect(owners.map(({ username }) => username)).toEqual(['alice', 'bob']);
    const payers = bankUsers.flatMap(({ accounts }) => accounts.filter(({ canPay }) => canPay));
    expect(payers.map(({ accountId }) => accountId).slice(0, 6)).toEqual([
      '22289',
      '60412',
      '23345',
      '60412',
      '70001',
      '80001',
    ]);
    expect(bankUsers.find(({ username }) => username === 'wren')?.accounts).toHaveLength(20);
  });
});
