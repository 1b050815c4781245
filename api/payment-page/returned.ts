// /pay/{token}/returned: where a customer who has been to the bank goes on from, to the service that is to be paid.
import type { Hono } from 'hono';
import { backToService } from '../back-to-service.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { handedOverPage, returnPage } from '../public/page.ts';
import { wasHandedOver } from './handed-over.ts';
import { journeyBehind, pathOf } from './link.ts';

export const returnedPath = (token: string) => `${pathOf(token)}/returned`;

export function addReturnedPage(
  app: Hono<ApiEnv>,
  deps: Pick<ApiDeps, 'records' | 'clock' | 'publicUrl'>,
): void {
  app.get('/pay/:token/returned', async (c) => {
    const token = c.req.param('token');
    const address = await backToService(deps, await journeyBehind(deps, token));
    return c.html(wasHandedOver(c, token) ? handedOverPage(address) : returnPage(address));
  });
}
