// The file behind a consent to a file of payments: uploaded once, judged against what the consent says of it, given back.
import { createHash } from 'node:crypto';
import { ownPaymentConsent } from './consent-checks.ts';
import { badRequest, Refusal } from './errors.ts';
import type { BankFile, Call, Operation } from './operation.ts';
import { faultsOfTotals, mismatch, transactionsIn } from './payment-file.ts';
import type { FileTransaction, PaymentConsent, UploadedFile } from './records.ts';

const path = '/file-payment-consents/{ConsentId}/file';

export const fileUpload: readonly Operation[] = [
  {
    group: 'pisp',
    method: 'POST',
    path,
    family: 'file-payment',
    caller: 'client',
    takes: 'file',
    create(call) {
      const consent = requested(call);
      if (consent.status !== 'AWUP') throw badRequest('U009', 'the consent does not wait for a file');
      const file = call.body as UploadedFile;
      call.deps.state.receiveFile(consent, file, judged(call, consent, file));
      return consent.consentId;
    },
    show: () => ({ status: 200 }),
  },
  {
    group: 'pisp',
    method: 'GET',
    path,
    family: 'file-payment',
    caller: 'client',
    produces: '*/*',
    answer(call) {
      const { consentId } = requested(call);
      const file = call.deps.state.fileOf(consentId);
      if (!file) throw badRequest('U011', 'there is no file yet');
      return { status: 200, file: fileOf(file.contentType, `${consentId}.file`, file.bytes) };
    },
  },
];

export function fileOf(contentType: string, name: string, bytes: Uint8Array): BankFile {
  return { contentType, name, bytes: bytes.length, chunks: () => [bytes] };
}

/** A file that is not what the consent says ends the consent (File Payment Consents profile). */
function judged(call: Call, consent: PaymentConsent, { bytes }: UploadedFile): FileTransaction[] {
  const { Initiation } = consent.data;
  try {
    if (!isHashOf(bytes, Initiation.FileHash ?? '')) throw new Refusal(400, [mismatch('FileHash')]);
    const transactions = transactionsIn(Initiation.FileType, bytes);
    const faults = faultsOfTotals(Initiation, transactions);
    if (faults.length > 0) throw new Refusal(400, faults);
    return transactions;
  } catch (error) {
    call.deps.state.turnDown(consent.consentId);
    throw error;
  }
}

/** The examples of the standard leave out the padding. */
function isHashOf(bytes: Uint8Array, stated: string): boolean {
  const hash = createHash('sha256').update(bytes).digest('base64');
  return stated === hash || stated === hash.replace(/=$/, '');
}

function requested(call: Call): PaymentConsent {
  return ownPaymentConsent(call, call.params.ConsentId ?? '', 'file-payment');
}
