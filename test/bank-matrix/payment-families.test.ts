// The families of payments as the matrix knows them.
import { describe, expect, it } from 'vitest';
import { familyOfValue, nameOf, paymentFamilies, paymentFile } from '../../bank-matrix/payment-families.ts';
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import { countTotals } from '../../standards/uk-open-banking/payment-file-totals.ts';

describe('the families', () => {
  it('are all there are, by the names that they have in requests', () => {
    expect(paymentFamilies.map((family) => [family, nameOf(family)])).toEqual(
      Object.entries(paymentFamilyFacts).map(([family, { name }]) => [family, name]),
    );
  });

  it('are found by the values of profiles that are about them', () => {
    for (const [family, { resource, consentResource }] of Object.entries(paymentFamilyFacts))
      for (const each of [resource, consentResource])
        expect(familyOfValue(`requests.${each}.add.Data.Initiation.SupplementaryData.UserID`)).toBe(family);
    expect(familyOfValue('requests.accountAccessConsent.omit[Data.x]')).toBe('domestic-payment');
    expect(familyOfValue('grants.domesticPayment.refresh.tokenType')).toBe('domestic-payment');
  });

  it('have a file that holds what its consent says', () => {
    const totals = countTotals('UK.OBIE.pain.001.001.08');
    totals?.push(Buffer.from(paymentFile.text));
    expect(totals?.end()).toEqual({ numberOfTransactions: 2, sum: 100_000n });
  });
});
