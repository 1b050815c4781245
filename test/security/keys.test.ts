import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  importSigningKey,
  KeyUnusable,
  keyMatchesCertificate,
  readCertificate,
  subjectDn,
} from '../../security/keys.ts';
import { type Identity, issueCertificate, notAfter, notBefore } from './identities.ts';

let ours: Identity;
let theirs: Identity;
beforeAll(async () => {
  ours = await issueCertificate([
    { C: ['GB'] },
    { O: ['Tea, Cake & Sons'] },
    { '2.5.4.97': [{ utf8String: 'PSDGB-FCA-123456' }] },
    { CN: ['0015800001041RHAAY'] },
  ]);
  theirs = await issueCertificate([{ C: ['GB'] }, { O: ['OpenBanking'] }, { OU: ['0015'] }, { CN: ['sw'] }]);
});

describe('signing keys', () => {
  it('imports an RSA key for the algorithm it is to sign with', async () => {
    expect((await importSigningKey(ours.key)).algorithm).toMatchObject({ name: 'RSA-PSS' });
    expect((await importSigningKey(ours.key, 'RS256')).algorithm).toMatchObject({
      name: 'RSASSA-PKCS1-v1_5',
    });
  });

  it('keeps the key to itself once it is imported', async () => {
    expect((await importSigningKey(ours.key)).extractable).toBe(false);
  });

  it.each([
    ['a short RSA key', generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['a key on a curve', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ])('refuses %s', async (_, { privateKey }) => {
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await expect(importSigningKey(pem)).rejects.toThrow(KeyUnusable);
  });

  it('refuses PKCS #1 and what is no key, without quoting it', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    await expect(importSigningKey(pkcs1)).rejects.toThrow(KeyUnusable);
    const error = await importSigningKey(
      '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----',
    ).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KeyUnusable);
    expect(String(error)).not.toContain('c2VjcmV0');
  });

  it('tells whether a key belongs to a certificate', () => {
    expect(keyMatchesCertificate(ours.key, ours.certificate)).toBe(true);
    expect(keyMatchesCertificate(ours.key, theirs.certificate)).toBe(false);
    expect(() => keyMatchesCertificate('no key', ours.certificate)).toThrow(KeyUnusable);
  });
});

describe('certificates', () => {
  it('reads validity, fingerprint and organisation', () => {
    const { fingerprint, ...read } = readCertificate(ours.certificate);
    expect(read).toMatchObject({ notBefore, notAfter, organisationIdentifier: 'PSDGB-FCA-123456' });
    const hex = new X509Certificate(ours.certificate).fingerprint256.replaceAll(':', '');
    expect(fingerprint).toBe(Buffer.from(hex, 'hex').toString('base64url'));
  });

  it('finds no organisation in an older directory certificate', () => {
    const read = readCertificate(theirs.certificate);
    expect(read).not.toHaveProperty('organisationIdentifier');
    expect(new Set(Object.values(read.subjectDn))).toEqual(new Set(['CN=sw,OU=0015,O=OpenBanking,C=GB']));
  });

  it('refuses what is no certificate', () => {
    expect(() => readCertificate('no certificate')).toThrow(KeyUnusable);
    expect(() => subjectDn('no certificate', 'name')).toThrow(KeyUnusable);
  });
});

describe('subject names', () => {
  it('writes the subject in each form, most specific part first', () => {
    const hex = `#1310${Buffer.from('PSDGB-FCA-123456').toString('hex').toUpperCase()}`;
    const around = (attribute: string) => `CN=0015800001041RHAAY,${attribute},O=Tea\\, Cake & Sons,C=GB`;
    expect(readCertificate(ours.certificate).subjectDn).toEqual({
      'oid-string': around('2.5.4.97=PSDGB-FCA-123456'),
      'oid-hex': around(`2.5.4.97=${hex}`),
      name: around('organizationIdentifier=PSDGB-FCA-123456'),
    });
    expect(subjectDn(ours.certificate, 'oid-hex')).toBe(around(`2.5.4.97=${hex}`));
  });

  it('writes a printable string in the hexadecimal form, and keeps what is none as the certificate has it', async () => {
    const { certificate } = await issueCertificate([{ '2.5.4.97': [{ utf8String: 'PSDGB-J' }] }]);
    expect(subjectDn(certificate, 'oid-hex')).toBe('2.5.4.97=#130750534447422D4A');
    const other = await issueCertificate([{ '2.5.4.97': [{ utf8String: 'PSDGB_Ω' }] }]);
    expect(subjectDn(other.certificate, 'oid-hex')).toBe('2.5.4.97=#0C0850534447425FCEA9');
  });

  it.each([
    ['#first', '\\#first'],
    [' blank ', '\\ blank\\ '],
    [' ', '\\ '],
    ['back\\ ', 'back\\\\\\ '],
    ['a+b;c<d>e"f', 'a\\+b\\;c\\<d\\>e\\"f'],
    ['Crêperie Ω', 'Crêperie Ω'],
  ])('escapes %j as %j', async (value, written) => {
    const { certificate } = await issueCertificate([{ CN: [{ utf8String: value }] }]);
    expect(subjectDn(certificate, 'name')).toBe(`CN=${written}`);
  });

  it('joins attributes that share a place, and reads two-byte characters and long object identifiers', async () => {
    const { certificate } = await issueCertificate([
      { '1.3.6.1.4.1.311.60.2.1.3': ['GB'] },
      { O: [{ bmpString: 'Ωmega' }], OU: [{ utf8String: 'Unit' }] },
    ]);
    const written = subjectDn(certificate, 'oid-string');
    expect(written.split(',')[1]).toBe('1.3.6.1.4.1.311.60.2.1.3=GB');
    expect(written.split(',')[0]?.split('+').sort()).toEqual(['O=Ωmega', 'OU=Unit']);
    expect(subjectDn(certificate, 'name')).toContain('jurisdictionC=GB');
  });
});
