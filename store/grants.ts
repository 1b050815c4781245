// Grants: the tokens that a customer's authorisation brought, by version (`grant_token`). Tokens are encrypted objects.
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';

export type GrantStatus = 'live' | 'ended';

export interface Grant {
  version: number;
  status: GrantStatus;
  endReason: string | null;
  /** When the access token ends. */
  expiresAt: Date;
  /** Subject and nonce of the ID token of the authorisation: a refresh has to bring the same. */
  subject: string | null;
  nonce: string | null;
  /** The transport certificate that the tokens are bound to; null: not known. */
  obWacCertificateId: string | null;
}

export interface NewTokens {
  /** The version that these tokens replace; 0 when there are none yet. */
  fromVersion: number;
  accessToken: string;
  /** Undefined: the one there is stays good. Null: there is none. */
  refreshToken?: string | null | undefined;
  /** One that may still be good, until `refreshToken` has shown that it is. Undefined: there is none any more. */
  earlierRefreshToken?: string | undefined;
  expiresAt: Date;
  /** Undefined: as before. */
  subject?: string | undefined;
  nonce?: string | undefined;
  obWacCertificateId?: string | undefined;
}

export interface KeptTokens {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  earlierRefreshToken?: string | undefined;
}

const ownerOf = (consentId: string): Owner => ({ kind: 'grant', id: consentId });

export function createGrants(db: Db, clock: Clock, sealed: SealedObjects) {
  async function findVersion(tenant: TenantId, consentId: string): Promise<number> {
    const [row] = await db<{ version: number }>`
      SELECT version FROM grant_token WHERE tenant = ${tenant} AND consent_id = ${consentId}`;
    return row?.version ?? 0;
  }

  return {
    /** For a refresh and for whatever needs the tokens themselves. Ended grants have none. */
    async load(tenant: TenantId, consentId: string): Promise<(Grant & KeptTokens) | undefined> {
      const [row] = await db<Grant & { access: SealedColumn; refresh: SealedColumn; earlier: SealedColumn }>`
        SELECT version, status, end_reason, expires_at, subject, grant_token.nonce,
          obwac_certificate_id AS ob_wac_certificate_id,
          sealed(access) AS access, sealed(refresh) AS refresh, sealed(earlier) AS earlier
        FROM grant_token
        LEFT JOIN encrypted_object access ON access.tenant = grant_token.tenant AND access.owner_kind = 'grant'
          AND access.owner_id = consent_id AND access.purpose = 'access-token'
        LEFT JOIN encrypted_object refresh ON refresh.tenant = grant_token.tenant AND refresh.owner_kind = 'grant'
          AND refresh.owner_id = consent_id AND refresh.purpose = 'refresh-token'
        LEFT JOIN encrypted_object earlier ON earlier.tenant = grant_token.tenant AND earlier.owner_kind = 'grant'
          AND earlier.owner_id = consent_id AND earlier.purpose = 'earlier-refresh-token'
        WHERE grant_token.tenant = ${tenant} AND consent_id = ${consentId}`;
      if (row === undefined) return undefined;
      const { access, refresh, earlier, ...grant } = row;
      const owner = ownerOf(consentId);
      return {
        ...grant,
        accessToken: await sealed.open(tenant, owner, 'access-token', access),
        refreshToken: await sealed.open(tenant, owner, 'refresh-token', refresh),
        earlierRefreshToken: await sealed.open(tenant, owner, 'earlier-refresh-token', earlier),
      };
    },

    /**
     * Compare-and-set on the version: of two writers that start from the same version one is heard. Whoever is told
     * `superseded` by the version after its own may have been that one, its first answer having been lost.
     */
    async storeTokens(
      tenant: TenantId,
      consentId: string,
      tokens: NewTokens,
    ): Promise<{ kind: 'stored' | 'superseded'; version: number }> {
      const texts = {
        'access-token': tokens.accessToken,
        'refresh-token': tokens.refreshToken ?? undefined,
        'earlier-refresh-token': tokens.earlierRefreshToken,
      };
      const [stored] = await db<{ version: number }>`
        WITH changed AS (
          INSERT INTO grant_token (tenant, consent_id, version, status, expires_at, subject, nonce,
            obwac_certificate_id, modified)
          VALUES (${tenant}, ${consentId}, ${tokens.fromVersion + 1}, 'live', ${tokens.expiresAt},
            ${tokens.subject ?? null}, ${tokens.nonce ?? null}, ${tokens.obWacCertificateId ?? null},
            ${clock.now()})
          ON CONFLICT (tenant, consent_id) DO UPDATE
          SET version = excluded.version, status = 'live', end_reason = NULL, expires_at = excluded.expires_at,
            subject = coalesce(excluded.subject, grant_token.subject),
            nonce = coalesce(excluded.nonce, grant_token.nonce),
            obwac_certificate_id = excluded.obwac_certificate_id, modified = excluded.modified
          WHERE grant_token.version = ${tokens.fromVersion}
          RETURNING tenant, consent_id, version
        ), removed AS (
          DELETE FROM encrypted_object object USING changed
          WHERE object.tenant = changed.tenant AND owner_kind = 'grant' AND owner_id = consent_id AND
            ((${tokens.refreshToken === null} AND purpose = 'refresh-token')
              OR (${tokens.earlierRefreshToken === undefined} AND purpose = 'earlier-refresh-token'))
        ), ${await sealed.put(tenant, ownerOf(consentId), texts)}
        SELECT version FROM changed`;
      if (stored !== undefined) return { kind: 'stored', version: stored.version };
      return { kind: 'superseded', version: await findVersion(tenant, consentId) };
    },

    /**
     * Ends the grant and forgets its tokens.
     * @param fromVersion the version that was found ended: later tokens are left alone
     */
    async end(
      tenant: TenantId,
      consentId: string,
      { fromVersion, reason }: { fromVersion: number; reason: string },
    ): Promise<void> {
      await db`
        WITH changed AS (
          SELECT tenant, consent_id AS id FROM grant_token
          WHERE tenant = ${tenant} AND consent_id = ${consentId} AND version = ${fromVersion}
          FOR UPDATE
        ), ${endingGrant(db, clock.now(), reason)}
        SELECT id FROM changed`;
    },
  };
}

/** Common table expressions that end the grant of the consent that `changed (tenant, id)` names. */
export const endingGrant = (db: Db, now: Date, reason: string): Part => db.part`
  grant_ended AS (
    UPDATE grant_token SET status = 'ended', end_reason = ${reason}, modified = ${now} FROM changed
    WHERE grant_token.tenant = changed.tenant AND grant_token.consent_id = changed.id
  ), tokens_removed AS (
    DELETE FROM encrypted_object object USING changed
    WHERE object.tenant = changed.tenant AND object.owner_kind = 'grant' AND object.owner_id = changed.id
  )`;
