// The name that an endpoint has in its catalogue.
import { accountInformation } from './account-information.ts';
import type { Endpoint } from './endpoint.ts';
import { paymentInitiation } from './payment-initiation.ts';

const names = new Map<Endpoint, string>(
  Object.entries<Endpoint>({ ...accountInformation, ...paymentInitiation }).map(([name, endpoint]) => [
    endpoint,
    name,
  ]),
);

/** @throws {RangeError} for an endpoint of no catalogue */
export function operationName(endpoint: Endpoint): string {
  const name = names.get(endpoint);
  if (name === undefined) throw new RangeError(`${endpoint.method} ${endpoint.path} is in no catalogue`);
  return name;
}
