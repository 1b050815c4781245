// Lists of the objects that a person sets up.
import type { Entity } from '../../store/entity.ts';
import { addList } from '../list.ts';
import type { Api } from '../operation.ts';
import { defaultLimit, ManagedListQuery, UnlimitedListQuery } from '../schemas/lists.ts';
import { warningMembers } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import type { ManagedObject } from './managed-objects.ts';

export function addManagedList<Values extends Entity>(api: Api, object: ManagedObject<Values>): void {
  addList(api, {
    path: object.path,
    name: object.name,
    tag: object.tag ?? 'Management',
    query: object.listsAll === true ? UnlimitedListQuery : ManagedListQuery,
    item: object.response,
    load: ({ limit, after, reference }) =>
      object.records.listPage(tenantOf(), {
        // Who goes on from somewhere reads in pages.
        limit: limit ?? (after === undefined ? undefined : defaultLimit),
        after,
        reference,
      }),
    members: async (stored) => ({
      ...object.members(stored),
      ...warningMembers((await object.warnings?.(stored)) ?? []),
    }),
  });
}
