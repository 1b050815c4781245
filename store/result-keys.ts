// The keys that sign what a customer brings back to the service (`result_key`): each signs for a quarter of a year, then
// another is made, and verifies for a day longer than any signature of its lasts.
import { type JsonWebKey, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db } from './sql.ts';

export interface ResultKey {
  /** `kid` */
  id: string;
  privateJwk: JsonWebKey;
}

const dayMs = 24 * 60 * 60 * 1000;
const signsForMs = 90 * dayMs;

const purpose = 'private-jwk';
const ownerOf = (id: string): Owner => ({ kind: 'result-key', id });

export function createResultKeys(db: Db, clock: Clock, sealed: SealedObjects) {
  const bornAfter = (ageMs: number) => new Date(clock.nowMs() - ageMs);

  async function newest(tenant: TenantId): Promise<ResultKey | undefined> {
    const [row] = await db<{ id: string; key: SealedColumn }>`
      SELECT known.id, sealed(object) AS key FROM result_key known
      JOIN encrypted_object object ON object.tenant = known.tenant AND object.owner_kind = 'result-key'
        AND object.owner_id = known.id AND object.purpose = ${purpose}
      WHERE known.tenant = ${tenant} AND known.created > ${bornAfter(signsForMs)}
      ORDER BY known.created DESC, known.id DESC LIMIT 1`;
    if (row === undefined) return undefined;
    const text = await sealed.open(tenant, ownerOf(row.id), purpose, row.key);
    return text === undefined ? undefined : { id: row.id, privateJwk: JSON.parse(text) };
  }

  /** Two processes may make one each at the same time: both are published, and both verify. */
  async function make(tenant: TenantId): Promise<ResultKey> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const [publicJwk, privateJwk] = [await exportJWK(publicKey), await exportJWK(privateKey)];
    const id = randomUUID();
    await db`
      WITH changed AS (
        INSERT INTO result_key (tenant, id, created, public_jwk)
        VALUES (${tenant}, ${id}, ${clock.now()}, ${db.json(publicJwk)})
        RETURNING id
      ), ${await sealed.put(tenant, ownerOf(id), { [purpose]: JSON.stringify(privateJwk) })}
      SELECT id FROM changed`;
    return { id, privateJwk };
  }

  return {
    /** The one to sign with: made when there is none, or the last has become too old. */
    current: async (tenant: TenantId): Promise<ResultKey> => (await newest(tenant)) ?? (await make(tenant)),

    /** Those with which a signature can have been made that is still good. */
    listPublic: (tenant: TenantId) => db<{ id: string; publicJwk: JsonWebKey }>`
      SELECT id, public_jwk FROM result_key
      WHERE tenant = ${tenant} AND created > ${bornAfter(signsForMs + dayMs)} ORDER BY created, id`,
  };
}
