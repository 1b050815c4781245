// Files of payments (`payment_file`): kept encrypted, part by part as they arrive, until the bank has taken them.
import type { Clock } from '../clock.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { Owner, SealedColumn, SealedObjects } from './sealed-objects.ts';
import type { Db, Part } from './sql.ts';

export interface PaymentFile {
  id: string;
  contentType: string;
  /** Base64. */
  sha256: string;
  parts: number;
  /** When the bank took it; its parts are gone since. */
  taken: Date | null;
}

const ownerOf = (id: string): Owner => ({ kind: 'payment-file', id });
const purposeOf = (number: number) => `part-${number}`;

/** Common table expressions: what was kept for the consents of `changed (tenant, id)` goes; which file it was stays known. */
export const forgettingFile = (db: Db): Part => db.part`
  forgotten_part AS (
    DELETE FROM encrypted_object part USING payment_file file, changed
    WHERE file.tenant = changed.tenant AND file.consent_id = changed.id
      AND part.tenant = file.tenant AND part.owner_kind = 'payment-file' AND part.owner_id = file.id
  )`;

export function createPaymentFiles(db: Db, clock: Clock, sealed: SealedObjects) {
  return {
    /** A file that begins to arrive takes the place of one that never arrived as a whole, and of no other. */
    async begin(
      tenant: TenantId,
      file: { id: string; consentId: string; contentType: string },
    ): Promise<void> {
      await db`
        WITH unfinished AS (
          SELECT id FROM payment_file
          WHERE tenant = ${tenant} AND consent_id = ${file.consentId} AND parts IS NULL
        ), changed AS (
          INSERT INTO payment_file (tenant, id, consent_id, created, content_type)
          VALUES (${tenant}, ${file.id}, ${file.consentId}, ${clock.now()}, ${file.contentType})
          ON CONFLICT (tenant, consent_id) DO UPDATE
          SET id = excluded.id, created = excluded.created, content_type = excluded.content_type
          WHERE payment_file.parts IS NULL
          RETURNING id
        )
        DELETE FROM encrypted_object part USING unfinished, changed
        WHERE part.tenant = ${tenant} AND owner_kind = 'payment-file' AND owner_id = unfinished.id
          AND unfinished.id <> changed.id`;
    },

    /** @returns false when the file has lost its place */
    async addPart(tenant: TenantId, id: string, number: number, bytes: Uint8Array): Promise<boolean> {
      const text = Buffer.from(bytes).toString('base64');
      const rows = await db`
        WITH changed AS (
          SELECT id FROM payment_file WHERE tenant = ${tenant} AND id = ${id} AND parts IS NULL FOR UPDATE
        ), ${await sealed.put(tenant, ownerOf(id), { [purposeOf(number)]: text })}
        SELECT id FROM changed`;
      return rows.length === 1;
    },

    /** @returns false when the file has lost its place */
    async complete(
      tenant: TenantId,
      id: string,
      { sha256, parts }: Pick<PaymentFile, 'sha256' | 'parts'>,
    ): Promise<boolean> {
      const rows = await db`
        UPDATE payment_file SET sha256 = ${sha256}, parts = ${parts}
        WHERE tenant = ${tenant} AND id = ${id} AND (parts IS NULL OR sha256 = ${sha256})
        RETURNING id`;
      return rows.length === 1;
    },

    /** The file of a consent that is there as a whole. */
    async findWhole(tenant: TenantId, consentId: string): Promise<PaymentFile | undefined> {
      const [file] = await db<PaymentFile>`
        SELECT id, content_type, sha256, parts, taken FROM payment_file
        WHERE tenant = ${tenant} AND consent_id = ${consentId} AND parts IS NOT NULL`;
      return file;
    },

    async read(tenant: TenantId, id: string, parts: number): Promise<Buffer> {
      const rows = await db<{ purpose: string; part: SealedColumn }>`
        SELECT purpose, sealed(object) AS part FROM encrypted_object object
        WHERE tenant = ${tenant} AND owner_kind = 'payment-file' AND owner_id = ${id}`;
      const columns = new Map(rows.map(({ purpose, part }) => [purpose, part]));
      const pieces: Buffer[] = [];
      for (let number = 0; number < parts; number++) {
        const purpose = purposeOf(number);
        const text = await sealed.open(tenant, ownerOf(id), purpose, columns.get(purpose) ?? null);
        if (text === undefined) throw new Error('A part of the file is missing.');
        pieces.push(Buffer.from(text, 'base64'));
      }
      return Buffer.concat(pieces);
    },

    /** The bank has it: the consent can be authorised, and the file is nobody's business any more. */
    async recordTaken(tenant: TenantId, id: string): Promise<void> {
      await db`
        WITH file AS (
          UPDATE payment_file SET taken = coalesce(taken, ${clock.now()})
          WHERE tenant = ${tenant} AND id = ${id}
          RETURNING consent_id
        ), forgotten AS (
          DELETE FROM encrypted_object
          WHERE tenant = ${tenant} AND owner_kind = 'payment-file' AND owner_id = ${id}
        )
        UPDATE consent SET status = 'awaiting-authorisation', modified = ${clock.now()} FROM file
        WHERE consent.tenant = ${tenant} AND consent.id = file.consent_id AND status = 'awaiting-upload'`;
    },

    /** The bank refuses it for good, or it is not what was consented to: another one may come. */
    async forget(tenant: TenantId, id: string): Promise<void> {
      await db`
        WITH file AS (
          DELETE FROM payment_file WHERE tenant = ${tenant} AND id = ${id} AND taken IS NULL RETURNING id
        )
        DELETE FROM encrypted_object USING file
        WHERE tenant = ${tenant} AND owner_kind = 'payment-file' AND owner_id = file.id`;
    },
  };
}
