// Files of payments as a third party makes them, and the consents that announce them.
import { createHash } from 'node:crypto';
import { consentRequestOf, type Version } from './payment-requests.ts';

export interface PaymentFile {
  fileType: string;
  contentType: string;
  text: string;
}

export const fileAmounts = ['4.10', '5.90'];

export function jsonFile(version: Version, amounts = fileAmounts, currency = 'GBP'): PaymentFile {
  const DomesticPayments = amounts.map((Amount, index) => ({
    InstructionIdentification: `INSTR-${index + 1}`,
    EndToEndIdentification: `E2E-${index + 1}`,
    InstructedAmount: { Amount, Currency: currency },
    CreditorAccount: {
      SchemeName: 'UK.OBIE.SortCodeAccountNumber',
      Identification: '99000212345678',
      Name: 'Halcyon Interiors',
    },
  }));
  return {
    fileType: `UK.OBIE.PaymentInitiation.${version === 'v4.0' ? '4.0' : '3.1'}`,
    contentType: 'application/json',
    text: JSON.stringify({ Data: { DomesticPayments } }),
  };
}

export function xmlFile(
  amounts = fileAmounts,
  header = { count: amounts.length, sum: '10.00' },
): PaymentFile {
  const rows = amounts.map(
    (amount, index) => `<CdtTrfTxInf><PmtId><EndToEndId>E2E-${index + 1}</EndToEndId></PmtId>
      <Amt><InstdAmt Ccy="GBP">${amount}</InstdAmt></Amt></CdtTrfTxInf>`,
  );
  return {
    fileType: 'UK.OBIE.pain.001.001.08',
    contentType: 'application/xml',
    text: `<?xml version="1.0" encoding="UTF-8"?>
<!-- <CdtTrfTxInf>not one of them</CdtTrfTxInf> -->
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.08"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>M-1</MsgId><NbOfTxs>${header.count}</NbOfTxs><CtrlSum>${header.sum}</CtrlSum></GrpHdr>
<PmtInf>${rows.join('')}</PmtInf></CstmrCdtTrfInitn></Document>`,
  };
}

/** The consent to a file; `changes` make it say something else than the file does. */
export function fileConsentOf(version: Version, file: PaymentFile, changes: Record<string, unknown> = {}) {
  const FileHash = createHash('sha256').update(file.text).digest('base64');
  return consentRequestOf('file-payment', version, { FileType: file.fileType, FileHash, ...changes });
}
