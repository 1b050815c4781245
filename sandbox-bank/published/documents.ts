// The published OpenAPI documents, as far as the bank reads them: what a request and an answer of an operation look like.
import { readFileSync } from 'node:fs';
import type { ApiGroup } from '../resources/operation.ts';
import type { ApiVersion } from '../resources/records.ts';
import { withCorrections } from './pointers.ts';

/** The part of OpenAPI 3.0 schemas these documents use. */
export interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | object;
  items?: Schema;
  oneOf?: Schema[];
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  enum?: unknown[];
  format?: string;
}

export interface Content {
  $ref?: string;
  content?: Record<string, { schema?: Schema }>;
  headers?: Record<string, { required?: boolean; schema?: Schema }>;
}

export interface Parameter {
  $ref?: string;
  in: 'path' | 'query' | 'header';
  name: string;
  required?: boolean;
  schema?: Schema;
}

export interface PublishedOperation {
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

export interface PublishedDocument {
  paths: Record<string, Record<string, PublishedOperation>>;
  components: Record<string, Record<string, unknown>>;
}

/** Where an operation is published. */
export interface Published {
  version: ApiVersion;
  group: ApiGroup;
  method: string;
  /** As published, e.g. `/accounts/{AccountId}`. */
  path: string;
}

const names = {
  aisp: 'account-info',
  pisp: 'payment-initiation',
  cbpii: 'confirmation-funds',
} as const;
const documents = new Map<string, PublishedDocument>();

/** The name of the document, which is its address for a validator too. */
export function documentName({ version, group }: Pick<Published, 'version' | 'group'>): string {
  return `${version}/${names[group]}`;
}

/** As published, but for what is known to be wrong in it. */
export function documentOf(place: Pick<Published, 'version' | 'group'>): PublishedDocument {
  const name = documentName(place);
  const known = documents.get(name);
  if (known) return known;
  const url = new URL(`../../standards/uk-open-banking/published/${name}.json`, import.meta.url);
  const document = withCorrections(name, JSON.parse(readFileSync(url, 'utf8')));
  documents.set(name, document);
  return document;
}

export function resolve<Node extends { $ref?: string }>(document: PublishedDocument, node: Node): Node {
  if (node.$ref === undefined) return node;
  const [, , section = '', name = ''] = node.$ref.split('/');
  return resolve(document, document.components[section]?.[name] as Node);
}

export function publishedOperation(place: Published): PublishedOperation | undefined {
  return documentOf(place).paths[place.path]?.[place.method.toLowerCase()];
}

/** The schema of the JSON in a body; nothing where none is published. */
export function jsonSchemaOf(document: PublishedDocument, body: Content | undefined): Schema | undefined {
  const content = body && resolve(document, body).content;
  return content?.['application/json']?.schema ?? content?.['application/json; charset=utf-8']?.schema;
}
