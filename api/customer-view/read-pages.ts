// All entries of a read's list, page by page, up to a number of pages.
import type { TenantId } from '../../workflows/contracts/ids.ts';
import type { ReadUnderConsent } from '../bank-reads/bank-reads.ts';
import { type Page, pageOf, startWalk } from '../bank-reads/page-walk.ts';
import type { ApiDeps } from '../deps.ts';

type Deps = Pick<ApiDeps, 'bankReads' | 'clock' | 'log'>;

export interface PagesRead {
  entries: Record<string, unknown>[];
  warnings: string[];
  /** Whether the bank has more than was read. */
  isCut: boolean;
}

/** Only their queries count: nobody is shown the bank's links. */
const ownUrl = '';
const longestMs = 60_000;

export async function readPages(
  { bankReads, clock, log }: Deps,
  tenant: TenantId,
  read: ReadUnderConsent,
  mostPages: number,
): Promise<PagesRead> {
  const first = pageOf(await bankReads.readUnderConsent(tenant, read), ownUrl);
  const walk = startWalk({
    ...{ first, query: read.query, ownUrl, clock, log },
    readPage: (query) => bankReads.readUnderConsent(tenant, { ...read, query, isFurtherPage: true }),
    bounds: { pages: mostPages, durationMs: longestMs },
  });
  const entries: Record<string, unknown>[] = [];
  let page: Page | undefined = first;
  while (page !== undefined) {
    const list: unknown = page.listName === undefined ? [] : page.data[page.listName];
    if (Array.isArray(list)) entries.push(...list.filter(isObject));
    page = await walk.after(page);
  }
  const { next, warnings } = walk.end();
  return { entries, warnings, isCut: next !== undefined };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
