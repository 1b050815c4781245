// Attempts of customers to authorise a consent (`auth_context`). The PKCE verifier is encrypted; of the session id only
// a hash is kept.
import type { Clock } from '../clock.ts';
import type { ConsentFamily } from '../workflows/contracts/consent.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Entity } from './entity.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';
import { StatementRefused } from './store-error.ts';

/** How a bank sends the customer's browser back; `jwt` is JARM in the query. */
export type RedirectMode = 'fragment' | 'query' | 'jwt';

export interface NewAuthContext extends Entity {
  consentId: string;
  state: string;
  nonce: string;
  codeVerifier: string;
  /** SHA-256, base64url. */
  appSessionIdHash: string;
  redirectUri: string;
  redirectMode: RedirectMode;
  /** Whether an ID token comes with the code in the redirect itself. */
  expectsIdToken: boolean;
  /** The journey that waits for the customer. */
  workflowId: string;
  /** Whether the customer has to come back with the session that was given to their browser. */
  sessionRequired?: boolean;
}

export interface AuthContext extends NewAuthContext {
  created: Date;
  family: ConsentFamily;
  bankProfile: string;
  /** Whether a redirect has been taken for it. */
  returned: boolean;
}

type Row = Omit<AuthContext, 'codeVerifier'> & { verifier: SealedColumn };

const ownerOf = (id: string): Owner => ({ kind: 'auth-context', id });

export function createAuthContexts(db: Db, clock: Clock, sealed: SealedObjects) {
  async function findWhere(tenant: TenantId, condition: Part): Promise<AuthContext | undefined> {
    const [row] = await db<Row>`
      SELECT attempt.id, attempt.reference, attempt.created_by, attempt.created, attempt.consent_id, attempt.state,
        attempt.nonce, attempt.app_session_id_hash, attempt.redirect_uri, attempt.redirect_mode,
        attempt.expects_id_token, attempt.workflow_id, attempt.session_required, consent.family, registration.bank_profile,
        EXISTS (
          SELECT 1 FROM redirect WHERE redirect.tenant = attempt.tenant AND redirect.auth_context_id = attempt.id
        ) AS returned,
        sealed(verifier) AS verifier
      FROM auth_context attempt
      JOIN consent ON consent.tenant = attempt.tenant AND consent.id = attempt.consent_id
      JOIN bank_registration registration
        ON registration.tenant = consent.tenant AND registration.id = consent.bank_registration_id
      LEFT JOIN encrypted_object verifier ON verifier.tenant = attempt.tenant
        AND verifier.owner_kind = 'auth-context' AND verifier.owner_id = attempt.id
        AND verifier.purpose = 'code-verifier'
      WHERE attempt.tenant = ${tenant} AND ${condition} AND consent.deleted_at IS NULL`;
    if (row === undefined) return undefined;
    const { verifier, ...attempt } = row;
    const codeVerifier = await sealed.open(tenant, ownerOf(attempt.id), 'code-verifier', verifier);
    if (codeVerifier === undefined) throw new Error('An auth context is written together with its verifier.');
    return { ...attempt, codeVerifier };
  }

  return {
    /** Repeatable by id. A state belongs to one attempt only, whichever tenant made it. */
    async insert(tenant: TenantId, values: NewAuthContext): Promise<'inserted' | 'state-taken'> {
      const verifier = await sealed.put(tenant, ownerOf(values.id), { 'code-verifier': values.codeVerifier });
      try {
        await db`
          WITH changed AS (
            INSERT INTO auth_context (tenant, id, reference, created_by, created, consent_id, state, nonce,
              app_session_id_hash, redirect_uri, redirect_mode, expects_id_token, workflow_id, session_required)
            VALUES (${tenant}, ${values.id}, ${values.reference}, ${values.createdBy}, ${clock.now()},
              ${values.consentId}, ${values.state}, ${values.nonce}, ${values.appSessionIdHash},
              ${values.redirectUri}, ${values.redirectMode}, ${values.expectsIdToken}, ${values.workflowId},
              ${values.sessionRequired ?? false})
            ON CONFLICT (tenant, id) DO NOTHING
            RETURNING id
          ), ${verifier}
          SELECT id FROM changed`;
      } catch (error) {
        if (!(error instanceof StatementRefused) || error.constraint !== 'auth_context_state') throw error;
        // Two equal requests at once may collide in the state before they do in the id.
        const [own] = await db`SELECT id FROM auth_context WHERE tenant = ${tenant} AND id = ${values.id}`;
        if (own === undefined) return 'state-taken';
      }
      return 'inserted';
    },

    find: (tenant: TenantId, id: string) => findWhere(tenant, db.part`attempt.id = ${id}`),

    findByState: (tenant: TenantId, state: string) => findWhere(tenant, db.part`attempt.state = ${state}`),
  };
}
