// The reads of account information, mounted in one loop over the catalogue.
import type { Handler } from 'hono';
import { z } from 'zod';
import { pots } from '../../standards/monzo/pots.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import type { Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import { accountIdentitiesResponse, accountIdentityMembers } from '../account-identities.ts';
import { allPages } from '../bank-reads/all-pages.ts';
import { pageOf } from '../bank-reads/page-walk.ts';
import {
  followPagesParameter,
  type PathParameter,
  readHeaders,
  requestedRead,
} from '../bank-reads/read-request.ts';
import { consentFamilies } from '../consent-families.ts';
import type { ApiDeps, ApiEnv } from '../deps.ts';
import { externalApiMembers } from '../external-api-response.ts';
import { fileHeaders } from '../file-headers.ts';
import { showInteractionId } from '../interaction-id.ts';
import { type Api, document, routePattern } from '../operation.ts';
import { publishedAnswer } from '../schemas/published-body.ts';
import { baseResponse, binaryFile, booleanText, ExternalApiResponseInfo } from '../schemas/shared.ts';
import { tenantOf } from '../tenant.ts';
import { unattendedReadHeaders } from '../unattended-read-headers.ts';
import { writtenAnswer } from '../written-answer.ts';

type Deps = Pick<ApiDeps, 'records' | 'bankReads' | 'clock' | 'log'>;

/** What this API calls things that have another name at the bank. */
const ownParameters: Record<string, string> = {
  AccountId: 'externalApiAccountId',
  StatementId: 'externalApiStatementId',
};
const ownPaths: Record<string, string> = { '/pots': '/monzo-pots' };

const accountReads = new Set<Endpoint>([accountInformation.getAccounts, accountInformation.getAccount]);

export function addResourceRoutes(api: Api, deps: Deps): void {
  for (const [name, endpoint] of Object.entries<Endpoint>({ ...accountInformation, ...pots })) {
    if (endpoint.grant === 'authorization-code') addRead(api, deps, name, endpoint);
  }
}

function addRead(api: Api, deps: Deps, name: string, endpoint: Endpoint): void {
  const parameters = parametersOf(endpoint);
  const path: `/${string}` = `/aisp${ownPath(endpoint, parameters)}`;
  const isFile = endpoint.response === 'file';
  document(api, {
    ...{ method: 'get', path, tag: consentFamilies['account-access'].tag, headers: readHeaders, status: 200 },
    id: name.charAt(0).toUpperCase() + name.slice(1),
    summary: `Read ${endpoint.path} at the bank`,
    params: z.object(Object.fromEntries(parameters.map(([, own]) => [own, z.string()]))),
    query: z.object({
      ...Object.fromEntries(endpoint.query.map((parameter) => [parameter, z.string().optional()])),
      ...(isFile ? {} : { [followPagesParameter]: booleanText.optional() }),
    }),
    ...(isFile ? { responseType: '*/*' } : {}),
    response: isFile ? binaryFile : answerOf(endpoint),
  });
  api.get(routePattern(path), (isFile ? fileHandler : pageHandler)(deps, endpoint, parameters));
}

const answerOf = (endpoint: Endpoint) =>
  z.object({
    ...baseResponse,
    ...(accountReads.has(endpoint) ? accountIdentitiesResponse : {}),
    ExternalApiResponse: publishedAnswer(endpoint),
    ExternalApiResponseInfo,
  });

type MakeHandler = (deps: Deps, endpoint: Endpoint, parameters: readonly PathParameter[]) => Handler<ApiEnv>;

const pageHandler: MakeHandler =
  ({ records, bankReads, clock, log }, endpoint, parameters) =>
  async (c) => {
    const { ownUrl, read, followPages } = requestedRead(c, endpoint, parameters);
    const tenant = tenantOf();
    const answer = await bankReads.readUnderConsent(tenant, read);
    showInteractionId(c, answer.interactionId);
    const headers = unattendedReadHeaders(answer.unattendedReads);
    const written = { ...headers, 'content-type': 'application/json' };
    if (!followPages) {
      const identities = accountReads.has(endpoint) ? await accountIdentityMembers(records, answer.body) : {};
      const members = { ...externalApiMembers(answer, { ownUrl, allowQuery: true }), ...identities };
      return c.body(writtenAnswer(members, answer.source), 200, written);
    }
    const readPage = (query: string) =>
      bankReads.readUnderConsent(tenant, { ...read, query, isFurtherPage: true });
    const first = pageOf(answer, ownUrl);
    const pages = await allPages({ first, query: read.query, ownUrl, readPage, clock, log });
    return c.body(pages, 200, written);
  };

const fileHandler: MakeHandler =
  ({ bankReads }, endpoint, parameters) =>
  async (c) => {
    const { read } = requestedRead(c, endpoint, parameters);
    const file = await bankReads.openFileUnderConsent(tenantOf(), read);
    showInteractionId(c, file.interactionId);
    return c.body(file.body, 200, {
      ...unattendedReadHeaders(file.unattendedReads),
      ...fileHeaders(file.headers),
    });
  };

function parametersOf({ path }: Endpoint): PathParameter[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, atBank = '']) => [atBank, ownParameters[atBank] ?? atBank]);
}

function ownPath({ path }: Endpoint, parameters: readonly PathParameter[]): string {
  const renamed = parameters.reduce(
    (text, [atBank, own]) => text.replace(`{${atBank}}`, `{${own}}`),
    path as string,
  );
  return ownPaths[renamed] ?? renamed;
}
