// Finds the schemas of what an operation is sent in an OpenAPI document.
import { isObject, type Json, type JsonObject } from './documents.ts';

/** Schema name → schema of the requests of the given operations (`POST /x`) that have a JSON body. Throws for an operation that the document lacks. */
export function requestsOf(document: JsonObject, operations: readonly string[]): Map<string, JsonObject> {
  const requests = new Map<string, JsonObject>();
  for (const operation of operations) {
    const [method = '', path = ''] = operation.split(' ');
    const declared = member(member(member(document, 'paths'), path), method.toLowerCase());
    if (!isObject(declared)) throw new Error(`the document has no operation ${operation}`);
    const name = String(declared.operationId ?? operation.replace(/\W/g, ''));
    collect(requests, document, declared.requestBody, `${name}Request`);
  }
  return requests;
}

/** Every operation of a document, as `GET /accounts`. */
export function operationsOf(document: JsonObject): string[] {
  const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);
  return Object.entries(isObject(document.paths) ? document.paths : {}).flatMap(([path, item]) =>
    Object.keys(isObject(item) ? item : {})
      .filter((method) => methods.has(method))
      .map((method) => `${method.toUpperCase()} ${path}`),
  );
}

function collect(
  into: Map<string, JsonObject>,
  document: JsonObject,
  body: Json | undefined,
  name: string,
): void {
  const content = member(resolve(document, body), 'content');
  const json = Object.entries(isObject(content) ? content : {}).find(([type]) =>
    type.startsWith('application/json'),
  );
  const schema = member(json?.[1], 'schema');
  if (!isObject(schema)) return;
  const [, reference] = referenceIn(schema) ?? [];
  into.set(reference ?? name, resolve(document, schema));
}

/** Follows `$ref` until something that is none; every reference points into the same document. */
export function resolve(document: JsonObject, node: Json | undefined): JsonObject {
  if (!isObject(node)) return {};
  const [section, name] = referenceIn(node) ?? [];
  if (section === undefined || name === undefined) return node;
  const target = member(member(member(document, 'components'), section), name);
  if (!isObject(target)) throw new Error(`nothing is called ${name} among the ${section}`);
  return resolve(document, target);
}

/** Section and name that a `$ref` points to. */
export function referenceIn(node: JsonObject): [section: string, name: string] | undefined {
  if (typeof node.$ref !== 'string') return undefined;
  const [, section, name] = /^#\/components\/(\w+)\/(.+)$/.exec(node.$ref) ?? [];
  if (section === undefined || name === undefined) throw new Error(`${node.$ref} is not a local reference`);
  return [section, name];
}

function member(node: Json | undefined, name: string): Json | undefined {
  return isObject(node) ? node[name] : undefined;
}
