// All pages of a read as one answer, written while they arrive: no more than two of them are held at a time, and the
// next one is asked for when the caller has taken the one before.
import { type Page, type PagesToFollow, startWalk } from './page-walk.ts';
import { followPagesParameter } from './read-request.ts';

/** JSON of the same shape as one page. Where it had to end early, `Links.Next` leads on and `Warnings` says why. */
export async function allPages(pages: PagesToFollow): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  const text = textOf(pages);
  // Nothing is written before the first piece is there, so that a failure until then is answered as one.
  let piece = await text.next();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (piece.done === true) return controller.close();
      controller.enqueue(encoder.encode(piece.value));
      piece = await text.next();
    },
    async cancel() {
      await text.return();
    },
  });
}

async function* textOf(pages: PagesToFollow): AsyncGenerator<string, void> {
  const { first, ownUrl } = pages;
  const walk = startWalk(pages);
  let page: Page | undefined = first;
  // A list without entries may be left out; what it is called is seen on the first page that has one.
  while (page.listName === undefined && page.next !== undefined) {
    const further = await walk.after(page);
    if (further === undefined) break;
    page = further;
  }
  const { listName, data, meta } = page;
  if (listName === undefined) {
    yield JSON.stringify(first.members);
    return;
  }
  const rest = Object.entries(data).filter(([name]) => name !== listName);
  yield `{"ExternalApiResponse":{"Data":{${rest.map(member).join('')}${JSON.stringify(listName)}:[`;
  const isNew = withoutRepetitions(listName);
  let separator = '';
  while (page !== undefined) {
    const entries = isNew(page.data[listName]);
    if (entries.length > 0) {
      yield separator + entries.map((entry) => JSON.stringify(entry)).join(',');
      separator = ',';
    }
    page = await walk.after(page);
  }
  const { next, warnings } = walk.end();
  const own = (query: string) => `${ownUrl}?${query === '' ? '' : `${query}&`}${followPagesParameter}=true`;
  const links = { Self: own(pages.query), ...(next === undefined ? {} : { Next: own(next) }) };
  const total = next === undefined ? 1 : undefined; // how many there are is not known before all of them are read
  const metaOfAll = { ...Object(meta), TotalPages: total };
  const info = first.members.ExternalApiResponseInfo;
  yield `]},"Links":${JSON.stringify(links)},"Meta":${JSON.stringify(metaOfAll)}},"ExternalApiResponseInfo":${JSON.stringify(info)}`;
  yield warnings.length === 0 ? '}' : `,"Warnings":${JSON.stringify(warnings)}}`;
}

const member = ([name, value]: [string, unknown]) => `${JSON.stringify(name)}:${JSON.stringify(value)},`;

/**
 * What arrives at a bank while its pages are read pushes entries from one page onto the next. An entry is known again by
 * its account and id; one without an id cannot be told from another that looks the same, and stays.
 */
function withoutRepetitions(listName: string) {
  let before = new Set<string>();
  return function isNew(list: unknown): unknown[] {
    const now = new Set<string>();
    const entries = (Array.isArray(list) ? list : []).filter((entry) => {
      const id: unknown = entry?.[`${listName}Id`];
      if (typeof id !== 'string') return true;
      const key = JSON.stringify([entry.AccountId, id]);
      if (now.has(key)) return false;
      now.add(key);
      return !before.has(key);
    });
    before = now;
    return entries;
  };
}
