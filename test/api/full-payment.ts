// A payment consent that uses every member that version 4 publishes.

const address = {
  ...{
    AddressType: 'BIZZ',
    Department: 'd',
    SubDepartment: 's',
    StreetName: 'High Street',
    BuildingNumber: '1',
  },
  ...{ BuildingName: 'b', Floor: '2', UnitNumber: '3', Room: '4', PostBox: '5', TownLocationName: 't' },
  ...{ DistrictName: 'd', CareOf: 'c', PostCode: 'AB1 2CD', TownName: 'Town', CountrySubDivision: 'x' },
  ...{ Country: 'GB', AddressLine: ['line'] },
};
const account = {
  ...{ SchemeName: 'UK.OBIE.SortCodeAccountNumber', Identification: '08080021325698', Name: 'ACME' },
  ...{ SecondaryIdentification: '0002', Proxy: { Identification: 'p', Code: 'TELE', Type: 't' } },
};
const money = { Amount: '165.88', Currency: 'GBP' };
const lei = '549300DTUYXVMJXZNY75';
const party = { Name: 'n', Identification: 'i', LEI: lei, SchemeName: 's', PostalAddress: address };

export const fullPaymentConsent = () => ({
  Data: {
    ReadRefundAccount: 'Yes',
    Initiation: {
      ...{
        InstructionIdentification: 'ACME412',
        EndToEndIdentification: 'E2E',
        LocalInstrument: 'UK.OBIE.FPS',
      },
      ...{ InstructedAmount: money, DebtorAccount: account, CreditorAccount: account },
      CreditorAgent: { SchemeName: 's', Identification: 'i', Name: 'n', LEI: lei, PostalAddress: address },
      ...{ CreditorPostalAddress: address, UltimateCreditor: party, UltimateDebtor: party },
      RegulatoryReporting: [
        {
          DebitCreditReportingIndicator: 'CRED',
          Authority: { Name: 'n', CountryCode: 'GB' },
          Details: [
            { Type: 't', Date: '2026-11-20T00:00:00Z', Country: 'GB', Amount: money, Information: ['i'] },
          ],
        },
      ],
      RemittanceInformation: {
        Structured: [
          {
            ReferredDocumentInformation: [
              {
                Code: 'CINV',
                Issuer: 'i',
                Number: 'n',
                RelatedDate: '2026-11-20T00:00:00Z',
                LineDetails: ['l'],
              },
            ],
            ReferredDocumentAmount: 1,
            CreditorReferenceInformation: { Code: 'SCOR', Issuer: 'i', Reference: 'r' },
            ...{ Invoicer: 'i', Invoicee: 'i', TaxRemittance: 't', AdditionalRemittanceInformation: ['a'] },
          },
        ],
        Unstructured: ['u'],
      },
      SupplementaryData: { any: 'thing' },
    },
    Authorisation: { AuthorisationType: 'Any', CompletionDateTime: '2026-11-21T00:00:00Z' },
    SCASupportData: {
      ...{ RequestedSCAExemptionType: 'PartyToParty', AppliedAuthenticationApproach: 'SCA' },
      ReferencePaymentOrderId: 'o',
    },
  },
  Risk: {
    ...{ PaymentContextCode: 'TransferToThirdParty', MerchantCategoryCode: '5411' },
    ...{ MerchantCustomerIdentification: 'm', ContractPresentIndicator: true },
    ...{ BeneficiaryPrepopulatedIndicator: false, PaymentPurposeCode: 'CASH', CategoryPurposeCode: 'CASH' },
    ...{ BeneficiaryAccountType: 'Personal', DeliveryAddress: address },
  },
});
