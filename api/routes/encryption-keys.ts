// /manage/encryption-key-descriptions
import { z } from 'zod';
import type { EncryptionKeyDescription } from '../../store/encryption-key-descriptions.ts';
import type { Stored } from '../../store/entity.ts';
import { readSecretOr } from '../certificate-checks.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import * as schemas from '../schemas/certificates.ts';
import {
  entityMembers,
  entityValues,
  idempotencyHeader,
  idempotencyKey,
  withoutNulls,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { addReadAndDelete, type ManagementDeps } from './managed-objects.ts';
import { secretDescription, secretMembers } from './secret-descriptions.ts';

const path = '/manage/encryption-key-descriptions';
const keyBytes = 32;

const members = (stored: Stored<EncryptionKeyDescription>) => ({
  ...entityMembers(stored),
  Key: secretMembers(stored.key),
});

export function addEncryptionKeyRoutes(api: Api, { records, readSecret }: ManagementDeps): void {
  addOperation(
    api,
    {
      method: 'post',
      path,
      id: 'CreateEncryptionKeyDescription',
      summary: 'Add an encryption key',
      tag: 'Management',
      headers: z.object(idempotencyKey),
      body: schemas.EncryptionKeyDescription,
      status: 201,
      response: schemas.EncryptionKeyDescriptionResponse,
    },
    async ({ body, headers, text }, c) => {
      const key = secretDescription(body.Key);
      refuseUnlessKey(await readSecretOr(key, readSecret, 'Key'));
      const request = { operation: 'CreateEncryptionKeyDescription', key: headers[idempotencyHeader], text };
      const id = await idOfCreated(records.idempotency, tenantOf(), request);
      const values = { id, key, ...entityValues(body) };
      const stored = await records.encryptionKeyDescriptions.insert(tenantOf(), values);
      if (body.SetAsCurrentEncryptionKey) await records.encryptionKeyDescriptions.setCurrent(tenantOf(), id);
      return c.json(withoutNulls(members(stored)), 201, { location: `${path}/${stored.id}` });
    },
  );
  addReadAndDelete(api, {
    path,
    idName: 'encryptionKeyDescriptionId',
    name: 'EncryptionKeyDescription',
    records: records.encryptionKeyDescriptions,
    response: schemas.EncryptionKeyDescriptionResponse,
    members,
  });
}

function refuseUnlessKey(text: string): void {
  const isBase64 = z.base64().safeParse(text.trim()).success;
  if (isBase64 && Buffer.from(text, 'base64').length === keyBytes) return;
  throw new Problem('validation-failed', { errors: { Key: ['must name the base64 text of a 256-bit key'] } });
}
