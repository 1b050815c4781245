// Links of bank answers, turned into links to this API, so that following `Next` here fetches the bank's next page.

export interface LinkRewriting {
  /** The bank's address that was called, or that the created object has; without a query. */
  bankUrl: string;
  /** The address here that stands for it. */
  ownUrl: string;
  /** Pages differ in their query; other objects have none. */
  allowQuery: boolean;
}

/**
 * The body with its links rewritten. A link that leads elsewhere at the bank is left out and reported: it is of no use
 * to a caller who cannot reach the bank, and no reason to withhold the answer.
 */
export function withOwnLinks(body: unknown, rewriting: LinkRewriting): { body: unknown; warnings: string[] } {
  const warnings: string[] = [];
  if (!isObject(body) || !isObject(body.Links)) return { body, warnings };
  const links: Record<string, unknown> = {};
  for (const [name, link] of Object.entries(body.Links)) {
    const own = typeof link === 'string' ? ownLink(link, rewriting) : undefined;
    if (own === undefined) warnings.push(`The bank's link ${name} does not belong to what was asked for.`);
    else links[name] = own;
  }
  return { body: { ...body, Links: links }, warnings };
}

function ownLink(link: string, { bankUrl, ownUrl, allowQuery }: LinkRewriting): string | undefined {
  const queryAt = link.indexOf('?');
  const address = queryAt === -1 ? link : link.slice(0, queryAt);
  const query = queryAt === -1 ? '' : link.slice(queryAt);
  if (link === '' || link.includes('#') || (query !== '' && !allowQuery)) return undefined;
  return address === bankUrl || isSame(address, bankUrl) ? ownUrl + query : undefined;
}

/** However it is written: relative to what was called, with the usual port, with the host in capitals. */
function isSame(address: string, bankUrl: string): boolean {
  const url = URL.parse(address, bankUrl);
  return url !== null && url.href === URL.parse(bankUrl)?.href;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function withoutQuery(url: string): string {
  const queryAt = url.indexOf('?');
  return queryAt === -1 ? url : url.slice(0, queryAt);
}
