// The families of payments as the matrix goes through them, as data: what each is called, what is asked for, and the file.
// Every request has as much as banks of either version take.
import { createHash } from 'node:crypto';

export const paymentFamilies = [
  'domestic-payment',
  'domestic-scheduled-payment',
  'domestic-standing-order',
  'international-payment',
  'international-scheduled-payment',
  'international-standing-order',
  'file-payment',
] as const;

export type PaymentFamily = (typeof paymentFamilies)[number];

export interface PaymentRequest {
  Data: { Permission?: 'Create'; ReadRefundAccount?: 'Yes'; Initiation: object };
  /** Files have none. */
  Risk?: object;
}

export interface PaymentFile {
  contentType: string;
  text: string;
}

/** `DomesticPayment`: its id and that of its consent are called after it. */
export function nameOf(family: PaymentFamily): string {
  return family.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const pound = { Amount: '1.00', Currency: 'GBP' };

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

/** In the one type that both versions have. */
export const paymentFile: PaymentFile = {
  contentType: 'application/xml',
  text: `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.08"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>bank matrix</MsgId><NbOfTxs>2</NbOfTxs><CtrlSum>1.00</CtrlSum></GrpHdr>
<PmtInf>${['0.40', '0.60'].map(transfer).join('')}</PmtInf></CstmrCdtTrfInitn></Document>
`,
};

function transfer(amount: string, index: number): string {
  const id = `<PmtId><EndToEndId>bank matrix ${index + 1}</EndToEndId></PmtId>`;
  return `<CdtTrfTxInf>${id}<Amt><InstdAmt Ccy="GBP">${amount}</InstdAmt></Amt></CdtTrfTxInf>`;
}

/** @param laterDay when what is to be paid later is to be paid first */
export function requestOf(family: PaymentFamily, reference: string, laterDay: Date): PaymentRequest {
  const at = laterDay.toISOString();
  const ids = { InstructionIdentification: reference, EndToEndIdentification: 'bank matrix' };
  const domestic = { InstructedAmount: pound, ...creditor };
  const abroad = { CurrencyOfTransfer: 'EUR', InstructedAmount: pound, ...foreignCreditor };
  const later = { RequestedExecutionDateTime: at };
  const again = {
    MandateRelatedInformation: {
      FirstPaymentDateTime: at,
      Frequency: { Type: 'MNTH', PointInTime: '15' },
    },
    NumberOfPayments: '3',
  };
  const initiations: Record<PaymentFamily, object> = {
    'domestic-payment': { ...ids, ...domestic },
    'domestic-scheduled-payment': { ...ids, ...domestic, ...later },
    'domestic-standing-order': {
      ...{ ...again, ...creditor },
      ...{ FirstPaymentAmount: pound, RecurringPaymentAmount: pound },
    },
    'international-payment': { ...ids, ...abroad },
    'international-scheduled-payment': { ...ids, ...abroad, ...later },
    'international-standing-order': { ...again, ...abroad },
    'file-payment': {
      FileType: 'UK.OBIE.pain.001.001.08',
      FileHash: createHash('sha256').update(paymentFile.text).digest('base64'),
      FileReference: reference,
      ...{ NumberOfTransactions: '2', ControlSum: 1 },
    },
  };
  const Initiation = initiations[family];
  if (family === 'file-payment') return { Data: { Initiation } };
  const isAtOnce = family === 'domestic-payment' || family === 'international-payment';
  return {
    Data: { ...(isAtOnce ? {} : { Permission: 'Create' }), ReadRefundAccount: 'Yes', Initiation },
    Risk: { PaymentContextCode: 'TransferToThirdParty', ContractPresentIndicator: true },
  };
}

/** Whose requests a value of a profile is about, by its path: `requests.filePayment.add`; of others, domestic payments'. */
export function familyOfValue(path: string): PaymentFamily {
  const [, resource = ''] = /^requests\.(\w+?)(?:Consent)?\./.exec(path) ?? [];
  return (
    paymentFamilies.find((family) => nameOf(family).toLowerCase() === resource.toLowerCase()) ??
    'domestic-payment'
  );
}
