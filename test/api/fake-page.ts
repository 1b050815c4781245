// Pages of records in memory, in the order and with the filters of store/page.ts and the lists that use it.
import type { Page, PageRequest } from '../../store/page.ts';

interface FilteredBy {
  reference?: string | null;
  registration?: { bankProfile: string; softwareStatementId: string } | undefined;
}

interface Listed extends FilteredBy {
  id: string;
  created: Date;
}

type Filters = PageRequest & {
  reference?: string | undefined;
  bankProfile?: string | undefined;
  softwareStatementId?: string | undefined;
};

const placeOf = ({ created, id }: Listed) => ({ created: created.toISOString().replace('Z', '000Z'), id });
const orderOf = ({ created, id }: { created: string; id: string }) => `${created} ${id}`;

export function fakePage<Item extends Listed>(
  all: Iterable<Item>,
  { limit = Number.POSITIVE_INFINITY, after, reference, bankProfile, softwareStatementId }: Filters,
  facts: (item: Item) => FilteredBy = (item) => item,
): Page<Item> {
  const fitting = [...all]
    .filter((item) => {
      const { reference: own, registration } = facts(item);
      return (
        (reference === undefined || own === reference) &&
        (bankProfile === undefined || registration?.bankProfile === bankProfile) &&
        (softwareStatementId === undefined || registration?.softwareStatementId === softwareStatementId) &&
        (after === undefined || orderOf(placeOf(item)) > orderOf(after))
      );
    })
    .sort((one, other) => (orderOf(placeOf(one)) < orderOf(placeOf(other)) ? -1 : 1));
  const items = fitting.slice(0, limit);
  const last = items.at(-1);
  return last === undefined || items.length === fitting.length ? { items } : { items, next: placeOf(last) };
}
