// Headers by which callers tell of the customer for whom they ask, and of the call. Banks get them as they came.

import { z } from 'zod';
import type { CallerFacts } from '../../bank-client/caller-facts.ts';
import { interactionIdHeader } from '../../standards/uk-open-banking/interaction-id.ts';
import { customerIp, customerIpHeader } from './shared.ts';

const authDateHeader = 'x-fapi-auth-date';
const userAgentHeader = 'x-customer-user-agent';

/** As the published documents have it. */
const httpDate =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} (GMT|UTC)$/;

export const callerHeaders = {
  ...customerIp,
  [authDateHeader]: z
    .string()
    .regex(httpDate, 'must be a date as HTTP writes it: Tue, 11 Sep 2012 19:43:31 UTC')
    .optional(),
  [userAgentHeader]: z.string().max(1_000).optional(),
  [interactionIdHeader]: z.guid().optional(),
};

export type CallerHeaders = { [Name in keyof typeof callerHeaders]?: string | undefined };

export function callerFacts(headers: CallerHeaders): CallerFacts {
  return {
    customerIpAddress: headers[customerIpHeader],
    authDate: headers[authDateHeader],
    customerUserAgent: headers[userAgentHeader],
    interactionId: headers[interactionIdHeader],
  };
}
