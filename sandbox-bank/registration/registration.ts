// A client of the bank, as it registered itself, and what the bank answers about it (Dynamic Client Registration).
import type { RunningBank } from '../running-bank.ts';
import type { Envelope, RegistrationClaims } from './claims.ts';
import { writeSubjectMember } from './subject-member.ts';

export interface Registration {
  clientId: string;
  issuedAtSeconds: number;
  /** What was agreed: the request's claims without those of its envelope. */
  claims: RegistrationClaims;
  /** Of the last request; absent for a client that was made by hand. */
  envelope?: Envelope;
  clientSecret?: string;
  /** Opens the registration, at banks that hand one out. */
  accessToken?: string;
  orgId: string;
  softwareId: string;
  softwareName: string;
  /** Where the directory publishes the client's keys. */
  jwksUrl: string;
}

export function answerOf({ personality, urls }: RunningBank, registration: Registration): object {
  const { milliseconds, repeatsEnvelope, scopeInAnswer } = personality.registration;
  const { clientId, issuedAtSeconds, claims, envelope, clientSecret, accessToken } = registration;
  const inUnit = (name: (typeof milliseconds)[number], seconds: number) =>
    milliseconds.includes(name) ? seconds * 1000 : seconds;
  return writeSubjectMember(personality.registration, {
    ...(repeatsEnvelope && envelope
      ? { ...envelope, iat: inUnit('iat', envelope.iat), exp: inUnit('exp', envelope.exp) }
      : {}),
    ...claims,
    ...(scopeInAnswer === 'list' ? { scope: claims.scope.split(' ') } : {}),
    client_id: clientId,
    client_id_issued_at: inUnit('client_id_issued_at', issuedAtSeconds),
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret, client_secret_expires_at: 0 }),
    ...(accessToken === undefined
      ? {}
      : {
          registration_access_token: accessToken,
          registration_client_uri: `${urls.registration}/${clientId}`,
        }),
  });
}
