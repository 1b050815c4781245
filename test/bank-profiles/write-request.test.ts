// Requests as single banks take them.
import { describe, expect, it } from 'vitest';
import { paymentFamilies, requestOf } from '../../bank-matrix/payment-families.ts';
import { builtInBook } from '../../bank-profiles/book.ts';
import { writeRequest } from '../../bank-profiles/write-request.ts';
import { paymentFamilyFacts } from '../../standards/uk-open-banking/payment-families.ts';
import { paymentRequest } from '../journeys/customer-journeys.ts';

const profileOf = (name: string) => {
  const profile = builtInBook.find(name);
  if (profile === undefined) throw new Error(`no profile ${name}`);
  return profile;
};
const consent = () => {
  const { Data, Risk } = paymentRequest();
  return { Data: { ...Data, ReadRefundAccount: 'Yes' }, Risk: { ...Risk, ContractPresentIndicator: true } };
};

describe('a request', () => {
  it('goes out as it was given where the profile says nothing', () => {
    const body = consent();
    expect(writeRequest(profileOf('Sandbox_Hybrid'), 'domesticPaymentConsent', 'v4.0', body)).toEqual(body);
  });

  it('leaves out what the bank refuses', () => {
    const written = writeRequest(profileOf('Chase_Chase'), 'domesticPaymentConsent', 'v3.1', consent());
    expect(written).not.toHaveProperty('Data.ReadRefundAccount');
    expect(written).toHaveProperty('Data.Initiation.InstructedAmount');
  });

  it('brings what the bank wants beside, and never over what was given', () => {
    const profile = profileOf('Monzo_Sandbox');
    const body = consent();
    expect(writeRequest(profile, 'domesticPayment', 'v3.1', body)).toHaveProperty(
      'Data.Initiation.SupplementaryData.DesiredStatus',
      'Authorised',
    );
    const own = {
      Data: { ...body.Data, Initiation: { ...body.Data.Initiation, SupplementaryData: { own: 1 } } },
    };
    expect(writeRequest(profile, 'domesticPayment', 'v3.1', { ...body, ...own })).toHaveProperty(
      'Data.Initiation.SupplementaryData',
      { own: 1 },
    );
    expect(body).toEqual(consent());
  });

  it.each([
    ['Barclays_Personal', 'v3.1', 'ContractPresentInidicator'],
    ['Barclays_Personal', 'v4.0', 'ContractPresentIndicator'],
    ['Revolut_Revolut', 'v3.1', 'ContractPresentIndicator'],
  ] as const)('to %s in %s spells the flag %s', (name, version, member) => {
    const written = writeRequest(profileOf(name), 'domesticPaymentConsent', version, consent());
    expect(Object.keys((written as { Risk: object }).Risk).filter((each) => /Contract/.test(each))).toEqual([
      member,
    ]);
  });

  it.each(paymentFamilies)('gives consent and payment the same instruction, word for word: %s', (family) => {
    const { resource, consentResource } = paymentFamilyFacts[family];
    const given = requestOf(family, 'reference', new Date(0));
    for (const name of builtInBook.names()) {
      const [asked, paid] = [consentResource, resource].map(
        (each) => writeRequest(profileOf(name), each, 'v3.1', given) as typeof given,
      );
      expect(JSON.stringify(paid?.Data.Initiation), name).toBe(JSON.stringify(asked?.Data.Initiation));
      expect(JSON.stringify(paid?.Risk), name).toBe(JSON.stringify(asked?.Risk));
    }
  });

  it('is changed alike in every family where the payment API takes it so', () => {
    for (const family of paymentFamilies) {
      const { resource, consentResource } = paymentFamilyFacts[family];
      const given = requestOf(family, 'reference', new Date(0));
      const written = (name: string, what: typeof resource | typeof consentResource) =>
        writeRequest(profileOf(name), what, 'v3.1', given);
      expect(written('Chase_Chase', consentResource), family).not.toHaveProperty('Data.ReadRefundAccount');
      for (const what of [consentResource, resource])
        expect(written('Monzo_Sandbox', what), family).toHaveProperty(
          'Data.Initiation.SupplementaryData.DesiredStatus',
          'Authorised',
        );
    }
  });
});
