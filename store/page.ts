// Lists in pages, oldest first. Each page begins after the place where the one before it ended, so that nothing that is
// added or deleted meanwhile moves the rest (keyset paging).
import type { Db, Part } from './sql.ts';

/** Where an object stands among all of its kind. */
export interface Place {
  /** ISO 8601 in UTC with six decimals: as exact as Postgres has it, which a `Date` is not. */
  created: string;
  id: string;
}

export interface PageRequest {
  /** Absent: all there are. */
  limit?: number | undefined;
  after?: Place | undefined;
}

export interface Page<Item> {
  items: Item[];
  /** The place of the last item, when more follow it. */
  next?: Place;
}

/** What a statement about a table named `object` has to have: among its columns, among its conditions, at its end. */
interface PageParts {
  place: Part;
  after: Part;
  end: Part;
}

type Placed<Item> = Item & { id: string; place: string };

/** @param read one statement, with the parts in their places */
export async function readPage<Item extends { id: string }>(
  db: Db,
  { limit, after }: PageRequest,
  read: (parts: PageParts) => Promise<Placed<Item>[]>,
): Promise<Page<Item>> {
  const rows = await read({
    place: db.part`to_char(object.created AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place`,
    // As text: the driver makes milliseconds of what is a timestamp to it.
    after:
      after === undefined
        ? db.part``
        : db.part`AND (object.created, object.id) > (${after.created}::text::timestamptz, ${after.id}::uuid)`,
    // One more than asked for tells whether there are more.
    end: db.part`ORDER BY object.created, object.id LIMIT ${limit === undefined ? null : limit + 1}`,
  });
  const shown = limit === undefined ? rows : rows.slice(0, limit);
  const items = shown.map(({ place: _, ...item }) => item as unknown as Item); // a row less what was added to it
  const last = shown.at(-1);
  if (last === undefined || shown.length === rows.length) return { items };
  return { items, next: { created: last.place, id: last.id } };
}

/** A condition, for a filter that was given. */
export const when = <Given>(db: Db, given: Given | undefined, condition: (given: Given) => Part): Part =>
  given === undefined ? db.part`` : condition(given);
