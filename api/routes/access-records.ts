// GET …/access-records: what was read under a consent, when, by whom it was asked for and how it ended.
import { z } from '@hono/zod-openapi';
import type { AccessRecord } from '../../store/access-records.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps } from '../deps.ts';
import { addList } from '../list.ts';
import type { Api } from '../operation.ts';
import { PageQuery } from '../schemas/lists.ts';
import { dateTime, id } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { consentOf } from './consents.ts';

const AccessRecordItem = z
  .object({
    Id: z.string().openapi({ format: 'uuid' }),
    Created: dateTime,
    Operation: z.string().openapi({ description: 'As published: `GET /accounts/{AccountId}`.' }),
    Status: z.int().openapi({ description: 'What was answered.' }),
    Outcome: z.string().openapi({ description: '`answered`, or the code of the problem.' }),
    Attended: z.boolean().openapi({ description: 'Whether the customer was there.' }),
    XFapiInteractionId: z.string().optional(),
  })
  .openapi('AccessRecord');

export function addAccessRecordRoutes(api: Api, { records }: Pick<ApiDeps, 'records'>): void {
  for (const { family, type, path, idName, tag } of Object.values(consentFamilies)) {
    addList(api, {
      path: `${path}/{${idName}}/access-records`,
      name: `${type}AccessRecord`,
      params: z.object({ [idName]: id }),
      ...{ tag, query: PageQuery, item: AccessRecordItem },
      load: async (request, params) => {
        const consent = await consentOf(records, family, params[idName]);
        return records.accessRecords.listPage(tenantOf(), { consentId: consent.id, ...request });
      },
      members,
    });
  }
}

const members = (record: AccessRecord) => ({
  Id: record.id,
  Created: record.created.toISOString(),
  Operation: record.operation,
  Status: record.status,
  Outcome: record.outcome,
  Attended: record.attended,
  XFapiInteractionId: record.interactionId,
});
