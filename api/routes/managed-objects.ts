// Reading, listing and deleting: the same for every object that a person sets up.
import { z } from 'zod';
import type { Entity, Stored } from '../../store/entity.ts';
import type { ApiDeps } from '../deps.ts';
import { type Api, addOperation } from '../operation.ts';
import { Problem } from '../problem.ts';
import type { ManagementRecords } from '../records.ts';
import { BaseResponse, id, warningMembers, withoutNulls } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { addManagedList } from './managed-lists.ts';

export interface ManagedObject<Values extends Entity> {
  /** `/manage/obwac-certificates` */
  path: `/${string}`;
  /** The name of its id in paths. */
  idName: string;
  /** Its name in operation ids: `ObWacCertificate`. */
  name: string;
  tag?: string;
  records: Pick<ManagementRecords<Values>, 'find' | 'softDelete' | 'listPage'>;
  response: z.ZodType;
  members(object: Stored<Values>): Record<string, unknown>;
  /** What is worth a warning today. */
  warnings?(object: Stored<Values>): Promise<string[]>;
  /** Lists all there are unless pages are asked for. */
  listsAll?: boolean;
}

export function addReadAndDelete<Values extends Entity>(api: Api, object: ManagedObject<Values>): void {
  const { idName, name, records, tag = 'Management' } = object;
  const path: `/${string}` = `${object.path}/{${idName}}`;
  const params = z.object({ [idName]: id });
  const idOf = (found: Record<string, string>) => found[idName] ?? '';
  addManagedList(api, object);

  addOperation(
    api,
    {
      method: 'get',
      path,
      id: `Get${name}`,
      summary: `Read ${name}`,
      tag,
      params,
      status: 200,
      response: object.response,
    },
    async ({ params: found }, c) => {
      const stored = await records.find(tenantOf(), idOf(found));
      if (stored === undefined) throw new Problem('not-found');
      const warnings = (await object.warnings?.(stored)) ?? [];
      return c.json(withoutNulls({ ...object.members(stored), ...warningMembers(warnings) }));
    },
  );

  addOperation(
    api,
    {
      method: 'delete',
      path,
      id: `Delete${name}`,
      summary: `Delete ${name}`,
      tag,
      params,
      status: 200,
      response: BaseResponse,
    },
    async ({ params: found }, c) => {
      refuseUnlessDeleted(await records.softDelete(tenantOf(), idOf(found)));
      return c.json({});
    },
  );
}

/** @throws {Problem} `not-found` or `in-use` */
export function refuseUnlessDeleted(outcome: 'deleted' | 'not-found' | 'in-use'): void {
  if (outcome === 'not-found') throw new Problem('not-found');
  if (outcome === 'in-use') throw new Problem('in-use');
}

export type ManagementDeps = Pick<ApiDeps, 'records' | 'readSecret' | 'askDirectory' | 'clock' | 'log'>;
