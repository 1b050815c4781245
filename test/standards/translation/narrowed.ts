// The part of v4.0's requests that has a form in v3.1, as a narrowing of the published schemas: what is made of these must
// never be refused.
import type { Narrow, PublishedSchema } from './published-values.ts';

const initiation = 'Data.Initiation';
const structured = `${initiation}.RemittanceInformation.Structured[]`;
const reference = `${structured}.CreditorReferenceInformation`;
const textOnly = 'BuildingName CareOf DistrictName Floor PostBox Room TownLocationName UnitNumber'.split(' ');

/** Members of payments in v4.0 that v3.1 has nothing for. */
const paymentsWithoutForm = [
  ...['CreditorAgent', 'UltimateCreditor', 'UltimateDebtor', 'RegulatoryReporting'].map(
    (name) => `${initiation}.${name}`,
  ),
  `${initiation}.DebtorAccount.Proxy`,
  `${initiation}.CreditorAccount.Proxy`,
  ...textOnly.map((name) => `${initiation}.CreditorPostalAddress.${name}`),
  ...[...textOnly, 'Department', 'SubDepartment'].map((name) => `Risk.DeliveryAddress.${name}`),
  ...[
    'AdditionalRemittanceInformation',
    'Invoicee',
    'Invoicer',
    'ReferredDocumentAmount',
    'ReferredDocumentInformation',
    'TaxRemittance',
  ].map((name) => `${structured}.${name}`),
  `${reference}.Issuer`,
  'Risk.CategoryPurposeCode',
];

/** Members of v4.0 that v3.1 has nothing for, by the schema of the request. */
export const withoutForm: Record<string, string[]> = {
  OBReadConsent1: [],
  OBWriteDomesticConsent4: paymentsWithoutForm,
  OBWriteDomestic2: paymentsWithoutForm,
  OBFundsConfirmationConsent1: ['Data.DebtorAccount.Proxy'],
  OBFundsConfirmation1: [],
};
const anywhere = Object.values(withoutForm).flat();

const limits: Record<string, Partial<PublishedSchema>> = {
  [`${initiation}.CreditorPostalAddress.StreetName`]: { maxLength: 70 },
  [`${initiation}.CreditorPostalAddress.TownName`]: { maxLength: 35 },
  [`${initiation}.RemittanceInformation.Structured`]: { maxItems: 1 },
  [`${initiation}.RemittanceInformation.Unstructured`]: { maxItems: 2 },
  [`${initiation}.RemittanceInformation.Unstructured[]`]: { maxLength: 69 },
  [`${reference}.Code`]: { enum: ['SCOR'] },
  'Risk.DeliveryAddress': { required: ['TownName', 'Country'] },
  'Risk.DeliveryAddress.StreetName': { maxLength: 70 },
  'Risk.DeliveryAddress.TownName': { maxLength: 35 },
  'Risk.DeliveryAddress.AddressLine': { maxItems: 2 },
  'Risk.DeliveryAddress.AddressType': { enum: ['DLVY'] },
};

export const translatable: Narrow = (path, schema) =>
  anywhere.includes(path) ? null : { ...schema, ...limits[path] };
