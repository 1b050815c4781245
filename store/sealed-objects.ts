// Texts that are kept encrypted (`encrypted_object`): bodies, tokens, secrets. Each belongs to one owner and purpose,
// which the encryption binds it to, and is written by the same statement as its owner.
import type { Clock } from '../clock.ts';
import { type Keyring, nonceLength, open, seal, tagLength } from '../security/token-encryption.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Db, Part } from './sql.ts';

export type OwnerKind =
  | 'registration'
  | 'consent'
  | 'auth-context'
  | 'redirect'
  | 'grant'
  | 'once-only-call'
  | 'payment'
  | 'payment-file'
  | 'payment-journey'
  | 'payment-link'
  | 'result-key'
  | 'account-identity-key'
  | 'funds-confirmation'
  | 'webhook-endpoint'
  | 'webhook-event';

export interface Owner {
  kind: OwnerKind;
  id: string;
}

/** What `sealed(encrypted_object)` gives: everything needed to open it. Null where there is no such object. */
export type SealedColumn = Uint8Array | null;

export interface SealedObjects {
  /**
   * A common table expression that writes the texts once per row of another one, `changed`, which the statement has to
   * define first: nothing is written when nothing was changed. Earlier texts of the same purposes are replaced; what is
   * undefined stays as it is.
   * @param names of the expression, and of the other one, for a statement that has two
   */
  put(
    tenant: TenantId,
    owner: Owner,
    texts: Record<string, string | undefined>,
    names?: { as: Part; of: Part },
  ): Promise<Part>;
  open(tenant: TenantId, owner: Owner, purpose: string, column: SealedColumn): Promise<string | undefined>;
  read(tenant: TenantId, owner: Owner, purpose: string): Promise<string | undefined>;
}

export function createSealedObjects(db: Db, clock: Clock, keyring: Keyring): SealedObjects {
  const objects: SealedObjects = {
    async put(tenant, owner, texts, { as, of } = { as: db.part`sealed`, of: db.part`changed` }) {
      const present = Object.entries(texts).filter(
        (entry): entry is [string, string] => entry[1] !== undefined,
      );
      const key = present.length === 0 ? undefined : await keyring.current(tenant);
      const rows = present.map(([purpose, text]) => {
        if (key === undefined) throw new Error('A key is read whenever there is a text.');
        const { keyId, nonce, ciphertext, tag } = seal(key, Buffer.from(text), place(tenant, owner, purpose));
        return { purpose, keyId, nonce: hex(nonce), ciphertext: hex(ciphertext), tag: hex(tag) };
      });
      return db.part`
        ${as} AS (
          INSERT INTO encrypted_object
            (tenant, owner_kind, owner_id, purpose, key_id, nonce, ciphertext, tag, written)
          SELECT ${tenant}, ${owner.kind}, ${owner.id}::uuid, object.purpose, object."keyId",
            decode(object.nonce, 'hex'), decode(object.ciphertext, 'hex'), decode(object.tag, 'hex'), ${clock.now()}
          FROM ${of}, jsonb_to_recordset(${db.json(rows)})
            AS object (purpose text, "keyId" uuid, nonce text, ciphertext text, tag text)
          ON CONFLICT (tenant, owner_kind, owner_id, purpose) DO UPDATE
          SET key_id = excluded.key_id, nonce = excluded.nonce, ciphertext = excluded.ciphertext,
            tag = excluded.tag, written = excluded.written
        )`;
    },

    async open(tenant, owner, purpose, column) {
      if (column === null) return undefined;
      const sealed = unpack(column);
      const key = await keyring.get(tenant, sealed.keyId);
      return open(key, sealed, place(tenant, owner, purpose)).toString('utf8');
    },

    async read(tenant, owner, purpose) {
      const [row] = await db<{ sealed: SealedColumn }>`
        SELECT sealed(object) FROM encrypted_object object
        WHERE tenant = ${tenant} AND owner_kind = ${owner.kind} AND owner_id = ${owner.id} AND purpose = ${purpose}`;
      return row && (await objects.open(tenant, owner, purpose, row.sealed));
    },
  };
  return objects;
}

/** The associated data. JSON, so that no two places spell the same. */
const place = (tenant: TenantId, owner: Owner, purpose: string) =>
  JSON.stringify([tenant, owner.kind, owner.id.toLowerCase(), purpose]);

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const keyIdLength = 16;

function unpack(column: Uint8Array) {
  const nonceEnd = keyIdLength + nonceLength;
  const tagEnd = nonceEnd + tagLength;
  const id = hex(column.subarray(0, keyIdLength));
  return {
    keyId: id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    nonce: column.subarray(keyIdLength, nonceEnd),
    tag: column.subarray(nonceEnd, tagEnd),
    ciphertext: column.subarray(tagEnd),
  };
}
