// A file of payments as it arrives: stored part by part, and held against what the customer is asked to consent to before
// the bank hears of it.
import { createHash, randomUUID } from 'node:crypto';
import {
  countTotals,
  hundredThousandths,
  type TotalsCounter,
} from '../standards/uk-open-banking/payment-file-totals.ts';
import type { Consent } from '../store/consents.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ApiDeps } from './deps.ts';
import { Problem } from './problem.ts';

/** Of one row each, encrypted. */
const partBytes = 256 * 1024;

interface Arriving {
  contentType: string;
  stream: ReadableStream<Uint8Array>;
  maxBytes: number;
}

/** What the consent says of the file. */
interface Consented {
  FileType: string;
  FileHash: string;
  NumberOfTransactions?: string;
  ControlSum?: number;
}

interface Taken {
  fileId: string;
  /** The bank has it already. */
  isTaken: boolean;
}

/**
 * Repeatable: the file that is there already is found again.
 * @throws {Problem} `file-differs-from-consent`, `payment-file-conflict`, `body-too-large`, or `consent-not-usable`
 */
export async function takeFile(
  { consents, paymentFiles }: Pick<ApiDeps['records'], 'consents' | 'paymentFiles'>,
  tenant: TenantId,
  consent: Consent,
  { contentType, stream, maxBytes }: Arriving,
): Promise<Taken> {
  const consented = consentedFile(await consents.findRequestBody(tenant, consent.id));
  const earlier = await paymentFiles.findWhole(tenant, consent.id);
  if (earlier === undefined && consent.status !== 'awaiting-upload') throw new Problem('consent-not-usable');
  const fileId = randomUUID();
  if (earlier === undefined)
    await paymentFiles.begin(tenant, { id: fileId, consentId: consent.id, contentType });
  try {
    const hash = createHash('sha256');
    const totals = countTotals(consented.FileType);
    let parts = 0;
    for await (const part of inParts(stream, maxBytes)) {
      hash.update(part);
      counted(totals, (counter) => counter.push(part));
      if (earlier !== undefined) continue;
      if (!(await paymentFiles.addPart(tenant, fileId, parts++, part)))
        throw new Problem('payment-file-conflict');
    }
    const sha256 = hash.digest('base64');
    refuseUnlessConsented(consented, sha256, totals);
    if (earlier !== undefined) {
      if (earlier.sha256 !== sha256) throw new Problem('payment-file-conflict');
      return { fileId: earlier.id, isTaken: earlier.taken !== null };
    }
    if (!(await paymentFiles.complete(tenant, fileId, { sha256, parts })))
      throw new Problem('payment-file-conflict');
    return { fileId, isTaken: false };
  } catch (error) {
    if (earlier === undefined) await paymentFiles.forget(tenant, fileId);
    throw error;
  }
}

function consentedFile(requestBody: string | undefined): Consented {
  if (requestBody === undefined) throw new Error('the consent has no body');
  return JSON.parse(requestBody).Data.Initiation; // checked against its schema when it came
}

async function* inParts(stream: ReadableStream<Uint8Array>, maxBytes: number): AsyncGenerator<Buffer> {
  let waiting = Buffer.alloc(0);
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    if (bytes > maxBytes) throw new Problem('body-too-large');
    waiting = Buffer.concat([waiting, piece]);
    for (; waiting.length >= partBytes; waiting = waiting.subarray(partBytes))
      yield waiting.subarray(0, partBytes);
  }
  if (waiting.length > 0 || bytes === 0) yield waiting;
}

function counted<Result>(counter: TotalsCounter | undefined, count: (counter: TotalsCounter) => Result) {
  try {
    return counter && count(counter);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw differs('FileType', `says something else: ${error.message}`);
  }
}

function refuseUnlessConsented(
  consented: Consented,
  sha256: string,
  counter: TotalsCounter | undefined,
): void {
  if (sha256 !== consented.FileHash)
    throw differs('FileHash', 'is of another file: it must be the SHA-256 of the bytes, in Base64');
  const totals = counted(counter, (each) => each.end());
  if (totals === undefined) return;
  const { NumberOfTransactions: number, ControlSum: sum } = consented;
  // As published it may be any text with a digit in it.
  if (number !== undefined && !isNumber(number, totals.numberOfTransactions))
    throw differs('NumberOfTransactions', `is ${number}, and the file holds ${totals.numberOfTransactions}`);
  if (sum !== undefined && counted(counter, () => hundredThousandths(String(sum))) !== totals.sum)
    throw differs('ControlSum', 'is not what the payments of the file come to');
}

const isNumber = (text: string, number: number) => /^\d+$/.test(text) && BigInt(text) === BigInt(number);

function differs(member: keyof Consented, message: string): Problem {
  return new Problem('file-differs-from-consent', { errors: { [`Data.Initiation.${member}`]: [message] } });
}
