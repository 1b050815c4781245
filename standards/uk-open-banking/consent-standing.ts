// What a bank's answer about a consent says of how it stands: the same members in every family and version.
import { type ConsentStatusCode, consentStatusCode } from './statuses.ts';

export interface ConsentStanding {
  /** Undefined: none that either version knows. */
  status: ConsentStatusCode | undefined;
  permissions: readonly string[] | undefined;
  expiresAt: Date | undefined;
}

/** Whatever does not read as it should counts as not said. */
export function consentStanding(body: unknown): ConsentStanding {
  const data = isObject(body) && isObject(body.Data) ? body.Data : {};
  const { Status, Permissions, ExpirationDateTime } = data;
  return {
    status: typeof Status === 'string' ? consentStatusCode(Status) : undefined,
    permissions: isTexts(Permissions) ? Permissions : undefined,
    expiresAt: dateOf(ExpirationDateTime),
  };
}

function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
