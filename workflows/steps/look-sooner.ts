// One look that lasts until there is something to see, begun anew whenever news comes: what waits for its next attempt is
// dropped, and a first attempt is made at once.
import { CancellationScope, condition } from '@temporalio/workflow';

export interface News {
  isThere: boolean;
}

/** Without news it costs a history nothing. */
export async function lookSooner<Seen>(news: News, look: () => Promise<Seen>): Promise<Seen> {
  for (;;) {
    // A look that begins now sees what was told before.
    news.isThere = false;
    const scope = new CancellationScope();
    const seen = await Promise.race([
      scope.run(async () => ({ what: await look() })),
      condition(() => news.isThere).then(() => undefined),
    ]);
    if (seen !== undefined) return seen.what;
    scope.cancel();
  }
}
