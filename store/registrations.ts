// Bank registrations: the clients that banks know us as (`bank_registration`).
import type { Clock } from '../clock.ts';
import type { SecretDescription } from '../secrets/secret-source.ts';
import type { ClientRegistrationStatus } from '../workflows/contracts/client-registration.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { bankResponseTexts, readBankResponse, type StoredBankResponse } from './bank-responses.ts';
import type { Entity } from './entity.ts';
import { failureColumn, failureTexts, openFailure, type RecordedFailure } from './failures.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import { softDelete } from './soft-delete.ts';
import type { Db } from './sql.ts';

export type RegistrationScope =
  | 'None'
  | 'AccountAndTransaction'
  | 'PaymentInitiation'
  | 'AccountAndTransactionPlusPaymentInitiation'
  | 'FundsConfirmation'
  | 'All';

/** What was asked for beside the columns. What is left out follows from software statement and bank profile. */
export interface RequestedClient {
  registrationScope?: RegistrationScope | undefined;
  defaultFragmentRedirectUri?: string | undefined;
  defaultQueryRedirectUri?: string | undefined;
  redirectUris?: string[] | undefined;
  /** The bank of that name in the sandbox is meant. */
  useSimulatedBank?: boolean | undefined;
  /** A client that the bank knows already: it is adopted instead of registered. */
  externalApiId?: string | undefined;
  externalApiSecretFromSecrets?: SecretDescription | undefined;
  registrationAccessTokenFromSecrets?: SecretDescription | undefined;
}

/** Kept encrypted. */
export interface ClientSecrets {
  externalApiSecret?: string | undefined;
  registrationAccessToken?: string | undefined;
}

type UsedVersions = Pick<RegistrationColumns, 'aispUseV4' | 'pispUseV4' | 'vrpUseV4' | 'cbpiiUseV4'>;

interface RegistrationColumns extends Entity {
  softwareStatementId: string;
  bankProfile: string;
  bankGroup: string;
  aispUseV4: boolean;
  pispUseV4: boolean;
  vrpUseV4: boolean;
  cbpiiUseV4: boolean;
}

export type RequestedRegistration = RegistrationColumns & RequestedClient & ClientSecrets;

/** What the bank and its discovery document made of it. */
export interface RegisteredClient {
  externalApiId: string;
  tokenEndpointAuthMethod: string;
  jwksUri: string;
  tokenEndpoint: string;
  authorizationEndpoint: string;
  registrationEndpoint: string | null;
  registrationScope: RegistrationScope;
  defaultFragmentRedirectUri: string;
  defaultQueryRedirectUri: string;
  redirectUris: string[];
}

/** A client that is there already, and may serve again. */
export interface RegisteredBefore {
  id: string;
  bankProfile: string;
  requested: RequestedClient;
  client: RegisteredClient;
}

export interface BankRegistration extends RegistrationColumns {
  created: Date;
  status: ClientRegistrationStatus;
  /** Counts changes of the client, for whoever keeps a copy. */
  revision: number;
  requested: RequestedClient;
  /** Null until the client is registered. */
  client: RegisteredClient | null;
  failure: RecordedFailure | null;
}

type Row = BankRegistration & { refusal: SealedColumn };

const ownerOf = (id: string): Owner => ({ kind: 'registration', id });

export const clientSecretTexts = (secrets: ClientSecrets) => ({
  'client-secret': secrets.externalApiSecret,
  'registration-access-token': secrets.registrationAccessToken,
});

export function createRegistrations(db: Db, clock: Clock, sealed: SealedObjects) {
  async function find(tenant: TenantId, id: string): Promise<BankRegistration | undefined> {
    const [row] = await db<Row>`
      SELECT id, reference, created_by, created, status, revision, software_statement_id, bank_profile, bank_group,
        aisp_use_v4, pisp_use_v4, vrp_use_v4, cbpii_use_v4, requested, client, failure, sealed(refusal) AS refusal
      FROM bank_registration
      LEFT JOIN encrypted_object refusal ON refusal.tenant = bank_registration.tenant
        AND refusal.owner_kind = 'registration' AND refusal.owner_id = bank_registration.id
        AND refusal.purpose = 'bank-refusal'
      WHERE bank_registration.tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL`;
    if (row === undefined) return undefined;
    const { refusal, ...registration } = row;
    const failure = await openFailure(sealed, tenant, ownerOf(id), registration.failure, refusal);
    return { ...registration, failure };
  }

  return {
    /** Repeatable: a registration that is there under this id already is left as it is. */
    async insertRequested(tenant: TenantId, values: RequestedRegistration): Promise<void> {
      const now = clock.now();
      const requested: RequestedClient = {
        registrationScope: values.registrationScope,
        defaultFragmentRedirectUri: values.defaultFragmentRedirectUri,
        defaultQueryRedirectUri: values.defaultQueryRedirectUri,
        redirectUris: values.redirectUris,
        useSimulatedBank: values.useSimulatedBank,
        externalApiId: values.externalApiId,
        externalApiSecretFromSecrets: values.externalApiSecretFromSecrets,
        registrationAccessTokenFromSecrets: values.registrationAccessTokenFromSecrets,
      };
      await db`
        WITH changed AS (
          INSERT INTO bank_registration (tenant, id, reference, created_by, created, modified, status,
            software_statement_id, bank_profile, bank_group, aisp_use_v4, pisp_use_v4, vrp_use_v4, cbpii_use_v4,
            requested)
          VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${now}, ${now}, 'registering',
            ${values.softwareStatementId}, ${values.bankProfile}, ${values.bankGroup},
            ${values.aispUseV4}, ${values.pispUseV4}, ${values.vrpUseV4}, ${values.cbpiiUseV4},
            ${db.json(requested)})
          ON CONFLICT (tenant, id) DO NOTHING
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(values.id), clientSecretTexts(values))}
        SELECT id FROM changed`;
    },

    find,

    /** Of each bank the newest with which payments can be started. */
    listForPayments: (tenant: TenantId) => db<{ id: string; bankProfile: string; pispUseV4: boolean }>`
      SELECT DISTINCT ON (bank_profile) id, bank_profile, pisp_use_v4 FROM bank_registration
      WHERE tenant = ${tenant} AND status = 'registered' AND deleted_at IS NULL
        AND client ->> 'registrationScope' IN ('PaymentInitiation', 'AccountAndTransactionPlusPaymentInitiation', 'All')
      ORDER BY bank_profile, created DESC, id DESC`,

    /** That of a bank with which payments can be started. */
    async findNewestForPayments(
      tenant: TenantId,
      bankProfile: string,
    ): Promise<BankRegistration | undefined> {
      const [newest] = await db<{ id: string }>`
        SELECT id FROM bank_registration
        WHERE tenant = ${tenant} AND bank_profile = ${bankProfile} AND status = 'registered' AND deleted_at IS NULL
          AND client ->> 'registrationScope' IN ('PaymentInitiation', 'AccountAndTransactionPlusPaymentInitiation', 'All')
        ORDER BY created DESC, id DESC LIMIT 1`;
      return newest && (await find(tenant, newest.id));
    },

    /** Clients of one software statement at the banks of one group, oldest first: one of them may serve again. */
    listRegistered: (
      tenant: TenantId,
      { softwareStatementId, bankGroup }: { softwareStatementId: string; bankGroup: string },
    ) => db<RegisteredBefore>`
      SELECT id, bank_profile, requested, client FROM bank_registration
      WHERE tenant = ${tenant} AND software_statement_id = ${softwareStatementId} AND bank_group = ${bankGroup}
        AND status = 'registered' AND deleted_at IS NULL
      ORDER BY created, id`,

    /** What was gathered before the bank is asked: whatever the step that gathers it wants to find again. */
    async recordPreparation(tenant: TenantId, id: string, preparation: object): Promise<void> {
      await db`
        UPDATE bank_registration SET preparation = ${db.json(preparation)}, modified = ${clock.now()}
        WHERE tenant = ${tenant} AND id = ${id} AND status = 'registering'`;
    },

    async findPreparation(tenant: TenantId, id: string): Promise<unknown> {
      const [row] = await db<{ preparation: unknown }>`
        SELECT preparation FROM bank_registration WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL`;
      return row?.preparation ?? undefined;
    },

    /**
     * For the first registration and for later changes of the client at the bank.
     * @returns false when the registration has failed or was deleted before
     */
    async recordRegistered(
      tenant: TenantId,
      id: string,
      values: { client: RegisteredClient; secrets?: ClientSecrets; bankResponse?: StoredBankResponse },
    ): Promise<boolean> {
      const texts = { ...clientSecretTexts(values.secrets ?? {}), ...bankResponseTexts(values.bankResponse) };
      const rows = await db`
        WITH changed AS (
          UPDATE bank_registration
          SET status = 'registered', client = ${db.json(values.client)}, revision = revision + 1,
            preparation = NULL, modified = ${clock.now()}
          WHERE tenant = ${tenant} AND id = ${id} AND status IN ('registering', 'registered') AND deleted_at IS NULL
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(id), texts)}
        SELECT id FROM changed`;
      return rows.length === 1;
    },

    /** Which version of each API its consents are made in from now on. @returns false when it has ended */
    async recordVersions(
      tenant: TenantId,
      id: string,
      { aispUseV4, pispUseV4, vrpUseV4, cbpiiUseV4 }: UsedVersions,
    ): Promise<boolean> {
      const rows = await db`
        UPDATE bank_registration
        SET aisp_use_v4 = ${aispUseV4}, pisp_use_v4 = ${pispUseV4}, vrp_use_v4 = ${vrpUseV4},
          cbpii_use_v4 = ${cbpiiUseV4}, revision = revision + 1, modified = ${clock.now()}
        WHERE tenant = ${tenant} AND id = ${id} AND status = 'registered' AND deleted_at IS NULL
        RETURNING id`;
      return rows.length === 1;
    },

    /** The bank's answer to the registration, without its secrets. */
    findBankResponse: (tenant: TenantId, id: string) => readBankResponse(sealed, tenant, ownerOf(id)),

    async recordFailed(tenant: TenantId, id: string, failure: RecordedFailure): Promise<void> {
      await db`
        WITH changed AS (
          UPDATE bank_registration
          SET status = 'failed', failure = ${db.json(failureColumn(failure))}, modified = ${clock.now()}
          WHERE tenant = ${tenant} AND id = ${id} AND status = 'registering'
          RETURNING id
        ), ${await sealed.put(tenant, ownerOf(id), failureTexts(failure))}
        SELECT id FROM changed`;
    },

    /** Repeatable. The client's secrets are of no use any more. */
    async recordDeleted(tenant: TenantId, id: string): Promise<void> {
      await db`
        WITH changed AS (
          UPDATE bank_registration SET status = 'deleted', deleted_at = ${clock.now()}, modified = ${clock.now()}
          WHERE tenant = ${tenant} AND id = ${id} AND deleted_at IS NULL
          RETURNING tenant, id
        )
        DELETE FROM encrypted_object secret USING changed
        WHERE secret.tenant = changed.tenant AND owner_kind = 'registration' AND owner_id = changed.id
          AND purpose IN ('client-secret', 'registration-access-token')`;
    },

    /** For a registration that no journey drives any more. In use: a consent at the bank hangs on it. */
    softDelete: (tenant: TenantId, id: string) =>
      softDelete(
        db,
        clock,
        db.part`bank_registration`,
        db.part`
          SELECT 1 FROM consent used WHERE used.tenant = target.tenant
            AND used.bank_registration_id = target.id AND used.deleted_at IS NULL
            AND used.status IN ('creating', 'awaiting-upload', 'awaiting-authorisation', 'authorised')`,
        tenant,
        id,
      ),
  };
}
