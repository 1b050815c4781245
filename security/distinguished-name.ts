// A certificate's subject read from its DER (RFC 5280 section 4.1) and written as text (RFC 4514) in the forms that
// banks ask for as `tls_client_auth_subject_dn`. They differ in how attributes without a short name are written.
import type { X509Certificate } from 'node:crypto';

/**
 * How `organizationIdentifier` and other attributes without a name in RFC 4514 are written:
 * - `oid-hex`: `2.5.4.97=#1311…`, the form that RFC 4514 itself has, as a PrintableString in upper case, however the
 *   certificate encodes it: banks compare the text;
 * - `oid-string`: `2.5.4.97=PSDGB-FCA-123456`;
 * - `name`: `organizationIdentifier=PSDGB-FCA-123456`.
 */
export type SubjectDnForm = 'oid-string' | 'oid-hex' | 'name';

export interface NameAttribute {
  oid: string;
  value: string;
  /** The value as it is encoded in the certificate, with tag and length. */
  der: Buffer;
}

/** What stands at one place of the name, nearly always one attribute. */
export type NamePart = NameAttribute[];

export const organisationIdentifierOid = '2.5.4.97';

const shortNames = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
]);

const longNames = new Map([
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.15', 'businessCategory'],
  [organisationIdentifierOid, 'organizationIdentifier'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
  ['1.3.6.1.4.1.311.60.2.1.2', 'jurisdictionST'],
  ['1.3.6.1.4.1.311.60.2.1.3', 'jurisdictionC'],
]);

/** The parts of the subject in the certificate's order, most often from the country to the common name. */
export function readSubject(certificate: X509Certificate): NamePart[] {
  const [tbsCertificate] = children(element(certificate.raw, 0).content);
  const fields = children(needed(tbsCertificate).content);
  const withoutVersion = fields[0]?.tag === versionTag ? fields.slice(1) : fields;
  const subject = needed(withoutVersion[4]); // after serial number, algorithm, issuer and validity
  return children(subject.content).map((part) => children(part.content).map(readAttribute));
}

/** Most specific part first, commas without spaces, as RFC 4514 section 2.1 has it. */
export function writeSubject(subject: NamePart[], form: SubjectDnForm): string {
  return [...subject]
    .reverse()
    .map((part) => part.map((attribute) => writeAttribute(attribute, form)).join('+'))
    .join(',');
}

function writeAttribute({ oid, value, der }: NameAttribute, form: SubjectDnForm): string {
  const shortName = shortNames.get(oid);
  if (shortName !== undefined) return `${shortName}=${escapeText(value)}`;
  if (form === 'oid-hex') return `${oid}=#${(printableString(value) ?? der).toString('hex').toUpperCase()}`;
  return `${form === 'name' ? (longNames.get(oid) ?? oid) : oid}=${escapeText(value)}`;
}

/** X.690 section 8.23; undefined for a value that it cannot hold, or only with a longer length. */
function printableString(value: string): Buffer | undefined {
  if (value.length > 127 || !/^[A-Za-z0-9 '()+,./:=?-]*$/.test(value)) return undefined;
  return Buffer.concat([Buffer.from([0x13, value.length]), Buffer.from(value, 'latin1')]);
}

/** RFC 4514 section 2.4. */
function escapeText(value: string): string {
  return value.replace(/[\\"+,;<>]|^[ #]| $/g, '\\$&').replaceAll('\0', '\\00');
}

function readAttribute({ content }: DerElement): NameAttribute {
  const [type, value] = children(content);
  const { tag, content: text, whole } = needed(value);
  return { oid: readOid(needed(type).content), value: readText(tag, text), der: whole };
}

function readText(tag: number, content: Buffer): string {
  if (tag === bmpStringTag) return Buffer.from(content).swap16().toString('utf16le');
  return content.toString(tag === utf8StringTag ? 'utf8' : 'latin1');
}

function readOid(content: Buffer): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...rest].join('.');
}

const versionTag = 0xa0;
const utf8StringTag = 0x0c;
const bmpStringTag = 0x1e;

interface DerElement {
  tag: number;
  content: Buffer;
  whole: Buffer;
}

// Only certificates that node:crypto has parsed come here, so lengths are sound; tags are single bytes in a name.
function element(der: Buffer, start: number): DerElement {
  const first = der.readUInt8(start + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const length = lengthBytes === 0 ? first : der.readUIntBE(start + 2, lengthBytes);
  const contentStart = start + 2 + lengthBytes;
  const end = contentStart + length;
  return {
    tag: der.readUInt8(start),
    content: der.subarray(contentStart, end),
    whole: der.subarray(start, end),
  };
}

function children(der: Buffer): DerElement[] {
  const found: DerElement[] = [];
  for (let at = 0; at < der.length; ) {
    const next = element(der, at);
    found.push(next);
    at += next.whole.length;
  }
  return found;
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('The certificate has no readable subject.');
  return value;
}
