// Pages of a list: one private query parameter, and links that a client follows as they are (Read/Write profile, "Links").
import { badRequest } from './errors.ts';
import type { Call } from './operation.ts';

export interface Page<Item> {
  items: Item[];
  links: { Self: string; First: string; Prev?: string; Next?: string; Last: string };
  totalPages: number;
}

/** The page the query asks for; filters stay in the links. An empty list is one empty page. */
export function pageOf<Item>(call: Call, items: readonly Item[]): Page<Item> {
  const size = Math.max(1, call.deps.knobs.pageSize);
  const totalPages = Math.max(1, Math.ceil(items.length / size));
  const asked = call.query.get('page') ?? '1';
  const page = /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : 0;
  if (page < 1 || page > totalPages) throw badRequest('U002', 'there is no such page', 'page');
  const link = (number: number) => {
    const url = new URL(call.selfUrl);
    url.searchParams.set('page', String(number));
    return url.href;
  };
  return {
    items: items.slice((page - 1) * size, page * size),
    links: {
      Self: call.selfUrl,
      First: link(1),
      ...(page > 1 ? { Prev: link(page - 1) } : {}),
      ...(page < totalPages ? { Next: link(page + 1) } : {}),
      Last: link(totalPages),
    },
    totalPages,
  };
}
