// Validators of bank answers, compiled from the published documents when an endpoint is first called.
import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import type { ApiVersion, DocumentName, Endpoint } from '../standards/uk-open-banking/endpoint.ts';
import {
  answerSchemaName,
  type PublishedDocument,
  type PublishedSchema,
  publishedDocument,
  targetOf,
} from '../standards/uk-open-banking/published-documents.ts';

export interface AnswerSchema {
  /** Every fault of the body; none when it is as published. */
  faultsOf(body: unknown): ErrorObject[];
  /** Whether the value at this place (`/Data/Account/0/Currency`) and all that hold it are required, or what was asked for. */
  isRequired(place: string): boolean;
}

const compilers = new Map<string, Ajv>();
const schemas = new Map<Endpoint, Partial<Record<ApiVersion, AnswerSchema | null>>>();

/** Null: success answers no JSON. */
export function answerSchemaOf(endpoint: Endpoint, version: ApiVersion): AnswerSchema | null {
  const known = schemas.get(endpoint) ?? {};
  schemas.set(endpoint, known);
  known[version] ??= compiled(endpoint, version);
  return known[version];
}

function compiled(endpoint: Endpoint, version: ApiVersion): AnswerSchema | null {
  const { document: documentName } = endpoint;
  if (documentName === null) return null;
  const name = answerSchemaName(version, endpoint);
  if (name === undefined) return null;
  const document = publishedDocument(version, documentName);
  const reference = `#/components/schemas/${name}`;
  const validate = compilerOf(version, documentName).getSchema(`document${reference}`);
  if (validate === undefined) throw new RangeError(`${reference} points nowhere`);
  return {
    faultsOf: (body) => (validate(body) === true ? [] : [...(validate.errors ?? [])]),
    isRequired: (place) => isRequired(document, { $ref: reference }, place.split('/').slice(1)),
  };
}

/** One for each document, so that schemas that several answers share are compiled once. */
function compilerOf(version: ApiVersion, name: DocumentName): Ajv {
  const key = `${version}/${name}`;
  let compiler = compilers.get(key);
  if (compiler === undefined) {
    compiler = new Ajv({ strict: false, validateSchema: false, allErrors: true });
    addFormats.default(compiler, { mode: 'fast' });
    const open: unknown = JSON.parse(JSON.stringify(publishedDocument(version, name)), opened);
    compiler.addSchema({ ...Object(open), $id: 'document' });
    compilers.set(key, compiler);
  }
  return compiler;
}

/** Banks send members that were published later, and members of their own: neither is a fault. */
function opened(keyword: string, value: unknown): unknown {
  return keyword === 'additionalProperties' && value === false ? undefined : value;
}

function isRequired(
  document: PublishedDocument,
  schema: PublishedSchema,
  place: readonly string[],
  holder = '',
): boolean {
  const [first, ...rest] = place;
  if (first === undefined) return true;
  const { required = [], properties = {}, items } = flattened(document, schema);
  if (items !== undefined) return isRequired(document, items, rest);
  const name = first.replaceAll('~1', '/').replaceAll('~0', '~');
  const member = properties[name];
  if (member === undefined) return false;
  // The list that was asked for is optional as published: an empty one may be left out.
  const isAskedFor = holder === 'Data' && flattened(document, member).items !== undefined;
  return (required.includes(name) || isAskedFor) && isRequired(document, member, rest, name);
}

/** A schema with what it refers to and what it is made of, in one. */
function flattened(document: PublishedDocument, schema: PublishedSchema): PublishedSchema {
  if (schema.$ref !== undefined) return flattened(document, targetOf(document, schema.$ref));
  const parts = (schema.allOf ?? []).map((part) => flattened(document, part));
  return {
    ...schema,
    required: [...parts.flatMap(({ required = [] }) => required), ...(schema.required ?? [])],
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), schema.properties),
  };
}
