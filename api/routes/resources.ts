// The reads under a consent, mounted in one loop over the catalogue. This is the busy path: nothing is parsed that the
// bank's answer does not need, and nothing is made per request that could be made once.
import type { Handler } from 'hono';
import { z } from 'zod';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { withoutQuery } from '../links.ts';
import { type Api, document, routePattern } from '../operation.ts';
import { Problem } from '../problem.ts';
import { FundsConfirmationResponse } from '../schemas/consents.ts';
import { publishedAnswer } from '../schemas/published-body.ts';
import {
  baseResponse,
  customerIp,
  customerIpHeader,
  ExternalApiResponseInfo,
  id,
} from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { unattendedReadHeaders } from '../unattended-read-headers.ts';
import { validated } from '../validation.ts';

type Deps = Pick<ApiDeps, 'bankReads'>;

const consentHeader = 'x-obc-account-access-consent-id';
const headers = z.object({ [consentHeader]: id, ...customerIp });

const offered = new Set([
  ...['getAccounts', 'getAccount', 'getBalances', 'getAccountBalances'],
  ...['getTransactions', 'getAccountTransactions'],
]);

/** Path parameters of the bank, as this API names them. */
const parameterNames: Record<string, string> = { AccountId: 'externalApiAccountId' };

export function addResourceRoutes(api: Api, { bankReads }: Deps): void {
  for (const [name, endpoint] of Object.entries<Endpoint>(accountInformation)) {
    if (endpoint.grant !== 'authorization-code' || !offered.has(name)) continue;
    const bankNames = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter ?? '');
    const pairs = bankNames.map((bankName) => [bankName, parameterNames[bankName] ?? bankName] as const);
    const ownPath = pairs.reduce<string>(
      (path, [from, to]) => path.replace(`{${from}}`, `{${to}}`),
      endpoint.path,
    );
    const path: `/${string}` = `/aisp${ownPath}`;

    document(api, {
      method: 'get',
      path,
      id: name.charAt(0).toUpperCase() + name.slice(1),
      summary: `Read ${endpoint.path} at the bank`,
      tag: consentFamilies['account-access'].tag,
      params: z.object(Object.fromEntries(pairs.map(([, own]) => [own, z.string()]))),
      headers,
      query: z.object(
        Object.fromEntries(endpoint.query.map((parameter) => [parameter, z.string().optional()])),
      ),
      status: 200,
      response: z.object({
        ...baseResponse,
        ExternalApiResponse: publishedAnswer(endpoint),
        ExternalApiResponseInfo,
      }),
    });

    const handle: Handler<ApiEnv> = async (c) => {
      const consentId = c.req.header(consentHeader);
      const customerIpAddress = c.req.header(customerIpHeader);
      if (!isUuid(consentId) || (customerIpAddress !== undefined && customerIpAddress.length > 45)) {
        throw new Problem('validation-failed', refusalOf(c.req.header()));
      }
      const params: Record<string, string> = {};
      for (const [bankName, own] of pairs) params[bankName] = c.req.param(own) ?? '';
      const { url } = c.req;
      const ownUrl = withoutQuery(url);
      const query = url.slice(ownUrl.length + 1);
      const answer = await bankReads.readUnderConsent(tenantOf(), {
        ...{ consentId, family: 'account-access', endpoint, params, query, customerIpAddress },
      });
      const members = externalApiMembers(answer, { ownUrl, allowQuery: true });
      return c.json(members, 200, unattendedReadHeaders(answer.unattendedReads));
    };
    api.get(routePattern(path), handle);
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function isUuid(text: string | undefined): text is string {
  return text !== undefined && uuid.test(text);
}

/** Only a request that is refused anyway pays for a description of what is wrong with it. */
function refusalOf(given: Record<string, string>) {
  validated(headers, given);
  return { errors: { [consentHeader]: ['must be a UUID'] } };
}

/** GET …/funds-confirmation: also a read with the customer's token, though of a payment consent. */
export function addFundsConfirmationRoute(api: Api, { bankReads }: Deps): void {
  const { path, idName, tag } = consentFamilies['domestic-payment'];
  const ownPath: `/${string}` = `${path}/{${idName}}/funds-confirmation`;
  const endpoint = paymentInitiation.getDomesticPaymentFundsConfirmation;
  const params = z.object({ [idName]: id });
  document(api, {
    method: 'get',
    path: ownPath,
    id: 'GetDomesticPaymentConsentFundsConfirmation',
    summary: 'Ask the bank whether the funds are there',
    ...{ tag, params, headers: z.object(customerIp), status: 200, response: FundsConfirmationResponse },
  });
  api.get(routePattern(ownPath), async (c) => {
    const consentId = c.req.param(idName);
    if (!isUuid(consentId)) throw new Problem('not-found');
    const customerIpAddress = validated(z.object(customerIp), c.req.header())[customerIpHeader];
    const answer = await bankReads.readUnderConsent(tenantOf(), {
      ...{ consentId, family: 'domestic-payment', endpoint, params: {}, query: '', customerIpAddress },
    });
    return c.json(externalApiMembers(answer, { ownUrl: withoutQuery(c.req.url), allowQuery: false }));
  });
}
