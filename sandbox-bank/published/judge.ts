// Requests and answers judged by the published documents themselves: Ajv over the schemas, and the parameters and headers that
// stand beside them. What it says names places and rules, never values.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import {
  type Content,
  documentName,
  documentOf,
  type Parameter,
  type Published,
  publishedOperation,
  resolve,
} from './documents.ts';
import { pointerTo } from './pointers.ts';

export interface SentRequest {
  headers: Record<string, string | string[] | undefined>;
  query: URLSearchParams;
  /** Nothing where the bank had not read it all; empty where there was none. */
  body?: Buffer | undefined;
}

export interface SentAnswer {
  status: number;
  headers: Record<string, unknown>;
  body: Buffer;
}

/** Paging is the bank's own affair: this bank's links have one parameter more than the documents. */
const ownParameters = new Set(['page']);

const ajv = addFormats.default(new Ajv({ strict: false, validateSchema: false, allErrors: true }));
// Codes of the standard's own name space are closed; a bank may have others in one of its own.
ajv.addKeyword({
  keyword: 'x-namespaced-enum',
  validate: (codes: unknown[], value: unknown) =>
    codes.includes(value) || (typeof value === 'string' && !value.startsWith('UK.')),
});
const validators = new Map<string, ValidateFunction>();

export function faultsOfRequest(place: Published, { headers, query, body }: SentRequest): string[] {
  const operation = publishedOperation(place);
  if (!operation) return [`${place.method} ${place.path} is not published`];
  const document = documentOf(place);
  const parameters = (operation.parameters ?? []).map((one) => resolve(document, one));
  const faults = parameters.flatMap((one) => faultsOfParameter(one, valueOf(one, headers, query)));
  const known = new Set(parameters.filter((one) => one.in === 'query').map(({ name }) => name));
  for (const name of query.keys())
    if (!known.has(name) && !ownParameters.has(name)) faults.push(`the query has ${name}, which is not published`);
  const { requestBody } = operation;
  if (body === undefined) return faults;
  if (!requestBody) return body.length === 0 ? faults : [...faults, 'has a body though none is published'];
  if (isFile(resolve(document, requestBody))) return faults;
  const at = ['paths', place.path, place.method.toLowerCase(), 'requestBody'];
  return [...faults, ...faultsOfBody(place, requestBody, at, String(headers['content-type']), body)];
}

export function faultsOfAnswer(place: Published, { status, headers, body }: SentAnswer): string[] {
  const stated = publishedOperation(place)?.responses[String(status)];
  if (!stated) return [`${status} is not published for ${place.method} ${place.path}`];
  const response = resolve(documentOf(place), stated);
  const faults = Object.entries(response.headers ?? {})
    .filter(([name, { required }]) => required && headers[name.toLowerCase()] === undefined)
    .map(([name]) => `the header ${name} is missing`);
  if (!response.content) return body.length === 0 ? faults : [...faults, 'has a body though none is published'];
  if (isFile(response)) return faults;
  const at = ['paths', place.path, place.method.toLowerCase(), 'responses', String(status)];
  return [...faults, ...faultsOfBody(place, stated, at, String(headers['content-type']), body)];
}

/** Published as an object without members under content types that no file has: nothing can be said about its bytes. */
export function isFile({ content = {} }: Content): boolean {
  return Object.values(content).every(({ schema }) => schema?.$ref === '#/components/schemas/File');
}

function faultsOfBody(
  place: Published,
  stated: Content,
  at: string[],
  contentType: string,
  body: Buffer,
): string[] {
  const document = documentOf(place);
  const own = contentType.toLowerCase().replace(/;\s*/g, '; ');
  const content = resolve(document, stated).content ?? {};
  if (!(own in content)) return ['the content type is not published'];
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return ['the body is not JSON in UTF-8'];
  }
  const whole = stated.$ref ? stated.$ref.slice(2).split('/') : at;
  const validate = validatorOf(place, pointerTo([...whole, 'content', own, 'schema']));
  return validate(json) ? [] : distinct(validate.errors ?? []);
}

function validatorOf(place: Published, pointer: string): ValidateFunction {
  const name = documentName(place);
  const reference = `${name}${pointer}`;
  const known = validators.get(reference);
  if (known) return known;
  if (!ajv.getSchema(name)) ajv.addSchema(documentOf(place), name);
  const made = ajv.compile({ $ref: reference });
  validators.set(reference, made);
  return made;
}

function valueOf(
  { in: where, name }: Parameter,
  headers: SentRequest['headers'],
  query: URLSearchParams,
): string | undefined {
  if (where === 'query') return query.get(name) ?? undefined;
  const value = where === 'header' ? headers[name.toLowerCase()] : 'in the path';
  return Array.isArray(value) ? value.join(', ') : value;
}

function faultsOfParameter({ in: where, name, required, schema }: Parameter, value: string | undefined): string[] {
  if (value === undefined) return required ? [`the ${where} lacks ${name}`] : [];
  if (where === 'path') return [];
  const { pattern, maxLength, format } = schema ?? {};
  // The text of the profile, unlike the schema, has times in a query without a zone, and days alone.
  const fits =
    (pattern === undefined || new RegExp(pattern, 'u').test(value)) &&
    value.length <= (maxLength ?? Number.POSITIVE_INFINITY) &&
    (format !== 'date-time' || /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value));
  return fits ? [] : [`${name} in the ${where} is not as published`];
}

/** One line for each place and rule, however many items have it. */
function distinct(errors: ErrorObject[]): string[] {
  const lines = errors.map(({ instancePath, message }) => `${instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*')} ${message}`);
  return [...new Set(lines)];
}
