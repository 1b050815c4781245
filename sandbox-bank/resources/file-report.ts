// What has become of each payment of a file, as a file of the same kind as the one that came.
import { badRequest } from './errors.ts';
import { fileOf } from './file-upload.ts';
import { type Call, dateTime, type Operation } from './operation.ts';
import { paymentFamilies } from './payment-families.ts';
import { ownPayment } from './payment-orders.ts';
import { type PaymentStatus, transferOf } from './payment-status.ts';
import type { FileTransaction, Payment } from './records.ts';
import { namesOf } from './version-3-names.ts';

export const fileReport: Operation = {
  group: 'pisp',
  method: 'GET',
  path: '/file-payments/{FilePaymentId}/report-file',
  family: 'file-payment',
  caller: 'client',
  produces: '*/*',
  answer(call) {
    const payment = ownPayment(call, paymentFamilies['file-payment'], call.params.FilePaymentId ?? '');
    const file = call.deps.state.fileOf(payment.consentId);
    if (!file) throw badRequest('U011', 'there is no report');
    const { status, sinceMs } = transferOf(payment, call.deps.knobs, call.nowMs);
    const isXml = file.contentType.includes('xml');
    const text = isXml
      ? inXml(payment, file.transactions, status, sinceMs)
      : inJson(call, payment, file.transactions, status);
    const bytes = new TextEncoder().encode(text);
    const contentType = isXml ? file.contentType : 'application/json';
    return { status: 200, file: fileOf(contentType, `${payment.paymentId}.report`, bytes) };
  },
};

function inJson(
  { version }: Call,
  { paymentId }: Payment,
  transactions: readonly FileTransaction[],
  code: PaymentStatus,
): string {
  const Status = namesOf(version).paymentDetailStatus(code);
  const PaymentStatus = transactions.map(({ endToEndIdentification }) => ({
    EndToEndIdentification: endToEndIdentification,
    Status,
  }));
  return JSON.stringify({ Data: { FilePaymentId: paymentId, PaymentStatus } });
}

/** The customer payment status report of ISO 20022. */
function inXml(
  { paymentId }: Payment,
  transactions: readonly FileTransaction[],
  status: PaymentStatus,
  sinceMs: number,
): string {
  const rows = transactions.map(
    ({ endToEndIdentification: id }) =>
      `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>${status}</TxSts></TxInfAndSts>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.08"><CstmrPmtStsRpt>',
    `<GrpHdr><MsgId>${paymentId}</MsgId><CreDtTm>${dateTime(sinceMs)}</CreDtTm></GrpHdr>`,
    `<OrgnlPmtInfAndSts>${rows.join('')}</OrgnlPmtInfAndSts>`,
    '</CstmrPmtStsRpt></Document>',
  ].join('');
}
