// /manage/obwac-certificates and /manage/obseal-certificates
import { z } from 'zod';
import type { ObSealCertificate, ObWacCertificate } from '../../store/certificates.ts';
import type { Stored } from '../../store/entity.ts';
import { checkNewCertificate, dateWarnings } from '../certificate-checks.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { type Api, addOperation } from '../operation.ts';
import * as schemas from '../schemas/certificates.ts';
import {
  entityMembers,
  entityValues,
  idempotencyHeader,
  idempotencyKey,
  warningMembers,
  withoutNulls,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { addReadAndDelete, type ManagementDeps } from './managed-objects.ts';
import { secretDescription, secretMembers } from './secret-descriptions.ts';

const obWacMembers = (stored: Stored<ObWacCertificate>) => ({
  ...entityMembers(stored),
  AssociatedKey: secretMembers(stored.associatedKey),
  Certificate: stored.certificate,
});

const obSealMembers = (stored: Stored<ObSealCertificate>) => ({
  ...obWacMembers(stored),
  AssociatedKeyId: stored.associatedKeyId,
});

export function addCertificateRoutes(api: Api, { records, readSecret, clock }: ManagementDeps): void {
  const create = {
    method: 'post',
    tag: 'Management',
    status: 201,
    headers: z.object(idempotencyKey),
  } as const;
  const warnings = async ({ certificate }: ObWacCertificate) => dateWarnings(certificate, clock.nowMs());

  const obWacPath = '/manage/obwac-certificates';
  addOperation(
    api,
    {
      ...create,
      path: obWacPath,
      id: 'CreateObWacCertificate',
      summary: 'Add a transport certificate',
      body: schemas.ObWacCertificate,
      response: schemas.ObWacCertificateResponse,
    },
    async ({ body, headers, text }, c) => {
      const values = { associatedKey: secretDescription(body.AssociatedKey), certificate: body.Certificate };
      const warnings = await checkNewCertificate('obwac', values, readSecret, clock.nowMs());
      const request = { operation: 'CreateObWacCertificate', key: headers[idempotencyHeader], text };
      const id = await idOfCreated(records.idempotency, tenantOf(), request);
      const stored = await records.obWacCertificates.insert(tenantOf(), {
        id,
        ...values,
        ...entityValues(body),
      });
      return c.json(withoutNulls({ ...obWacMembers(stored), ...warningMembers(warnings) }), 201, {
        location: `${obWacPath}/${stored.id}`,
      });
    },
  );
  addReadAndDelete(api, {
    path: obWacPath,
    idName: 'obWacCertificateId',
    name: 'ObWacCertificate',
    records: records.obWacCertificates,
    response: schemas.ObWacCertificateResponse,
    members: obWacMembers,
    warnings,
  });

  const obSealPath = '/manage/obseal-certificates';
  addOperation(
    api,
    {
      ...create,
      path: obSealPath,
      id: 'CreateObSealCertificate',
      summary: 'Add a signing certificate',
      body: schemas.ObSealCertificate,
      response: schemas.ObSealCertificateResponse,
    },
    async ({ body, headers, text }, c) => {
      const values = {
        associatedKeyId: body.AssociatedKeyId,
        associatedKey: secretDescription(body.AssociatedKey),
        certificate: body.Certificate,
      };
      const warnings = await checkNewCertificate('obseal', values, readSecret, clock.nowMs());
      const request = { operation: 'CreateObSealCertificate', key: headers[idempotencyHeader], text };
      const id = await idOfCreated(records.idempotency, tenantOf(), request);
      const stored = await records.obSealCertificates.insert(tenantOf(), {
        id,
        ...values,
        ...entityValues(body),
      });
      return c.json(withoutNulls({ ...obSealMembers(stored), ...warningMembers(warnings) }), 201, {
        location: `${obSealPath}/${stored.id}`,
      });
    },
  );
  addReadAndDelete(api, {
    path: obSealPath,
    idName: 'obSealCertificateId',
    name: 'ObSealCertificate',
    records: records.obSealCertificates,
    response: schemas.ObSealCertificateResponse,
    members: obSealMembers,
    warnings,
  });
}
