// What a data read has to know, by one query: the consent, its access token, and which client and certificates it
// belongs to. This is the path that is measured, so it brings nothing that a read does not need.
import type { ConsentFamily, ConsentStatus } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { GrantStatus } from './grants.ts';
import type { SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

export interface ReadAccess {
  consentId: string;
  family: ConsentFamily;
  consentStatus: ConsentStatus;
  externalApiId: string | null;
  createdWithV4: boolean;
  bankProfile: string;
  registrationId: string;
  /** With these three a kept copy of the registration's context is known to be good or old. */
  registrationRevision: number;
  obWacCertificateId: string;
  obSealCertificateId: string;
  aispUseV4: boolean;
  /** Null before the customer has authorised the consent. */
  grantVersion: number | null;
  grantStatus: GrantStatus | null;
  expiresAt: Date | null;
  accessToken: string | undefined;
}

export async function loadReadAccess(
  db: Db,
  sealed: SealedObjects,
  tenant: TenantId,
  consentId: string,
): Promise<ReadAccess | undefined> {
  const [row] = await db<Omit<ReadAccess, 'accessToken'> & { token: SealedColumn }>`
    SELECT consent.id AS consent_id, consent.family, consent.status AS consent_status, consent.external_api_id,
      consent.created_with_v4, registration.bank_profile, registration.id AS registration_id,
      registration.revision AS registration_revision, registration.aisp_use_v4,
      statement.default_ob_wac_certificate_id AS ob_wac_certificate_id,
      statement.default_ob_seal_certificate_id AS ob_seal_certificate_id,
      grant_token.version AS grant_version, grant_token.status AS grant_status, grant_token.expires_at,
      sealed(token) AS token
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
  const { token, ...access } = row;
  const owner = { kind: 'grant', id: consentId } as const;
  return { ...access, accessToken: await sealed.open(tenant, owner, 'access-token', token) };
}
