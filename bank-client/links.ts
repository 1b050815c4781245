// Links of an answer as the bank should have written them, where its profile says how it does. What remains wrong is
// seen, and left out, by whoever hands the answer on.
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { ApiVersion, Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import { paymentFamilyFacts } from '../standards/uk-open-banking/payment-families.ts';
import { baseUrlOf, otherBaseUrlOf } from './base-urls.ts';
import { isObject } from './refusal.ts';

export interface Linked {
  endpoint: Endpoint;
  version: ApiVersion;
  /** The address that was called. */
  url: string;
}

type Resource = ResolvedProfile['links']['anyBaseUrl'][number];

const resources: Record<string, Resource> = {
  '/account-access-consents': 'accountAccessConsent',
  '/funds-confirmation-consents': 'fundsConfirmationConsent',
  '/funds-confirmations': 'fundsConfirmation',
  ...Object.fromEntries(
    Object.values(paymentFamilyFacts).flatMap(({ createConsent, consentResource, create, resource }) => [
      [createConsent.path, consentResource],
      [create.path, resource],
    ]),
  ),
};

const idsOfCreated = [
  ...Object.values(paymentFamilyFacts).map(({ answerId }) => answerId),
  'FundsConfirmationId',
];

export function withRightLinks(
  profile: ResolvedProfile,
  linked: Linked,
  body: Record<string, unknown>,
): Record<string, unknown> {
  if (!isObject(body.Links)) return body;
  const right = rightLink(profile, linked, createdId(body));
  const links = Object.entries(body.Links).map(([name, link]) => [
    name,
    typeof link === 'string' ? right(link) : link,
  ]);
  // In place: to copy a body that has very many members would hold up everybody else.
  body.Links = Object.fromEntries(links);
  return body;
}

function rightLink(profile: ResolvedProfile, { endpoint, version, url }: Linked, id = '') {
  const { links } = profile;
  const called = url.split('?')[0] ?? url;
  const isCreate = endpoint.method === 'POST' && id !== '';
  const expected = isCreate ? `${called}/${id}` : called;
  const resource = resourceOf(endpoint.path);
  const own = baseUrlOf(profile, endpoint, version);
  const other = otherBaseUrlOf(profile, endpoint, version);

  return (link: string): string => {
    const [, address = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(link) ?? [];
    let right = address;
    if (resource !== undefined && links.anyBaseUrl.includes(resource)) right = expected;
    if (links.addedSlash && right.endsWith('/')) right = right.slice(0, -1);
    if (other !== undefined && own !== undefined && right.startsWith(`${other}/`))
      right = own + right.slice(other.length);
    const mayLackId = resource !== undefined && links.withoutNewId.includes(resource);
    if (isCreate && mayLackId && right === called) right = expected;
    return right + rest;
  };
}

function resourceOf(path: string): Resource | undefined {
  return Object.entries(resources).find(([start]) => path === start || path.startsWith(`${start}/`))?.[1];
}

/** Of the object that a POST made. */
function createdId({ Data: data }: Record<string, unknown>): string | undefined {
  if (!isObject(data)) return undefined;
  const name = idsOfCreated.find((each) => each in data) ?? 'ConsentId';
  const id = data[name];
  return typeof id === 'string' ? encodeURIComponent(id) : undefined;
}
