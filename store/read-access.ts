// What a data read has to know, by one query: the consent, its access token, and which client and certificates it
// belongs to. This is the path that is measured, so it brings nothing that a read does not need.
import type { ConsentFamily, ConsentStatus } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { GrantStatus } from './grants.ts';
import type { SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

export interface ReadAccess {
  family: ConsentFamily;
  status: ConsentStatus;
  bankProfile: string;
  /** The bank's id of the consent. */
  externalApiId: string | null;
  createdWithV4: boolean;
  /** Names; null: not known. */
  permissions: readonly string[] | null;
  /** When the customer last authorised it, or reconfirmed it since. */
  confirmedAtMs: number;
  /** Null when there are no tokens, or they have ended for good. */
  grant: { version: number; accessToken: string; expiresAtMs: number } | null;
  connection: ClientVersion;
}

/** Which client, in which state: a kept copy of the registration's context is good as long as this is the same. */
export interface ClientVersion {
  registrationId: string;
  revision: number;
  obWacCertificateId: string;
  obSealCertificateId: string;
  aispUseV4: boolean;
}

type Row = Omit<ReadAccess, 'grant' | 'connection' | 'confirmedAtMs'> &
  ClientVersion & {
    confirmed: Date;
    grantStatus: GrantStatus | null;
    version: number;
    expiresAt: Date;
    token: SealedColumn;
  };

export async function loadReadAccess(
  db: Db,
  sealed: SealedObjects,
  tenant: TenantId,
  consentId: string,
): Promise<ReadAccess | undefined> {
  const [row] = await db<Row>`
    SELECT consent.family, consent.status, registration.bank_profile, consent.external_api_id,
      consent.created_with_v4, consent.permissions,
      greatest(consent.auth_context_modified, consent.reconfirmed) AS confirmed,
      registration.id AS registration_id,
      -- Its deletion makes a kept connection void as a change does.
      registration.revision + (registration.deleted_at IS NOT NULL)::int AS revision,
      statement.default_ob_wac_certificate_id AS ob_wac_certificate_id,
      statement.default_ob_seal_certificate_id AS ob_seal_certificate_id, registration.aisp_use_v4,
      grant_token.status AS grant_status, grant_token.version, grant_token.expires_at, sealed(token) AS token
    FROM consent
    JOIN bank_registration registration
      ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
    JOIN software_statement statement
      ON statement.tenant = registration.tenant AND statement.id = registration.software_statement_id
    LEFT JOIN grant_token ON grant_token.tenant = consent.tenant AND grant_token.consent_id = consent.id
    LEFT JOIN encrypted_object token ON token.tenant = consent.tenant
      AND token.owner_kind = 'grant' AND token.owner_id = consent.id AND token.purpose = 'access-token'
    WHERE consent.tenant = ${tenant} AND consent.id = ${consentId} AND consent.deleted_at IS NULL`;
  if (row === undefined) return undefined;
  const { family, status, bankProfile, externalApiId, createdWithV4, version, expiresAt } = row;
  const { permissions, confirmed } = row;
  const { registrationId, revision, obWacCertificateId, obSealCertificateId, aispUseV4 } = row;
  const owner = { kind: 'grant', id: consentId } as const;
  const accessToken =
    row.grantStatus === 'live' ? await sealed.open(tenant, owner, 'access-token', row.token) : undefined;
  const grant = accessToken === undefined ? null : { version, accessToken, expiresAtMs: expiresAt.getTime() };
  const connection = { registrationId, revision, obWacCertificateId, obSealCertificateId, aispUseV4 };
  return {
    ...{ family, status, bankProfile, externalApiId, createdWithV4, permissions },
    ...{ confirmedAtMs: confirmed.getTime(), grant, connection },
  };
}
