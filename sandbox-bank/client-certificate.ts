// The certificate a third party opened its connection with, and how its subject is compared (RFC 8705 section 2.1).
import { createHash, type X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';

/**
 * The client's certificate when our authority issued it. `authorized` alone does not do: a session resumed without any
 * certificate counts as authorised.
 */
export function clientCertificate(request: IncomingMessage): X509Certificate | undefined {
  const { socket } = request;
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  return socket.getPeerX509Certificate();
}

/** `x5t#S256`: what a token is bound to. */
export function thumbprint(certificate: X509Certificate): string {
  return createHash('sha256').update(certificate.raw).digest('base64url');
}

/** One attribute of the subject, by the name Node prints it under, e.g. `CN` or `organizationIdentifier`. */
export function subjectAttribute(certificate: X509Certificate, name: string): string | undefined {
  return attributesOf(certificate.subject.split('\n')).find(([type]) => type === canonicalType(name))?.[1];
}

/** Whether a distinguished name names the certificate's subject, in either order and any usual spelling. */
export function namesSubject(certificate: X509Certificate, distinguishedName: string): boolean {
  const wanted = attributesOf(distinguishedName.split(/(?<!\\)[,+\n]/));
  const present = attributesOf(certificate.subject.split('\n'));
  const lines = (attributes: [string, string][]) =>
    attributes
      .map((pair) => pair.join('='))
      .sort()
      .join('\n');
  return lines(wanted) === lines(present);
}

function attributesOf(parts: string[]): [type: string, value: string][] {
  return parts.map((part) => {
    const [type = '', ...value] = part.split('=');
    return [canonicalType(type), plainValue(value.join('='))];
  });
}

const typesByOid: Record<string, string> = {
  '2.5.4.97': 'organizationidentifier',
  '2.5.4.3': 'cn',
  '2.5.4.6': 'c',
  '2.5.4.10': 'o',
  '2.5.4.11': 'ou',
};

function canonicalType(type: string): string {
  const plain = type
    .trim()
    .toLowerCase()
    .replace(/^oid\./, '');
  return typesByOid[plain] ?? plain;
}

/** A value as text: without escapes, or decoded from `#` and the DER of a short string. */
function plainValue(value: string): string {
  const text = value.trim();
  if (/^#([0-9a-f]{2}){2,}$/i.test(text))
    return Buffer.from(text.slice(1), 'hex').subarray(2).toString('utf8');
  return text.replace(/\\(.)/g, '$1');
}
