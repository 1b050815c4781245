// Request bodies judged by the published OpenAPI documents: which member is missing, unexpected or wrong, by error code.
import { readFileSync } from 'node:fs';
import type { Fault } from './errors.ts';
import type { ApiGroup } from './operation.ts';
import type { ApiVersion } from './records.ts';

/** The part of OpenAPI 3.0 schemas these documents use in requests. */
interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | object;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: unknown[];
  format?: string;
}

interface Document {
  paths: Record<string, Record<string, { requestBody?: RequestBody }>>;
  components: Record<string, Record<string, unknown>>;
}

type RequestBody = { $ref?: string; content?: Record<string, { schema: Schema }> };

const documentNames = {
  aisp: 'account-info',
  pisp: 'payment-initiation',
  cbpii: 'confirmation-funds',
} as const;
const documents = new Map<string, Document>();

/** Every fault of a body; none means that it is as published. Messages never repeat values. */
export function findFaults(
  endpoint: { version: ApiVersion; group: ApiGroup; method: string; path: string },
  body: unknown,
): Fault[] {
  const document = documentOf(endpoint.version, endpoint.group);
  const requestBody = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()]?.requestBody;
  const content = requestBody && resolve<RequestBody>(document, requestBody).content;
  const schema =
    content?.['application/json']?.schema ?? content?.['application/json; charset=utf-8']?.schema;
  if (!schema) throw new Error(`${endpoint.method} ${endpoint.path} has no published request body`);
  return [...faultsOf(document, schema, body, '')].map(({ path, ...fault }) =>
    path ? { ...fault, path } : fault,
  );
}

function documentOf(version: ApiVersion, group: ApiGroup): Document {
  const name = `${version}/${documentNames[group]}.json`;
  const known = documents.get(name);
  if (known) return known;
  const url = new URL(`../../standards/uk-open-banking/published/${name}`, import.meta.url);
  const document: Document = JSON.parse(readFileSync(url, 'utf8'));
  documents.set(name, document);
  return document;
}

function resolve<Node extends { $ref?: string }>(document: Document, node: Node): Node {
  if (node.$ref === undefined) return node;
  const [, , section = '', name = ''] = node.$ref.split('/');
  return resolve(document, document.components[section]?.[name] as Node);
}

function* faultsOf(document: Document, unresolved: Schema, value: unknown, path: string): Generator<Fault> {
  const schema = resolve(document, unresolved);
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
  document: Document,
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
  document: Document,
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
