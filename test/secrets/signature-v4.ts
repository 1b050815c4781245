// The receiving side of AWS Signature Version 4, written from its description and without the SDK:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  method: string;
  /** Path and query as received; the check is for requests without a query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Signer {
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
  service: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

const pattern =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/;
const mustBeSigned = ['host', 'x-amz-date', 'x-amz-target', 'content-type'];
const toleranceMs = 5 * 60_000;

/** @returns what is wrong with the signature; undefined when it holds */
export function findSignatureFault(
  request: SignedRequest,
  signer: Signer,
  nowMs: number,
): string | undefined {
  const header = pattern.exec(request.headers.authorization ?? '');
  if (header === null) return 'no Authorization header of this kind';
  const [, accessKeyId, date = '', region, service, signedHeaders = '', signature = ''] = header;
  if (accessKeyId !== signer.accessKeyId) return 'an unknown access key';
  if (region !== signer.region || service !== signer.service) return 'another region or service';
  const names = signedHeaders.split(';');
  const unsigned = mustBeSigned.find((name) => !names.includes(name));
  if (unsigned !== undefined) return `${unsigned} is not signed`;
  if (names.join() !== [...names].sort().join()) return 'the names of headers are not in order';

  const at = String(request.headers['x-amz-date']);
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(at) ?? [];
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (!(Math.abs(nowMs - atMs) < toleranceMs) || !at.startsWith(date)) return 'another time';

  const canonicalHeaders = names.map((name) => `${name}:${String(request.headers[name]).trim()}\n`).join('');
  const canonical = [
    ...[request.method, request.path, '', canonicalHeaders, signedHeaders],
    sha256(request.body),
  ].join('\n');
  const scope = `${date}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (previous, part) => hmac(previous, part),
    `AWS4${signer.secretAccessKey}`,
  );
  const expected = hmac(key, text);
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
    ? undefined
    : 'a signature that does not fit';
}
