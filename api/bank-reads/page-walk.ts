// From page to page of a read, as the bank's links lead, for as long as is reasonable.
import type { Clock } from '../../clock.ts';
import type { Logger } from '../../log.ts';
import { type ExternalApiMembers, externalApiMembers } from '../external-api-response.ts';
import { toProblem } from '../problem.ts';
import type { BankAnswer } from './bank-reads.ts';

type Members = Record<string, unknown>;

export interface PagesToFollow {
  first: Page;
  /** With which the first page was read. */
  query: string;
  /** The address here that stands for the bank's, without a query. */
  ownUrl: string;
  readPage(query: string): Promise<BankAnswer>;
  clock: Pick<Clock, 'nowMs'>;
  log: Pick<Logger, 'warn'>;
  bounds?: { pages: number; durationMs: number };
}

/** A bank that has always another page must not be followed for ever. */
const usualBounds = { pages: 10_000, durationMs: 10 * 60 * 1000 };

/** A warning is told once, and a bank that is wrong on every page is believed after a few. */
const mostWarnings = 20;

export interface Page {
  data: Members;
  /** The member of `data` that holds the list; undefined: none does. */
  listName: string | undefined;
  /** As it is answered when it is the only one. */
  members: ExternalApiMembers;
  meta: unknown;
  /** Queries of the page itself and of the next one, where the bank links to them. */
  self: string | undefined;
  next: string | undefined;
  warnings: string[];
}

/** From page to page, until there is no next one or no further one may be read. */
export function startWalk({
  first,
  query,
  ownUrl,
  readPage,
  clock,
  log,
  bounds = usualBounds,
}: PagesToFollow) {
  const deadlineMs = clock.nowMs() + bounds.durationMs;
  const seen = new Set([query, first.self]);
  const warnings = new Set(first.warnings);
  let pages = 1;
  let stoppedBefore: string | undefined;

  function warn(text: string): undefined {
    if (warnings.size < mostWarnings) warnings.add(text);
  }

  return {
    async after({ next }: Page): Promise<Page | undefined> {
      if (next === undefined) return undefined;
      if (seen.has(next)) return warn("The bank's last page leads back to one that was read before.");
      if (pages >= bounds.pages || clock.nowMs() > deadlineMs) {
        stoppedBefore = next;
        return warn(`There are more than ${pages} pages: follow Next for the others.`);
      }
      seen.add(next);
      pages += 1;
      try {
        const page = pageOf(await readPage(next), ownUrl);
        seen.add(page.self);
        for (const text of page.warnings) warn(text);
        return page;
      } catch (error) {
        const { code } = toProblem(error);
        log.warn({ problem: code, page: pages }, 'a further page could not be read');
        stoppedBefore = next;
        return warn(`Page ${pages} could not be read (${code}): follow Next to go on from there.`);
      }
    },
    end: () => ({ next: stoppedBefore, warnings: [...warnings] }),
  };
}

export function pageOf(answer: BankAnswer, ownUrl: string): Page {
  const members = externalApiMembers(answer, { ownUrl, allowQuery: true });
  const { ExternalApiResponse: body, Warnings: warnings = [] } = members;
  const { Data: given, Links: links, Meta: meta } = isObject(body) ? body : {};
  const { Self: self, Next: next } = isObject(links) ? links : {};
  const data = isObject(given) ? given : {};
  const queryOf = (link: unknown) => (typeof link === 'string' ? link.slice(ownUrl.length + 1) : undefined);
  return {
    ...{ data, members, meta },
    listName: Object.keys(data).find((name) => Array.isArray(data[name])),
    self: queryOf(self),
    next: queryOf(next),
    warnings,
  };
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
