// A registration request: a JWT that carries a software statement, each checked against the other and the certificate.
import type { X509Certificate } from 'node:crypto';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { z } from 'zod';
import { subjectAttribute } from '../client-certificate.ts';
import type { RunningBank } from '../running-bank.ts';
import { checkClaims } from './claim-rules.ts';
import { claimsOf, Envelope, type RegistrationClaims } from './claims.ts';
import { badMetadata, RegistrationRefusal } from './refusal.ts';
import { type SoftwareStatement, verifySoftwareStatement } from './software-statement.ts';
import { readSubjectMember } from './subject-member.ts';

export interface RegistrationRequest {
  claims: RegistrationClaims;
  envelope: Envelope;
  statement: SoftwareStatement;
}

/** Remembers the `jti` of requests: each may come once. */
export type SeenIds = Set<string>;

/** Throws a RegistrationRefusal that says what does not hold. */
export async function readRegistrationRequest(
  bank: RunningBank,
  body: string,
  certificate: X509Certificate,
  seen: SeenIds,
): Promise<RegistrationRequest> {
  const { software_statement } = decode(body);
  if (typeof software_statement !== 'string')
    throw new RegistrationRefusal('invalid_software_statement', 'the software statement is missing');
  const statement = await verifySoftwareStatement(bank, software_statement);
  const payload = await verifyRequest(bank, body, statement);
  const envelope = parse(Envelope, payload);
  if (!audiencesOf(bank).includes(envelope.aud)) throw badMetadata('aud is another bank');
  if (seen.has(envelope.jti)) throw badMetadata('this jti was used before');
  checkCertificate(certificate, statement);
  const choices = bank.personality.registration;
  const claims = parse(claimsOf(choices), readSubjectMember(choices, payload));
  checkClaims(claims, statement, bank.personality, certificate);
  seen.add(envelope.jti);
  return { claims, envelope, statement };
}

function audiencesOf({ personality, urls }: RunningBank): string[] {
  const { organisationId, registration } = personality;
  const byName = { organisation: [organisationId], issuer: [urls.issuer] };
  return registration.audience === 'either'
    ? [...byName.organisation, ...byName.issuer]
    : byName[registration.audience];
}

async function verifyRequest(
  { directory, clock }: RunningBank,
  body: string,
  statement: SoftwareStatement,
): Promise<Record<string, unknown>> {
  const keys = createLocalJWKSet(await directory.fetchKeys(statement.software_jwks_endpoint));
  const { payload } = await jwtVerify(body, keys, {
    algorithms: ['PS256'],
    issuer: statement.software_id,
    requiredClaims: ['exp', 'iat', 'aud', 'jti'],
    clockTolerance: 5,
    currentDate: clock.now(),
  }).catch(() => {
    throw badMetadata('the request is not signed by the software’s key, or has expired');
  });
  return payload;
}

/** The organisation that speaks must be the one that connected. */
function checkCertificate(certificate: X509Certificate, statement: SoftwareStatement): void {
  const identifier = subjectAttribute(certificate, 'organizationIdentifier') ?? '';
  const { registration_id } = statement.organisation_competent_authority_claims;
  if (!identifier.endsWith(`-${registration_id}`) || subjectAttribute(certificate, 'CN') !== statement.org_id)
    throw badMetadata('the certificate is another organisation’s');
}

function decode(body: string): Record<string, unknown> {
  try {
    return decodeJwt(body);
  } catch {
    throw badMetadata('the body is not a JWT');
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, payload: unknown): z.output<Schema> {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = issue?.path.join('.') ?? '';
  throw member.startsWith('redirect_uris')
    ? new RegistrationRefusal('invalid_redirect_uri', `${member}: ${issue?.message}`)
    : badMetadata(`${member}: ${issue?.message}`);
}
