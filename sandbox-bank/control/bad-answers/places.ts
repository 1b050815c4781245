// The places in a body that the published document says something about, in the order of the body.
import {
  documentOf,
  jsonSchemaOf,
  type PublishedDocument,
  publishedOperation,
  resolve,
  type Schema,
} from '../../published/documents.ts';
import type { GoodAnswer } from './shape.ts';

export interface Place {
  holder: Record<string, unknown>;
  key: string;
  /** `Data.Account[0].AccountId`. */
  path: string;
  schema: Schema;
  required: boolean;
  value: unknown;
}

/** Nothing where no schema is published for the answer. */
export function placesIn({ operation, status }: GoodAnswer, json: unknown): Place[] {
  if (!operation) return [];
  const document = documentOf(operation);
  const published = publishedOperation(operation)?.responses[String(status)];
  const schema = jsonSchemaOf(document, published);
  return schema ? [...walk(document, schema, json, '')] : [];
}

function* walk(
  document: PublishedDocument,
  unresolved: Schema,
  value: unknown,
  path: string,
): Generator<Place> {
  const schema = resolve(document, unresolved);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      yield* walk(document, schema.items ?? {}, item, `${path}[${index}]`);
  } else if (typeof value === 'object' && value !== null) {
    const holder = value as Record<string, unknown>;
    for (const [key, member] of Object.entries(holder)) {
      const own = schema.properties?.[key];
      if (!own) continue;
      const at = path === '' ? key : `${path}.${key}`;
      const required = schema.required?.includes(key) ?? false;
      yield { holder, key, path: at, schema: resolve(document, own), required, value: member };
      yield* walk(document, own, member, at);
    }
  }
}
