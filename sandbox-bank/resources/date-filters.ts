// Dates and times that narrow a list: those of the query, and those of the consent's window.
import { badRequest } from './errors.ts';
import type { Call } from './operation.ts';
import { instantOf } from './published-schema.ts';
import type { AccountAccessConsent } from './records.ts';

export interface Span {
  fromMs: number;
  toMs: number;
}

/** Two members of the query, each a date with or without a time; a time zone is not looked at. */
export function spanOfQuery(call: Call, from: string, to: string): Span {
  return { fromMs: bound(call, from) ?? -Infinity, toMs: bound(call, to) ?? Infinity };
}

/** The window that the customer agreed to. */
export function spanOfConsent({ data }: AccountAccessConsent): Span {
  const { TransactionFromDateTime: from, TransactionToDateTime: to } = data;
  return {
    fromMs: from === undefined ? -Infinity : instantOf(from),
    toMs: to === undefined ? Infinity : instantOf(to),
  };
}

function bound(call: Call, name: string): number | undefined {
  const text = call.query.get(name);
  if (text === null) return undefined;
  const local = text.replace(/(Z|[+ -]\d{2}(:?\d{2})?)$/, (zone) => (text.includes('T') ? '' : zone));
  const readable = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(local);
  const ms = readable ? Date.parse(local.includes('T') ? `${local}Z` : `${local}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw badRequest('U003', `${name} is not an ISO 8601 date and time`, name);
  return ms;
}
