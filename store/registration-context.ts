// Everything that is needed to talk to a bank as one of our clients: registration, software statement, certificates and
// secrets, by one query.
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ObSealCertificate, ObWacCertificate } from './certificates.ts';
import type { BankRegistration } from './registrations.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { SoftwareStatement } from './software-statements.ts';
import type { Db } from './sql.ts';

type WithoutAuthorship<Values> = Omit<Values, 'reference' | 'createdBy'>;

export interface RegistrationContext {
  registration: Omit<BankRegistration, 'failure' | 'reference' | 'createdBy'>;
  softwareStatement: WithoutAuthorship<SoftwareStatement>;
  obWacCertificate: WithoutAuthorship<ObWacCertificate>;
  obSealCertificate: WithoutAuthorship<ObSealCertificate>;
  clientSecret: string | undefined;
  registrationAccessToken: string | undefined;
}

type Row = RegistrationContext['registration'] &
  Pick<RegistrationContext, 'softwareStatement' | 'obWacCertificate' | 'obSealCertificate'> & {
    sealedSecret: SealedColumn;
    sealedToken: SealedColumn;
  };

/**
 * Certificates and statements count though they were deleted meanwhile: the registration still lives with them.
 * @param obWacCertificateId instead of the one that the statement names now
 */
export async function loadRegistrationContext(
  db: Db,
  sealed: SealedObjects,
  tenant: TenantId,
  registrationId: string,
  obWacCertificateId?: string,
): Promise<RegistrationContext | undefined> {
  const [row] = await db<Row>`
    SELECT registration.id, registration.created, registration.status, registration.revision,
      registration.software_statement_id, registration.bank_profile, registration.bank_group,
      registration.aisp_use_v4, registration.pisp_use_v4, registration.vrp_use_v4,
      registration.cbpii_use_v4, registration.requested, registration.client,
      jsonb_build_object(
        'id', statement.id,
        'organisationId', statement.organisation_id,
        'softwareId', statement.software_id,
        'sandboxEnvironment', statement.sandbox_environment,
        'defaultObWacCertificateId', statement.default_ob_wac_certificate_id,
        'defaultObSealCertificateId', statement.default_ob_seal_certificate_id,
        'defaultQueryRedirectUrl', statement.default_query_redirect_url,
        'defaultFragmentRedirectUrl', statement.default_fragment_redirect_url
      ) AS software_statement,
      jsonb_build_object(
        'id', obwac.id, 'associatedKey', obwac.associated_key, 'certificate', obwac.certificate
      ) AS ob_wac_certificate,
      jsonb_build_object(
        'id', obseal.id, 'associatedKey', obseal.associated_key, 'certificate', obseal.certificate,
        'associatedKeyId', obseal.associated_key_id
      ) AS ob_seal_certificate,
      sealed(secret) AS sealed_secret,
      sealed(token) AS sealed_token
    FROM bank_registration registration
    JOIN software_statement statement
      ON statement.tenant = registration.tenant AND statement.id = registration.software_statement_id
    JOIN obwac_certificate obwac
      ON obwac.tenant = statement.tenant
        AND obwac.id = coalesce(${obWacCertificateId ?? null}::uuid, statement.default_ob_wac_certificate_id)
    JOIN obseal_certificate obseal
      ON obseal.tenant = statement.tenant AND obseal.id = statement.default_ob_seal_certificate_id
    LEFT JOIN encrypted_object secret ON secret.tenant = registration.tenant
      AND secret.owner_kind = 'registration' AND secret.owner_id = registration.id AND secret.purpose = 'client-secret'
    LEFT JOIN encrypted_object token ON token.tenant = registration.tenant
      AND token.owner_kind = 'registration' AND token.owner_id = registration.id
      AND token.purpose = 'registration-access-token'
    WHERE registration.tenant = ${tenant} AND registration.id = ${registrationId} AND registration.deleted_at IS NULL`;
  if (row === undefined) return undefined;
  const {
    softwareStatement,
    obWacCertificate,
    obSealCertificate,
    sealedSecret,
    sealedToken,
    ...registration
  } = row;
  const owner: Owner = { kind: 'registration', id: registrationId };
  return {
    registration,
    softwareStatement,
    obWacCertificate,
    obSealCertificate,
    clientSecret: await sealed.open(tenant, owner, 'client-secret', sealedSecret),
    registrationAccessToken: await sealed.open(tenant, owner, 'registration-access-token', sealedToken),
  };
}
