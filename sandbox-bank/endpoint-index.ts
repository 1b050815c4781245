// Finds the endpoints of a path among those of all banks, the longest address first.
import type { Endpoint } from './endpoints.ts';

export interface Found {
  endpoint: Endpoint;
  /** What the bank's part calls the path. */
  path: string;
}

export class EndpointIndex {
  readonly #byPath: ReadonlyMap<string, Endpoint[]>;

  constructor(endpoints: readonly Endpoint[]) {
    this.#byPath = Map.groupBy(endpoints, ({ path }) => path);
  }

  /** More than one where banks share an address: whose it is must be told by the token. */
  find(path: string): Found[] {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const rest = path.slice(end);
      const found = (this.#byPath.get(path.slice(0, end)) ?? [])
        .filter(({ open }) => open || rest === '')
        .flatMap((endpoint) => {
          const known = endpoint.known(rest);
          return known === undefined ? [] : [{ endpoint, path: known }];
        });
      if (found.length > 0) return found;
    }
    return [];
  }
}
