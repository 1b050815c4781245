// A request as one bank takes it: what its profile adds and leaves out, in the version that the bank speaks. The same
// request comes out the same, byte for byte.
import type { z } from 'zod';
import type { ApiVersion } from '../standards/uk-open-banking/endpoint.ts';
import { requestToVersion3 } from '../standards/uk-open-banking/translation/index.ts';
import type { BankProfile } from './profile.ts';
import type { createdResource } from './schema/resources.ts';

export type WrittenResource = Exclude<z.output<typeof createdResource>, 'domesticVrpConsent' | 'domesticVrp'>;

/**
 * @param body in version 4, checked against its schema
 * @throws {CannotTranslate} when version 3 has no form for it
 */
export function writeRequest(
  { requests, risk }: Pick<BankProfile, 'requests' | 'risk'>,
  resource: WrittenResource,
  version: ApiVersion,
  body: unknown,
): unknown {
  const changes = requests[resource];
  const omitted = [...(changes?.omit ?? []), ...(version === 'v3.1' ? (changes?.omitInVersion3 ?? []) : [])];
  const without = omitted.reduce((rest, path) => omit(rest, path.split('.')), body);
  const changed = Object.entries(changes?.add ?? {}).reduce(
    (whole, [path, value]) => add(whole, path.split('.'), value),
    without,
  );
  if (version === 'v4.0') return changed;
  return requestToVersion3(operationOf(resource), changed, {
    contractPresentIndicator: risk.misspelt.includes('payments') ? 'misspelt' : 'correct',
  });
}

/** `createDomesticPayment`, as the catalogue calls it. */
const operationOf = (resource: WrittenResource) =>
  `create${resource.charAt(0).toUpperCase()}${resource.slice(1)}`;

function omit(body: unknown, [name = '', ...below]: string[]): unknown {
  if (!isObject(body) || !(name in body)) return body;
  if (below.length > 0) return { ...body, [name]: omit(body[name], below) };
  return Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));
}

/** What the caller has said itself is left alone. */
function add(body: unknown, [name = '', ...below]: string[], value: unknown): unknown {
  const members = isObject(body) ? body : {};
  if (below.length > 0) return { ...members, [name]: add(members[name], below, value) };
  return name in members ? members : { ...members, [name]: value };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
