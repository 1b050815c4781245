import { describe, expect, it } from 'vitest';
import {
  accountAccessConsentStatuses,
  consentStatusCode,
  domesticPaymentConsentStatuses,
  domesticPaymentStatuses,
  fundsConfirmationConsentStatuses,
  nextPollDelayMs,
  paymentStatusCode,
  settledAtDebtorStatuses,
  terminalConsentStatuses,
  terminalPaymentStatuses,
} from '../../standards/uk-open-banking/statuses.ts';
import { readPublished, versions } from './published-document.ts';

function publishedStatuses(document: string, schema: string): string[] {
  const data = Object(readPublished(document).components.schemas[schema]).properties.Data;
  return data.properties.Status.enum;
}

describe('statuses', () => {
  it.each(versions)('are those that the documents of %s list', (version) => {
    const lists = [
      ['account-info', 'OBReadConsentResponse1', accountAccessConsentStatuses],
      ['payment-initiation', 'OBWriteDomesticConsentResponse5', domesticPaymentConsentStatuses],
      ['payment-initiation', 'OBWriteDomesticResponse5', domesticPaymentStatuses],
      ['confirmation-funds', 'OBFundsConfirmationConsentResponse1', fundsConfirmationConsentStatuses],
    ] as const;
    for (const [document, schema, statuses] of lists) {
      expect([...statuses[version]].sort()).toEqual(
        publishedStatuses(`${version}/${document}`, schema).sort(),
      );
    }
  });

  it('of v3.1 have a code of v4.0 each, and a code stands for itself', () => {
    expect(accountAccessConsentStatuses['v3.1'].map(consentStatusCode)).toEqual([
      'AWAU',
      'AUTH',
      'RJCT',
      'CANC',
    ]);
    expect(domesticPaymentConsentStatuses['v3.1'].map(consentStatusCode)).toEqual([
      'AWAU',
      'AUTH',
      'COND',
      'RJCT',
    ]);
    expect(fundsConfirmationConsentStatuses['v3.1'].map(consentStatusCode)).toEqual([
      'AWAU',
      'AUTH',
      'RJCT',
      'CANC',
    ]);
    expect(
      domesticPaymentStatuses['v3.1'].map((status) => paymentStatusCode(status, 'domestic-payment')),
    ).toEqual(['PDNG', 'ACSP', 'ACSC', 'ACWP', 'ACCC', 'RJCT']);
    for (const code of domesticPaymentStatuses['v4.0'])
      expect(paymentStatusCode(code, 'domestic-payment')).toBe(code);
    for (const code of accountAccessConsentStatuses['v4.0']) expect(consentStatusCode(code)).toBe(code);
    expect(paymentStatusCode('CANC', 'domestic-payment')).toBe('CANC');
  });

  it('that no version knows have no code', () => {
    expect(consentStatusCode('Pending')).toBeUndefined();
    expect(paymentStatusCode('AUTH', 'domestic-payment')).toBeUndefined();
    expect(paymentStatusCode('constructor', 'domestic-payment')).toBeUndefined();
  });

  it('tell an end from a pause: a cancelled account consent may return, a debited payment may still fail', () => {
    expect(terminalConsentStatuses['funds-confirmation'].has('CANC')).toBe(true);
    expect(terminalConsentStatuses['account-access'].has('CANC')).toBe(false);
    expect(terminalConsentStatuses['account-access'].has('EXPD')).toBe(true);
    expect(terminalConsentStatuses['domestic-payment'].has('COND')).toBe(true);
    for (const status of settledAtDebtorStatuses) expect(terminalPaymentStatuses.has(status)).toBe(false);
    expect(terminalPaymentStatuses.has('ACCC')).toBe(true);
  });
});

describe('nextPollDelayMs', () => {
  it('doubles from two seconds and stays at fifteen minutes', () => {
    expect([1, 2, 3, 4].map(nextPollDelayMs)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(nextPollDelayMs(9)).toBe(512_000);
    expect(nextPollDelayMs(10)).toBe(900_000);
    expect(nextPollDelayMs(5_000)).toBe(900_000);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses attempt %s', (attempt) => {
    expect(() => nextPollDelayMs(attempt)).toThrow(RangeError);
  });
});
