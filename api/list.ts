// A list in pages, as an operation: the query is checked, one statement is run, each object is told in the words of its
// own GET.
import { z } from 'zod';
import type { Page } from '../store/page.ts';
import { type Api, addOperation } from './operation.ts';
import { cursorOf } from './page-cursor.ts';
import { Problem, problemDocument } from './problem.ts';
import { queryOf } from './query.ts';
import { listOf } from './schemas/lists.ts';
import { withoutNulls } from './schemas/shared.ts';

type Members = Record<string, unknown>;

export interface ListOperation<Query extends z.ZodObject, Item> {
  /** With its parameters in braces. */
  path: `/${string}`;
  params?: z.ZodObject<Record<string, z.ZodType<string>>>;
  /** Of one object, in names of operations and schemas: `BankRegistration`. */
  name: string;
  tag: string;
  query: Query;
  item: z.ZodType;
  load(query: z.output<Query>, params: Record<string, string>): Promise<Page<Item>>;
  members(item: Item): Members | Promise<Members>;
}

export function addList<Query extends z.ZodObject, Item>(api: Api, list: ListOperation<Query, Item>): void {
  const { path, name, tag, query, item, params = z.object({}) } = list;
  addOperation(
    api,
    {
      method: 'get',
      path,
      id: `List${name}s`,
      summary: `List ${name} objects, oldest first`,
      tag,
      query,
      params,
      status: 200,
      response: listOf(item, `${name}sResponse`),
    },
    async ({ params: found }, c) => {
      const { items, next } = await list.load(queryOf(c, query), found);
      const Data = await Promise.all(items.map(async (one) => withoutNulls(await list.members(one))));
      return c.json({ Data, ...(next === undefined ? {} : { Next: cursorOf(next) }) });
    },
  );
}

/** Of an object whose own GET is refused: what is known of it, and the refusal as a member. */
export function membersOrProblem(known: Members, all: () => Members): Members {
  try {
    return all();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { correlationId: _, ...problem } = problemDocument(error, '');
    return { ...known, Problem: problem };
  }
}
