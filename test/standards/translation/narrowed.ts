// The part of v4.0's requests that has a form in v3.1, as a narrowing of the published schemas: what is made of these must
// never be refused.
import type { Narrow, PublishedSchema } from './published-values.ts';

const initiation = 'Data.Initiation';
const structured = `${initiation}.RemittanceInformation.Structured[]`;
const reference = `${structured}.CreditorReferenceInformation`;
const textOnly = 'BuildingName CareOf DistrictName Floor PostBox Room TownLocationName UnitNumber'.split(' ');

const inText = (holder: string) => textOnly.map((name) => `${holder}.${name}`);
const ofInitiation = (...names: string[]) => names.map((name) => `${initiation}.${name}`);

const ultimateParties = ofInitiation('UltimateCreditor', 'UltimateDebtor', 'RegulatoryReporting');
const proxies = ofInitiation('DebtorAccount.Proxy', 'CreditorAccount.Proxy');
const remittance = [
  ...[
    'AdditionalRemittanceInformation',
    'Invoicee',
    'Invoicer',
    'ReferredDocumentAmount',
    'ReferredDocumentInformation',
    'TaxRemittance',
  ].map((name) => `${structured}.${name}`),
  `${reference}.Issuer`,
];
const risk = [
  ...inText('Risk.DeliveryAddress'),
  'Risk.DeliveryAddress.Department',
  'Risk.DeliveryAddress.SubDepartment',
  'Risk.CategoryPurposeCode',
];
const everywhere = [...ultimateParties, ...proxies, ...remittance, ...risk];

const scheduled = [...everywhere, ...inText(`${initiation}.CreditorPostalAddress`)];
const domestic = [...scheduled, ...ofInitiation('CreditorAgent')];
const international = [
  ...everywhere,
  ...ofInitiation('Creditor.LEI', 'CreditorAgent.LEI'),
  ...['Creditor', 'CreditorAgent'].flatMap((party) => inText(`${initiation}.${party}.PostalAddress`)),
];
const mandate = [
  ...['CategoryPurposeCode', 'Classification', 'MandateIdentification', 'Reason'].map(
    (name) => `MandateRelatedInformation.${name}`,
  ),
  'RemittanceInformation.Unstructured',
];
const standingOrder = [...everywhere, ...ofInitiation(...mandate)];
const standingOrderAbroad = [
  ...international,
  ...ofInitiation(...mandate, 'MandateRelatedInformation.RecurringPaymentDateTime'),
];
const file = [...ofInitiation('CreditorAgent', 'UltimateDebtor', 'DebtorAccount.Proxy'), ...remittance];

/** Members of v4.0 that v3.1 has nothing for, by the schema of the request. */
export const withoutForm: Record<string, string[]> = {
  OBReadConsent1: [],
  OBWriteDomesticConsent4: domestic,
  OBWriteDomestic2: domestic,
  OBWriteDomesticScheduledConsent4: scheduled,
  OBWriteDomesticScheduled2: scheduled,
  OBWriteDomesticStandingOrderConsent5: standingOrder,
  OBWriteDomesticStandingOrder3: standingOrder,
  OBWriteInternationalConsent5: international,
  OBWriteInternational3: international,
  OBWriteInternationalScheduledConsent5: international,
  OBWriteInternationalScheduled3: international,
  OBWriteInternationalStandingOrderConsent6: standingOrderAbroad,
  OBWriteInternationalStandingOrder4: standingOrderAbroad,
  OBWriteFileConsent3: file,
  OBWriteFile2: file,
  OBFundsConfirmationConsent1: ['Data.DebtorAccount.Proxy'],
  OBFundsConfirmation1: [],
};
const mandateAt = `${initiation}.MandateRelatedInformation`;
const twoDigits = (upTo: number) =>
  Array.from({ length: upTo }, (_, index) => String(index + 1).padStart(2, '0'));
const withDay = (types: string[], upTo: number): PublishedSchema => ({
  type: 'object',
  properties: { Type: { enum: types }, PointInTime: { enum: twoDigits(upTo) } },
  required: ['Type', 'PointInTime'],
});
const withoutDay = (Type: PublishedSchema): PublishedSchema => ({
  type: 'object',
  properties: { Type },
  required: ['Type'],
});
const onlyAsText =
  '^(IntrvlDay:(0[2-9]|[12][0-9]|3[01])|WkInMnthDay:0[1-5]:0[1-7]|IntrvlMnthDay:24:0[1-9]|IntrvlMnthDay:01:-0[1-5]|QtrDay:ENGLISH)$';

const limits: Record<string, Partial<PublishedSchema>> = {
  ...Object.fromEntries(
    ['CreditorPostalAddress', 'Creditor.PostalAddress', 'CreditorAgent.PostalAddress'].flatMap((address) => [
      [`${initiation}.${address}.StreetName`, { maxLength: 70 }],
      [`${initiation}.${address}.TownName`, { maxLength: 35 }],
    ]),
  ),
  [`${initiation}.Creditor.Name`]: { maxLength: 140 },
  [`${initiation}.FileType`]: {
    'x-namespaced-enum': ['UK.OBIE.PaymentInitiation.3.1', 'UK.OBIE.pain.001.001.08'],
  },
  [`${initiation}.RemittanceInformation.Structured`]: { maxItems: 1 },
  [`${initiation}.RemittanceInformation.Unstructured`]: { maxItems: 2 },
  [`${initiation}.RemittanceInformation.Unstructured[]`]: { maxLength: 69 },
  [`${reference}.Code`]: { enum: ['SCOR'] },
  [mandateAt]: { required: ['Frequency', 'FirstPaymentDateTime'] },
  [`${mandateAt}.Frequency`]: {
    oneOf: [
      withDay(['WEEK', 'FRTN', 'FOWK'], 7),
      withDay(['MNTH', 'TWMH', 'QURT', 'FOMH', 'FIMH', 'MIAN', 'YEAR'], 31),
      withoutDay({ enum: ['DAIL', 'WODL'] }),
      withoutDay({ type: 'string', pattern: onlyAsText }),
    ],
  },
  'Risk.DeliveryAddress': { required: ['TownName', 'Country'] },
  'Risk.DeliveryAddress.StreetName': { maxLength: 70 },
  'Risk.DeliveryAddress.TownName': { maxLength: 35 },
  'Risk.DeliveryAddress.AddressLine': { maxItems: 2 },
  'Risk.DeliveryAddress.AddressType': { enum: ['DLVY'] },
};

export function translatable(schema: string): Narrow {
  const lacking = withoutForm[schema] ?? [];
  return (path, published) => (lacking.includes(path) ? null : { ...published, ...limits[path] });
}
