import { describe, expect, it } from 'vitest';
import { corrected } from '../../standards/uk-open-banking/corrections.ts';
import {
  accountAccessConsentStatuses,
  consentStatusCode,
  domesticPaymentConsentStatuses,
  filePaymentConsentStatuses,
  fundsConfirmationConsentStatuses,
  isTerminalPaymentStatus,
  type PaymentFamily,
  paymentStatusCode,
  paymentStatuses,
  settledAtDebtorStatuses,
  terminalConsentStatuses,
} from '../../standards/uk-open-banking/statuses.ts';
import { readPublished, versions } from './published-document.ts';

const families = Object.keys(paymentStatuses) as PaymentFamily[]; // its keys are these, by its type

const orderSchemas: Record<PaymentFamily, string> = {
  'domestic-payment': 'OBWriteDomesticResponse5',
  'domestic-scheduled-payment': 'OBWriteDomesticScheduledResponse5',
  'domestic-standing-order': 'OBWriteDomesticStandingOrderResponse6',
  'international-payment': 'OBWriteInternationalResponse5',
  'international-scheduled-payment': 'OBWriteInternationalScheduledResponse6',
  'international-standing-order': 'OBWriteInternationalStandingOrderResponse7',
  'file-payment': 'OBWriteFileResponse3',
};

function publishedStatuses(document: string, schema: string): string[] {
  const data = Object(corrected(document, readPublished(document)).components.schemas[schema]).properties
    .Data;
  return data.properties.Status.enum;
}

describe('statuses', () => {
  it.each(versions)('are those that the documents of %s list', (version) => {
    const lists = [
      ['account-info', 'OBReadConsentResponse1', accountAccessConsentStatuses],
      ['payment-initiation', 'OBWriteDomesticConsentResponse5', domesticPaymentConsentStatuses],
      ['payment-initiation', 'OBWriteFileConsentResponse4', filePaymentConsentStatuses],
      ...families.map(
        (family) => ['payment-initiation', orderSchemas[family], paymentStatuses[family]] as const,
      ),
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
      paymentStatuses['domestic-payment']['v3.1'].map((status) =>
        paymentStatusCode(status, 'domestic-payment'),
      ),
    ).toEqual(['PDNG', 'ACSP', 'ACSC', 'ACWP', 'ACCC', 'RJCT']);
    for (const code of paymentStatuses['domestic-payment']['v4.0'])
      expect(paymentStatusCode(code, 'domestic-payment')).toBe(code);
    for (const code of accountAccessConsentStatuses['v4.0']) expect(consentStatusCode(code)).toBe(code);
    expect(paymentStatusCode('CANC', 'domestic-payment')).toBe('CANC');
  });

  it.each(families)('of a %s have a code of v4.0 each, one that the family has', (family) => {
    const codes: readonly string[] = paymentStatuses[family]['v4.0'];
    for (const status of paymentStatuses[family]['v3.1'])
      expect(codes).toContain(paymentStatusCode(status, family));
    for (const code of codes) expect(paymentStatusCode(code, family)).toBe(code);
  });

  it('of orders that are carried out later mean nothing in a payment that is made at once', () => {
    expect(paymentStatusCode('InitiationCompleted', 'domestic-payment')).toBeUndefined();
    expect(paymentStatusCode('Cancelled', 'file-payment')).toBeUndefined();
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
    for (const family of families) {
      for (const status of settledAtDebtorStatuses)
        expect(isTerminalPaymentStatus(family, status)).toBe(false);
      expect(isTerminalPaymentStatus(family, 'ACCC')).toBe(true);
    }
  });
});
