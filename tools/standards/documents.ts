// Which published documents the standards room is made from, and where each lies in the folder handed to the generator.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Any JSON value; a document is walked without knowing more about it than that. */
export type Json = string | number | boolean | null | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

const readWriteDocuments = [
  'account-info',
  'payment-initiation',
  'vrp',
  'confirmation-funds',
  'events',
  'event-notifications',
];

/** The published name (`v4.0/account-info`) of every document, with its file in the folder of originals. */
export const documentSources: ReadonlyMap<string, string> = new Map([
  ...readWriteDocuments.map((name) => [`v3.1/${name}`, `v3.1.11/${name}-openapi.yaml`] as const),
  ...readWriteDocuments.map((name) => [`v4.0/${name}`, `v4.0/${name}-openapi.yaml`] as const),
  ['dcr/v3.3', 'dcr/client-registration-v3.3-openapi.yaml'] as const,
]);

/** Reads one original. YAML 1.2 on purpose: version 1.1 would read the codes `Yes` and `No` as booleans. */
export function readOriginal(folder: string, file: string): JsonObject {
  const document: unknown = parse(readFileSync(join(folder, file), 'utf8'), { version: '1.2' });
  if (!isObject(document)) throw new Error(`${file} holds no OpenAPI document`);
  return document;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
