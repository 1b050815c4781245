// The identity of an account: the same however it is written and whatever else is told, another for every other account.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { accountIdentity } from '../../security/account-identity.ts';

const key = Buffer.alloc(32, 1);
const sortCode = { SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '20000319825731' };
const iban = { SchemeName: 'UK.OBIE.IBAN', Identification: 'GB29NWBK60161331926819' };
const pan = { SchemeName: 'UK.OBIE.PAN', Identification: '4444333322221111' };
const own = { SchemeName: 'UK.Example.Wallet', Identification: 'W-1' };
const identity = accountIdentity(key, [sortCode]);

describe('an account', () => {
  it('is the keyed hash of scheme and identification', () => {
    const text = '["UK.OBIE.SortCodeAccountNumber","20000319825731"]';
    expect(identity).toBe(createHmac('sha256', key).update(text).digest('base64url'));
  });

  it.each([
    [[iban, sortCode]],
    [[sortCode, iban, pan, own]],
    [[{ ...sortCode, Identification: '20-00-03 19825731' }]],
  ])('is the same account as %j', (identifiers) => {
    expect(accountIdentity(key, identifiers)).toBe(identity);
  });

  it.each([
    [[{ ...sortCode, Identification: '20000319825732' }]],
    [[{ ...sortCode, SchemeName: 'UK.OBIE.BBAN' }]],
    // Accounts of a building society share a number, and have a roll number each.
    [[{ ...sortCode, SecondaryIdentification: 'R1' }]],
    [[iban]],
  ])('is another than %j', (identifiers) => {
    expect(accountIdentity(key, identifiers)).toEqual(expect.any(String));
    expect(accountIdentity(key, identifiers)).not.toBe(identity);
  });

  it('has another identity under another key', () => {
    expect(accountIdentity(Buffer.alloc(32, 2), [sortCode])).not.toBe(identity);
  });

  it('of schemes that nobody prefers is the first of them, in whatever order they come', () => {
    expect(accountIdentity(key, [pan, own])).toBe(accountIdentity(key, [own, pan]));
  });

  it('that nothing tells from others has none', () => {
    expect(accountIdentity(key, [])).toBeUndefined();
    expect(accountIdentity(key, [{ ...pan, Identification: '**** **** **** 1111' }])).toBeUndefined();
  });
});
