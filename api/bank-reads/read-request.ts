// What a request for data of a bank says: under which consent, about which account, with which query, for whom. This is
// the busy path: nothing is parsed that the answer does not need.
import type { Context } from 'hono';
import { z } from 'zod';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import type { ApiEnv } from '../deps.ts';
import { withoutQuery } from '../links.ts';
import { type CallerHeaders, callerFacts, callerHeaders } from '../schemas/caller-headers.ts';
import { id } from '../schemas/shared.ts';
import { validated } from '../validation.ts';
import type { ReadUnderConsent } from './bank-reads.ts';

export const consentHeader = 'x-obc-account-access-consent-id';
/** Ours: the bank never sees it. */
export const followPagesParameter = 'followPages';

export const readHeaders = z.object({ [consentHeader]: id, ...callerHeaders });

export interface RequestedRead {
  /** The address that was asked for, without its query. */
  ownUrl: string;
  read: ReadUnderConsent;
  followPages: boolean;
}

/** A parameter of the bank's path, and what this API calls it. */
export type PathParameter = readonly [atBank: string, own: string];

/** @throws {Problem} `validation-failed`, naming the header */
export function requestedRead(
  c: Context<ApiEnv>,
  endpoint: Endpoint,
  parameters: readonly PathParameter[],
): RequestedRead {
  const given = c.req.header();
  const facts = wellFormed(given) ?? validated(readHeaders, given);
  const params: Record<string, string> = {};
  for (const [atBank, own] of parameters) params[atBank] = c.req.param(own) ?? '';
  const { url } = c.req;
  const ownUrl = withoutQuery(url);
  const { query, followPages, isFurtherPage } = readQuery(endpoint, url.slice(ownUrl.length + 1));
  return {
    ...{ ownUrl, followPages },
    read: {
      ...{
        consentId: facts[consentHeader],
        family: 'account-access',
        endpoint,
        params,
        query,
        isFurtherPage,
      },
      ...callerFacts(facts),
    },
  };
}

type ReadHeaders = CallerHeaders & { [consentHeader]: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Most requests: only one that has more to look at, or is refused, pays for the whole schema. */
function wellFormed(given: Record<string, string>): ReadHeaders | undefined {
  const { [consentHeader]: consentId = '', 'x-fapi-customer-ip-address': address = '' } = given;
  const isPlain =
    uuid.test(consentId) &&
    address.length <= 45 &&
    given['x-fapi-auth-date'] === undefined &&
    given['x-customer-user-agent'] === undefined &&
    given['x-fapi-interaction-id'] === undefined;
  return isPlain ? { [consentHeader]: consentId.toLowerCase(), ...addressOf(given) } : undefined;
}

function addressOf(given: Record<string, string>): CallerHeaders {
  const address = given['x-fapi-customer-ip-address'];
  return address === undefined ? {} : { 'x-fapi-customer-ip-address': address };
}

function readQuery(endpoint: Endpoint, asGiven: string) {
  if (asGiven === '') return { query: '', followPages: false, isFurtherPage: false };
  const parts = asGiven.split('&');
  const isOurs = (part: string) =>
    part === followPagesParameter || part.startsWith(`${followPagesParameter}=`);
  const query = parts.filter((part) => !isOurs(part));
  return {
    query: query.join('&'),
    followPages: parts.some((part) => part === `${followPagesParameter}=true`),
    // Parameters that nobody published are the bank's own, out of the links of an earlier page.
    isFurtherPage: query.some((part) => !endpoint.query.includes(part.split('=', 1)[0] ?? '')),
  };
}
