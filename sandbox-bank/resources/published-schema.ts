// Request bodies judged by the published OpenAPI documents: which member is missing, unexpected or wrong, by error code.
import {
  documentOf,
  jsonSchemaOf,
  type Published,
  type PublishedDocument,
  publishedOperation,
  resolve,
  type Schema,
} from '../published/documents.ts';
import type { Fault } from './errors.ts';

/** Every fault of a body; none means that it is as published. Messages never repeat values. */
export function findFaults(endpoint: Published, body: unknown): Fault[] {
  const document = documentOf(endpoint);
  const schema = jsonSchemaOf(document, publishedOperation(endpoint)?.requestBody);
  if (!schema) throw new Error(`${endpoint.method} ${endpoint.path} has no published request body`);
  return [...faultsOf(document, schema, body, '')].map(({ path, ...fault }) =>
    path ? { ...fault, path } : fault,
  );
}

function* faultsOf(
  document: PublishedDocument,
  unresolved: Schema,
  value: unknown,
  path: string,
): Generator<Fault> {
  const schema = resolve(document, unresolved);
  const { oneOf } = schema;
  if (oneOf && !oneOf.some((one) => faultsOf(document, one, value, path).next().done))
    yield { code: 'U002', message: 'is none of the published forms', path };
  if (!hasType(schema, value)) {
    yield { code: 'U002', message: `must be of type ${schema.type}`, path };
  } else if (Array.isArray(value)) {
    yield* faultsOfArray(document, schema, value, path);
  } else if (typeof value === 'object' && value !== null) {
    yield* faultsOfObject(document, schema, { ...value }, path);
  } else {
    yield* faultsOfScalar(schema, value, path);
  }
}

function* faultsOfArray(
  document: PublishedDocument,
  schema: Schema,
  value: unknown[],
  path: string,
): Generator<Fault> {
  if (value.length < (schema.minItems ?? 0)) yield { code: 'U002', message: 'has too few items', path };
  if (value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY)) {
    yield { code: 'U002', message: 'has too many items', path };
  }
  for (const [index, item] of value.entries())
    yield* faultsOf(document, schema.items ?? {}, item, `${path}[${index}]`);
}

function* faultsOfObject(
  document: PublishedDocument,
  schema: Schema,
  value: Record<string, unknown>,
  path: string,
): Generator<Fault> {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name)) yield { code: 'U004', message: 'is missing', path: at(name) };
  }
  for (const [name, member] of Object.entries(value)) {
    const property =
      schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
    if (property) yield* faultsOf(document, property, member, at(name));
    else if (schema.additionalProperties === false) {
      yield { code: 'U005', message: 'is not expected', path: at(name).slice(0, 500) };
    }
  }
}

function* faultsOfScalar(schema: Schema, value: unknown, path: string): Generator<Fault> {
  if (schema.enum && !schema.enum.includes(value))
    yield { code: 'U002', message: 'is not a published value', path };
  if (typeof value !== 'string') return;
  const length = [...value].length;
  if (length < (schema.minLength ?? 0)) yield { code: 'U002', message: 'is too short', path };
  if (length > (schema.maxLength ?? Number.POSITIVE_INFINITY))
    yield { code: 'U002', message: 'is too long', path };
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
    yield { code: 'U002', message: 'does not have the published form', path };
  }
  if (schema.format === 'date-time' && !isDateTime(value)) {
    yield { code: 'U003', message: 'is not an ISO 8601 date and time', path };
  }
}

function hasType(schema: Schema, value: unknown): boolean {
  switch (schema.type) {
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === schema.type;
    default:
      return true;
  }
}

/** Any variant of ISO 8601 with an offset is welcome in a request. */
export function isDateTime(text: string): boolean {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}([.,]\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)$/;
  return form.test(text) && !Number.isNaN(Date.parse(normalised(text)));
}

/** Milliseconds since 1970 of a date and time that `isDateTime` accepts. */
export function instantOf(text: string): number {
  return Date.parse(normalised(text));
}

/** Into the one variant that JavaScript reads everywhere. */
function normalised(text: string): string {
  return text
    .replace(',', '.')
    .replace(/([+-]\d{2})(\d{2})?$/, (_, hours, minutes) => `${hours}:${minutes ?? '00'}`);
}
