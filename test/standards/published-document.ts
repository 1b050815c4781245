// Reads the published documents for the tests, independently of the code that generates from them.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import type { ApiVersion } from '../../standards/uk-open-banking/endpoint.ts';

export const versions: ApiVersion[] = ['v3.1', 'v4.0'];

export interface Operation {
  operationId: string;
  parameters?: ({ $ref: string } | Parameter)[];
  requestBody?: RequestBody;
  responses: Record<string, Answer>;
  security: Record<string, string[]>[];
}
interface RequestBody {
  $ref?: string;
  content?: Record<string, { schema: Schema }>;
}
export interface Parameter {
  in: string;
  name: string;
}
export interface Answer {
  $ref?: string;
  headers?: Record<string, unknown>;
  content?: Record<string, { schema: Schema }>;
}
export type Schema = { $ref?: string; enum?: string[]; additionalProperties?: unknown };
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    responses: Record<string, Answer>;
    parameters: Record<string, Parameter>;
    requestBodies?: Record<string, RequestBody>;
  };
}

export function readPublished(name: string): Document {
  const url = new URL(`../../standards/uk-open-banking/published/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'));
}

export function answerOf(document: Document, operation: Operation, status: string): Answer | undefined {
  const answer = operation.responses[status];
  return answer?.$ref === undefined
    ? answer
    : document.components.responses[answer.$ref.split('/').at(-1) ?? ''];
}

export function requestOf(document: Document, operation: Operation | undefined): RequestBody | undefined {
  const body = operation?.requestBody;
  return body?.$ref === undefined
    ? body
    : document.components.requestBodies?.[body.$ref.split('/').at(-1) ?? ''];
}

export function parametersOf(document: Document, operation: Operation): Parameter[] {
  return (operation.parameters ?? []).map((parameter) => {
    if (!('$ref' in parameter)) return parameter;
    const found = document.components.parameters[parameter.$ref.split('/').at(-1) ?? ''];
    if (found === undefined) throw new Error(`${parameter.$ref} points nowhere`);
    return found;
  });
}

/** An independent judge of a schema of the document; lenient leaves aside closed objects and closed code lists. */
export function validatorOf(name: string, schema: string, lenient = false): (body: unknown) => boolean {
  const document = readPublished(name);
  if (lenient) openUp(document);
  const ajv = new Ajv({ strict: false, validateSchema: false, formats: { JWT: true } });
  addFormats.default(ajv);
  ajv.addSchema({ ...document, $id: 'document' });
  const validate = ajv.getSchema(`document#/components/schemas/${schema}`);
  if (validate === undefined) throw new Error(`${name} has no schema ${schema}`);
  return (body) => validate(body) === true;
}

function openUp(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if ('additionalProperties' in node && node.additionalProperties === false) delete node.additionalProperties;
  if ('enum' in node && Array.isArray(node.enum)) delete node.enum;
  for (const child of Object.values(node)) openUp(child);
}
