// A client of the bank, as it registered itself, and what the bank answers about it (Dynamic Client Registration v3.3).
import type { RegistrationClaims } from './claims.ts';

export interface Registration {
  clientId: string;
  issuedAtSeconds: number;
  /** What was agreed: the request's claims without those of its envelope. */
  claims: RegistrationClaims;
  clientSecret?: string;
  orgId: string;
  softwareId: string;
  softwareName: string;
  /** Where the directory publishes the client's keys. */
  jwksUrl: string;
}

export function answerOf({ clientId, issuedAtSeconds, claims, clientSecret }: Registration): object {
  return {
    ...claims,
    client_id: clientId,
    client_id_issued_at: issuedAtSeconds,
    ...(clientSecret === undefined ? {} : { client_secret: clientSecret, client_secret_expires_at: 0 }),
  };
}
