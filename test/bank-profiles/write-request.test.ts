// Requests as single banks take them.
import { describe, expect, it } from 'vitest';
import { builtInBook } from '../../bank-profiles/book.ts';
import { writeRequest } from '../../bank-profiles/write-request.ts';
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

  it('gives consent and payment the same instruction, word for word', () => {
    for (const name of builtInBook.names()) {
      const [asked, paid] = (['domesticPaymentConsent', 'domesticPayment'] as const).map(
        (resource) =>
          writeRequest(profileOf(name), resource, 'v3.1', consent()) as ReturnType<typeof consent>,
      );
      expect(JSON.stringify(paid?.Data.Initiation), name).toBe(JSON.stringify(asked?.Data.Initiation));
      expect(JSON.stringify(paid?.Risk), name).toBe(JSON.stringify(asked?.Risk));
    }
  });
});
