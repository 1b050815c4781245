// The published documents at run time: read when first asked for, with the corrections of their known defects.
import { readFileSync } from 'node:fs';
import { corrected } from './corrections.ts';
import type { ApiVersion, DocumentName, Endpoint } from './endpoint.ts';

/** A JSON schema as OpenAPI 3.0 has it. */
export interface PublishedSchema {
  $ref?: string;
  type?: string;
  properties?: Record<string, PublishedSchema>;
  required?: string[];
  items?: PublishedSchema;
  allOf?: PublishedSchema[];
  oneOf?: PublishedSchema[];
  additionalProperties?: boolean | PublishedSchema;
  enum?: unknown[];
}

interface Reference {
  $ref?: string;
}
interface Body extends Reference {
  content?: Record<string, { schema?: PublishedSchema }>;
}
interface Operation {
  requestBody?: Body;
  responses: Record<string, Body>;
}

export interface PublishedDocument {
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, object>>;
}

const documents = new Map<string, PublishedDocument>();

export function publishedDocument(version: ApiVersion, name: DocumentName): PublishedDocument {
  const path = `${version}/${name}`;
  const known = documents.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(`./published/${path}.json`, import.meta.url), 'utf8');
  const document: PublishedDocument = corrected(path, JSON.parse(text));
  documents.set(path, document);
  return document;
}

/** The name of the schema of what success answers: `OBReadAccount6`. Undefined: no JSON, no body, or not published. */
export function answerSchemaName(version: ApiVersion, endpoint: Endpoint): string | undefined {
  if (endpoint.response !== 'json' || endpoint.document === null) return undefined;
  const document = publishedDocument(version, endpoint.document);
  const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
  const stated = operation?.responses[String(endpoint.status)];
  const answer: Body | undefined = stated?.$ref === undefined ? stated : targetOf(document, stated.$ref);
  const schema = Object.entries(answer?.content ?? {}).find(([type]) => type.startsWith('application/json'));
  return schema?.[1].schema?.$ref?.split('/').at(-1);
}

/** What a local reference points to. */
export function targetOf(document: PublishedDocument, reference: string): object {
  const [, , section = '', name = ''] = reference.split('/');
  const target = document.components[section]?.[name];
  if (target === undefined) throw new RangeError(`${reference} points nowhere`);
  return target;
}
