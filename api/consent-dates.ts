// The dates of a consent that is asked for, refused before the bank has to.
import type { FieldErrors } from './problem.ts';
import { Problem } from './problem.ts';

interface Dates {
  ExpirationDateTime?: string | undefined;
  TransactionFromDateTime?: string | undefined;
  TransactionToDateTime?: string | undefined;
}

/** @throws {Problem} `validation-failed`, naming each member that makes no sense */
export function refuseBadDates(
  { ExpirationDateTime: ends, TransactionFromDateTime: from, TransactionToDateTime: to }: Dates,
  now: Date,
): void {
  const errors: FieldErrors = {};
  const refuse = (member: string, what: string) => {
    errors[`ExternalApiRequest.Data.${member}`] = [what];
  };
  if (ends !== undefined && new Date(ends) <= now) refuse('ExpirationDateTime', 'must be in the future');
  if (from !== undefined && to !== undefined && new Date(from) > new Date(to))
    refuse('TransactionToDateTime', 'must not be before TransactionFromDateTime');
  if (Object.keys(errors).length > 0) throw new Problem('validation-failed', { errors });
}
