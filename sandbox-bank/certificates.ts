// Issues the sandbox's certificates: its authority, its servers, and third parties' OBWAC and OBSeal (ETSI TS 119 495 names).
import 'reflect-metadata';
import { randomBytes, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto);

/** A certificate with its private key, both PEM; the chain is the authority's own certificate. */
export interface Identity {
  certificate: string;
  key: string;
}

/** Who a third party's certificate names: `C=GB, O=…, 2.5.4.97=…, CN=…`. */
export interface Organisation {
  organisationId: string;
  organisationName: string;
  /** `PSDGB-<authority>-<registration>`, subject attribute 2.5.4.97. */
  organisationIdentifier: string;
}

const dayMs = 86_400_000;
const elliptic = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;

export async function issueAuthority(name: string, nowMs: number): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(elliptic, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity(nowMs, 3650),
    serialNumber: serialNumber(),
    name: [{ C: ['GB'] }, { O: [name] }, { CN: [name] }],
    keys,
    signingAlgorithm: elliptic,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return identityOf(certificate, keys.privateKey);
}

/** For `localhost`, the loopback addresses and, where servers are seen under another name, that one. */
export async function issueServer(authority: Identity, host: string, nowMs: number): Promise<Identity> {
  const { DigitalSignature } = keyUsages;
  return issue(authority, nowMs, {
    algorithm: elliptic,
    subject: [{ CN: [host] }],
    extensions: [
      new x509.KeyUsagesExtension(DigitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...[...new Set(['localhost', host])].map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
    ],
  });
}

/** OBWAC: the certificate a third party opens its connections with. */
export async function issueTransport(
  authority: Identity,
  organisation: Organisation,
  nowMs: number,
): Promise<Identity> {
  return issue(authority, nowMs, {
    algorithm: rsa,
    subject: subjectOf(organisation),
    extensions: [
      new x509.KeyUsagesExtension(keyUsages.DigitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
    ],
  });
}

/** OBSeal: the certificate of the key an organisation signs with. */
export async function issueSeal(
  authority: Identity,
  organisation: Organisation,
  nowMs: number,
): Promise<Identity> {
  const { DigitalSignature, NonRepudiation } = keyUsages;
  return issue(authority, nowMs, {
    algorithm: rsa,
    subject: subjectOf(organisation),
    extensions: [new x509.KeyUsagesExtension(DigitalSignature | NonRepudiation, true)],
  });
}

const keyUsages = {
  DigitalSignature: x509.KeyUsageFlags.digitalSignature,
  NonRepudiation: x509.KeyUsageFlags.nonRepudiation,
};

interface Request {
  algorithm: typeof elliptic | typeof rsa;
  subject: x509.JsonName;
  extensions: x509.Extension[];
}

async function issue(authority: Identity, nowMs: number, request: Request): Promise<Identity> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const keys = await webcrypto.subtle.generateKey(request.algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity(nowMs, 1095),
    serialNumber: serialNumber(),
    subject: request.subject,
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await authorityKey(authority.key),
    signingAlgorithm: elliptic,
    extensions: [
      ...request.extensions,
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return identityOf(certificate, keys.privateKey);
}

function subjectOf({
  organisationId,
  organisationName,
  organisationIdentifier,
}: Organisation): x509.JsonName {
  return [
    { C: ['GB'] },
    { O: [organisationName] },
    { '2.5.4.97': [organisationIdentifier] },
    { CN: [organisationId] },
  ];
}

/** Valid since yesterday: the clock of whoever looks may be behind. */
function validity(nowMs: number, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(nowMs - dayMs), notAfter: new Date(nowMs + days * dayMs) };
}

/** Positive, as RFC 5280 wants it: the first bit is never set. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

async function authorityKey(pem: string): Promise<webcrypto.CryptoKey> {
  const [der] = x509.PemConverter.decode(pem);
  if (!der) throw new Error('the authority has no key');
  return webcrypto.subtle.importKey('pkcs8', der, elliptic, false, ['sign']);
}

async function identityOf(certificate: x509.X509Certificate, key: webcrypto.CryptoKey): Promise<Identity> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    key: `${x509.PemConverter.encode(der, 'PRIVATE KEY')}\n`,
  };
}
