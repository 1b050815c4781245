// The body of a payment order: what was consented to, and nothing else. The consent's own text is sent, so that a
// payment cannot differ from it by as much as the order of its members.
import { isDeepStrictEqual } from 'node:util';
import { Problem } from './problem.ts';

export interface PaymentOrder {
  Data: { ConsentId: string; Initiation: object };
  /** Files have none. */
  Risk?: object;
}

/**
 * @param consentBody the body that created the consent at the bank, JSON
 * @returns what to send, in version 4
 * @throws {Problem} `payment-differs-from-consent`, naming the first member that differs
 */
export function paymentBody(order: PaymentOrder, consentBody: string, externalApiConsentId: string): object {
  const consented: unknown = JSON.parse(consentBody);
  if (!isConsent(consented)) throw new Error('the stored body of the consent is none');
  const { ConsentId, Initiation } = order.Data;
  if (ConsentId !== '' && ConsentId !== externalApiConsentId) {
    throw differs('Data.ConsentId', 'must be empty or the id that the bank gave the consent');
  }
  for (const [name, asked, agreed] of [
    ['Data.Initiation', Initiation, consented.Data.Initiation],
    ['Risk', order.Risk, consented.Risk],
  ] as const) {
    const where = firstDifference(asked, agreed, name);
    if (where !== undefined) throw differs(where, 'differs from what was consented to');
  }
  return {
    Data: { ConsentId: externalApiConsentId, Initiation: consented.Data.Initiation },
    ...(consented.Risk === undefined ? {} : { Risk: consented.Risk }),
  };
}

function differs(field: string, message: string): Problem {
  return new Problem('payment-differs-from-consent', {
    errors: { [`ExternalApiRequest.${field}`]: [message] },
  });
}

function firstDifference(asked: unknown, agreed: unknown, name: string): string | undefined {
  if (isDeepStrictEqual(asked, agreed)) return undefined;
  if (!isObject(asked) || !isObject(agreed)) return name;
  const members = new Set([...Object.keys(asked), ...Object.keys(agreed)]);
  for (const member of members) {
    const where = firstDifference(asked[member], agreed[member], `${name}.${member}`);
    if (where !== undefined) return where;
  }
  return name;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isConsent(value: unknown): value is { Data: { Initiation: unknown }; Risk?: unknown } {
  return isObject(value) && isObject(value.Data) && 'Initiation' in value.Data;
}
