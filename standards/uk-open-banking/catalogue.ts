// Every operation that banks publish, by name: 88 of the 89. The last one, the notification of an event, banks send to us.
import { accountInformation } from './account-information.ts';
import { confirmationOfFunds } from './confirmation-of-funds.ts';
import type { Endpoint } from './endpoint.ts';
import { events } from './events.ts';
import { paymentInitiation } from './payment-initiation.ts';
import { variableRecurringPayments } from './variable-recurring-payments.ts';

export const catalogue = {
  ...accountInformation,
  ...paymentInitiation,
  ...variableRecurringPayments,
  ...confirmationOfFunds,
  ...events,
} satisfies Record<string, Endpoint>;

export type OperationName = keyof typeof catalogue;

const names = new Map<Endpoint, string>(
  Object.entries<Endpoint>(catalogue).map(([name, endpoint]) => [endpoint, name]),
);

/** The name that an endpoint has in the catalogue. @throws {RangeError} for an endpoint that is not in it */
export function operationName(endpoint: Endpoint): string {
  const name = names.get(endpoint);
  if (name === undefined) throw new RangeError(`${endpoint.method} ${endpoint.path} is in no catalogue`);
  return name;
}
