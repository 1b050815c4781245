// /manage/software-statements
import { z } from 'zod';
import type { Stored } from '../../store/entity.ts';
import type { SoftwareStatement } from '../../store/software-statements.ts';
import { idOfCreated } from '../idempotency-key.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import {
  entityMembers,
  entityValues,
  id,
  idempotencyHeader,
  idempotencyKey,
  warningMembers,
  withoutNulls,
} from '../schemas/shared.ts';
import * as schemas from '../schemas/software-statements.ts';
import {
  certificateWarnings,
  checkSoftwareStatement,
  type NamedCertificates,
} from '../software-statement-checks.ts';
import { tenantOf } from '../tenant.ts';
import { addReadAndDelete, type ManagementDeps } from './managed-objects.ts';

const path = '/manage/software-statements';
const tag = 'Management';
const idName = 'softwareStatementId';

const members = (stored: Stored<SoftwareStatement>) => ({
  ...entityMembers(stored),
  OrganisationId: stored.organisationId,
  SoftwareId: stored.softwareId,
  SandboxEnvironment: stored.sandboxEnvironment,
  DefaultObWacCertificateId: stored.defaultObWacCertificateId,
  DefaultObSealCertificateId: stored.defaultObSealCertificateId,
  DefaultQueryRedirectUrl: stored.defaultQueryRedirectUrl,
  DefaultFragmentRedirectUrl: stored.defaultFragmentRedirectUrl,
});

export function addSoftwareStatementRoutes(api: Api, deps: ManagementDeps): void {
  const { records, log } = deps;
  const statements = records.softwareStatements;

  async function warningsAbout(
    statement: Parameters<typeof checkSoftwareStatement>[1],
    named: NamedCertificates,
    statementId?: string,
  ) {
    const warnings = await checkSoftwareStatement(tenantOf(), statement, deps, named);
    for (const warning of warnings)
      log.warn({ softwareStatementId: statementId, warning }, 'software statement');
    return warningMembers(warnings);
  }
  const today = (statement: SoftwareStatement) => certificateWarnings(tenantOf(), statement, deps);

  addOperation(
    api,
    {
      method: 'post',
      path,
      id: 'CreateSoftwareStatement',
      summary: 'Add a software statement',
      tag,
      headers: z.object(idempotencyKey),
      body: schemas.SoftwareStatement,
      status: 201,
      response: schemas.SoftwareStatementResponse,
    },
    async ({ body, headers, text }, c) => {
      const values = {
        organisationId: body.OrganisationId,
        softwareId: body.SoftwareId,
        sandboxEnvironment: body.SandboxEnvironment,
        defaultObWacCertificateId: body.DefaultObWacCertificateId,
        defaultObSealCertificateId: body.DefaultObSealCertificateId,
        defaultQueryRedirectUrl: body.DefaultQueryRedirectUrl,
        defaultFragmentRedirectUrl: body.DefaultFragmentRedirectUrl,
        ...entityValues(body),
      };
      const warnings = await warningsAbout(values, values);
      const request = { operation: 'CreateSoftwareStatement', key: headers[idempotencyHeader], text };
      const statementId = await idOfCreated(records.idempotency, tenantOf(), request);
      const stored = await statements.insert(tenantOf(), { id: statementId, ...values });
      return c.json(withoutNulls({ ...members(stored), ...warnings }), 201, {
        location: `${path}/${stored.id}`,
      });
    },
  );

  addOperation(
    api,
    {
      method: 'put',
      path: `${path}/{${idName}}`,
      id: 'UpdateSoftwareStatement',
      summary: 'Change the defaults of a software statement',
      tag,
      params: z.object({ [idName]: id }),
      body: schemas.SoftwareStatementUpdate,
      status: 200,
      response: schemas.SoftwareStatementResponse,
    },
    async ({ params, body }, c) => {
      const statementId = params[idName];
      const stored = statementId === undefined ? undefined : await statements.find(tenantOf(), statementId);
      if (stored === undefined) throw new Problem('not-found');
      const changes = {
        defaultObWacCertificateId: body.DefaultObWacCertificateId ?? stored.defaultObWacCertificateId,
        defaultObSealCertificateId: body.DefaultObSealCertificateId ?? stored.defaultObSealCertificateId,
        defaultQueryRedirectUrl: body.DefaultQueryRedirectUrl ?? stored.defaultQueryRedirectUrl,
        defaultFragmentRedirectUrl: body.DefaultFragmentRedirectUrl ?? stored.defaultFragmentRedirectUrl,
      };
      // A certificate that it has already may have ended: the other one can still be renewed.
      const named = {
        defaultObWacCertificateId: body.DefaultObWacCertificateId,
        defaultObSealCertificateId: body.DefaultObSealCertificateId,
      };
      const warnings = await warningsAbout({ ...stored, ...changes }, named, stored.id);
      const updated = await statements.update(tenantOf(), stored.id, changes);
      if (updated === undefined) throw new Problem('not-found');
      return c.json(withoutNulls({ ...members(updated), ...warnings }));
    },
  );

  addReadAndDelete(api, {
    path,
    idName,
    name: 'SoftwareStatement',
    records: statements,
    response: schemas.SoftwareStatementResponse,
    members,
    warnings: today,
    // As the reference does.
    listsAll: true,
  });
}
