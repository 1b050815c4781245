import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addMoney,
  compareMoney,
  decimalsOf,
  fromMinorUnits,
  toMinorUnits,
} from '../../standards/uk-open-banking/money.ts';

const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const currencies = fc.constantFrom('GBP', 'EUR', 'JPY', 'KWD', 'CLF');
const minorUnits = fc.bigInt({ min: 0n, max: 9_999_999_999_999n });

describe('minor units', () => {
  it.each([
    ['10', 'GBP', 1000n],
    ['10.5', 'GBP', 1050n],
    ['0.01', 'GBP', 1n],
    ['10.10000', 'GBP', 1010n],
    ['250', 'JPY', 250n],
    ['1.234', 'KWD', 1234n],
    ['9999999999999.99', 'GBP', 999_999_999_999_999n],
  ])('of %s %s are %s', (amount, currency, expected) => {
    expect(toMinorUnits({ amount, currency })).toBe(expected);
  });

  it.each(['', '-1', '+1', '1.', '.5', '1,00', '1e3', ' 1', '1\n', '12345678901234', '1.123456', '١'])(
    'refuse %j as malformed',
    (amount) => {
      expect(() => toMinorUnits(gbp(amount))).toThrow(RangeError);
    },
  );

  it('refuse an amount finer than the currency allows', () => {
    expect(() => toMinorUnits(gbp('10.001'))).toThrow('finer');
    expect(() => toMinorUnits({ amount: '1.5', currency: 'JPY' })).toThrow('finer');
  });

  it('come back as the same amount, with the decimals of the currency', () => {
    fc.assert(
      fc.property(minorUnits, currencies, (units, currency) => {
        const money = fromMinorUnits(units, currency);
        expect(money.amount.split('.')[1]?.length ?? 0).toBe(decimalsOf(currency));
        expect(toMinorUnits(money)).toBe(units);
      }),
    );
  });

  it('refuse a negative amount and one of more than 13 digits', () => {
    expect(() => fromMinorUnits(-1n, 'GBP')).toThrow(RangeError);
    expect(() => fromMinorUnits(10n ** 15n, 'GBP')).toThrow(RangeError);
    expect(fromMinorUnits(10n ** 15n - 1n, 'GBP').amount).toBe('9999999999999.99');
  });
});

describe('compareMoney', () => {
  it('orders by worth, whatever the notation', () => {
    expect(compareMoney(gbp('1.5'), gbp('1.50000'))).toBe(0);
    expect(compareMoney(gbp('9'), gbp('10'))).toBeLessThan(0);
    expect(compareMoney(gbp('0.00002'), gbp('0.00001'))).toBeGreaterThan(0);
  });

  it('orders as the minor units do', () => {
    fc.assert(
      fc.property(minorUnits, minorUnits, currencies, (a, b, currency) => {
        const order = compareMoney(fromMinorUnits(a, currency), fromMinorUnits(b, currency));
        expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe('addMoney', () => {
  it('adds exactly', () => {
    expect(addMoney(gbp('0.1'), gbp('0.2'))).toEqual(gbp('0.30'));
  });

  it('refuses to mix currencies, as comparing does', () => {
    const euro = { amount: '1', currency: 'EUR' };
    expect(() => addMoney(gbp('1'), euro)).toThrow('do not mix');
    expect(() => compareMoney(gbp('1'), euro)).toThrow('do not mix');
  });
});
