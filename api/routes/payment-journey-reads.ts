// How a payment journey stands: read, waited for, or followed as server-sent events.
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { type Api, addOperation, document, routePattern } from '../operation.ts';
import { changedJourney } from '../payment-journey-changes.ts';
import { journeyAnswer, journeyOf } from '../payment-journey-members.ts';
import { standingOf } from '../payment-journey-standing.ts';
import { Problem } from '../problem.ts';
import { queryOf } from '../query.ts';
import { journeyParams, onePath, PaymentJourneyResponse, tag } from '../schemas/payment-journeys.ts';

type Deps = Pick<ApiDeps, 'records' | 'publicUrl'>;

const longestWaitSeconds = 50;
/** A connection on which nothing is said for longer is closed by what stands between. */
const sayNothingForMs = 20_000;

const WaitQuery = z.strictObject({
  waitSeconds: z
    .string()
    .regex(/^\d{1,2}$/, 'must be a whole number')
    .transform(Number)
    .refine((seconds) => seconds <= longestWaitSeconds, `must be at most ${longestWaitSeconds}`)
    .default(0)
    .openapi({ type: 'integer', description: 'How long to wait until it stands otherwise.' }),
  unlessStatus: z
    .string()
    .optional()
    .openapi({ description: 'Otherwise than so; by default than when the request came.' }),
});

export function addPaymentJourneyReads(api: Api, deps: Deps): void {
  const { records } = deps;
  addOperation(
    api,
    {
      ...{ method: 'get', path: onePath, id: 'GetPaymentJourney', tag },
      summary: 'Read how a payment journey stands, or wait until it stands otherwise',
      ...{ params: journeyParams, query: WaitQuery, status: 200, response: PaymentJourneyResponse },
    },
    async ({ params: { paymentJourneyId } }, c) => {
      const { waitSeconds, unlessStatus } = queryOf(c, WaitQuery);
      const journey = await journeyOf(records, paymentJourneyId);
      const told = unlessStatus ?? standingOf(journey).status;
      const next =
        waitSeconds === 0 ? journey : await changedJourney(records, journey, told, waitSeconds * 1000);
      return c.json(await journeyAnswer(deps, next));
    },
  );

  const eventsPath = `${onePath}/events` as const;
  document(api, {
    ...{ method: 'get', path: eventsPath, id: 'FollowPaymentJourney', tag, params: journeyParams },
    summary: 'Follow how a payment journey stands, as server-sent events, until its end',
    ...{ status: 200, response: z.string(), responseType: 'text/event-stream' },
  });
  api.get(routePattern(eventsPath), async (c) => {
    const found = journeyParams.safeParse(c.req.param());
    if (!found.success) throw new Problem('not-found');
    let journey = await journeyOf(records, found.data.paymentJourneyId);
    return streamSSE(c, async (stream) => {
      let told: string | undefined;
      while (!stream.aborted) {
        const { status, isFinal } = standingOf(journey);
        const data = JSON.stringify(await journeyAnswer(deps, journey));
        // Something is said now and then, so that whoever has gone away is noticed.
        if (status === told) await stream.write(':\n\n');
        else await stream.writeSSE({ event: 'status', data });
        if (isFinal) return;
        told = status;
        journey = await changedJourney(records, journey, status, sayNothingForMs);
      }
    });
  });
}
