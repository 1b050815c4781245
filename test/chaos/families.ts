// The families of payments that a storm passes over, as data: paths and bodies of the connector's API and of the bank's.
import { createHash } from 'node:crypto';

export const familyNames = [
  'domestic-payment',
  'domestic-scheduled-payment',
  'domestic-standing-order',
  'international-payment',
  'international-scheduled-payment',
  'international-standing-order',
  'file-payment',
] as const;
export type FamilyName = (typeof familyNames)[number];

export interface PaymentFile {
  contentType: string;
  text: string;
}

/** Those of which the bank can be asked whether there is money. */
export const confirmingFamilies: readonly FamilyName[] = [
  'domestic-payment',
  'international-payment',
  'international-scheduled-payment',
];

/** `DomesticPayment`: its id and that of its consent are called after it. */
export const titleOf = (family: FamilyName) =>
  family.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const pounds = (Amount: string) => ({ Amount, Currency: 'GBP' });
const creditor = {
  CreditorAccount: {
    SchemeName: 'UK.OBIE.SortCodeAccountNumber',
    Identification: '99000212345678',
    Name: 'Halcyon Interiors',
  },
};
const foreignCreditor = {
  Creditor: { Name: 'Atelier Lune' },
  CreditorAgent: { SchemeName: 'UK.OBIE.BICFI', Identification: 'SBXBFRPP' },
  CreditorAccount: {
    SchemeName: 'UK.OBIE.IBAN',
    Identification: 'FR1420041010050500013M02606',
    Name: 'Atelier Lune',
  },
};

/** Two payments, and no two payers have the same file. */
export function fileOf(reference: string): PaymentFile {
  const DomesticPayments = ['4.10', '5.90'].map((Amount, index) => ({
    ...{
      InstructionIdentification: `${reference}-${index}`,
      EndToEndIdentification: `${reference}-${index}`,
    },
    ...{ InstructedAmount: pounds(Amount), ...creditor },
  }));
  return { contentType: 'application/json', text: JSON.stringify({ Data: { DomesticPayments } }) };
}

/** @param later a day that is to come */
export function requestOf(family: FamilyName, reference: string, later: Date) {
  const at = later.toISOString();
  const named = { InstructionIdentification: 'STORM', EndToEndIdentification: reference };
  const domestic = { InstructedAmount: pounds('12.50'), ...creditor };
  const abroad = {
    ...{ CurrencyOfTransfer: 'EUR', InstructedAmount: pounds('12.50'), ...foreignCreditor },
  };
  // The bank holds itself to a rate for a while.
  const quoted = { ExchangeRateInformation: { UnitCurrency: 'GBP', RateType: 'Actual' } };
  const again = {
    MandateRelatedInformation: {
      FirstPaymentDateTime: at,
      Frequency: { Type: 'MNTH', PointInTime: '15' },
    },
    NumberOfPayments: '3',
  };
  const initiations: Record<FamilyName, () => object> = {
    'domestic-payment': () => ({ ...named, ...domestic }),
    'domestic-scheduled-payment': () => ({ ...named, ...domestic, RequestedExecutionDateTime: at }),
    'domestic-standing-order': () => ({
      ...{ ...again, ...creditor },
      ...{ FirstPaymentAmount: pounds('12.50'), RecurringPaymentAmount: pounds('12.50') },
    }),
    'international-payment': () => ({ ...named, ...abroad, ...quoted }),
    'international-scheduled-payment': () => ({
      ...{ ...named, ...abroad, ...quoted, RequestedExecutionDateTime: at },
    }),
    'international-standing-order': () => ({ ...again, ...abroad }),
    'file-payment': () => ({
      FileType: 'UK.OBIE.PaymentInitiation.4.0',
      FileHash: createHash('sha256').update(fileOf(reference).text).digest('base64'),
      ...{ FileReference: reference, NumberOfTransactions: '2', ControlSum: 10 },
    }),
  };
  const isAtOnce = ['domestic-payment', 'international-payment', 'file-payment'].includes(family);
  const Initiation = initiations[family]();
  return {
    Data: { ...(isAtOnce ? {} : { Permission: 'Create' }), Initiation },
    ...(family === 'file-payment' ? {} : { Risk: { PaymentContextCode: 'TransferToThirdParty' } }),
  };
}
