import { describe, expect, it } from 'vitest';
import {
  consentNotUsableCodes,
  errorCodeOf,
  errorCodes,
  reauthenticationCodes,
} from '../../standards/uk-open-banking/error-codes.ts';
import { readPublished, validatorOf } from './published-document.ts';

describe('error codes', () => {
  it('cover every name that v3.1 lists', () => {
    const { OBError1 } = readPublished('v3.1/payment-initiation').components.schemas;
    const names: string[] = Object(OBError1).properties.ErrorCode['x-namespaced-enum'];
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) expect(errorCodeOf(name)).toMatch(/^U0\d\d$/);
  });

  it('are one to one', () => {
    for (const [code, name] of Object.entries(errorCodes)) expect(errorCodeOf(name)).toBe(code);
    expect(new Set(Object.values(errorCodes)).size).toBe(Object.keys(errorCodes).length);
  });

  it('of v4.0 have the published length of four', () => {
    const own = [...Object.keys(errorCodes), ...reauthenticationCodes, ...consentNotUsableCodes];
    const published = validatorOf('v4.0/account-info', 'OBExternalStatusReason1Code');
    expect(own.filter((code) => code.length !== 4 || !published(code))).toEqual([]);
  });

  it('that are none of ours pass through', () => {
    expect(errorCodeOf('AM04')).toBe('AM04');
    expect(errorCodeOf('U009')).toBe('U009');
    expect(errorCodeOf('constructor')).toBe('constructor');
  });
});
