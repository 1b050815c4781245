// Reduces a published OpenAPI document to its structure and codes: what a program checks, without the publisher's prose.
import { isObject, type Json, type JsonObject } from './documents.ts';

const prose = new Set(['description', 'summary', 'title', 'example', 'examples', 'externalDocs', 'tags']);

/** Keywords whose members are names chosen by the publisher: a property called `description` is not prose. */
const namedMembers = new Set([
  'callbacks',
  'content',
  'headers',
  'parameters',
  'paths',
  'patternProperties',
  'properties',
  'requestBodies',
  'responses',
  'schemas',
  'securitySchemes',
]);

/** Values that are codes or names throughout; nothing inside them is a keyword. */
const verbatim = new Set(['const', 'default', 'enum', 'required', 'security', 'x-namespaced-enum']);

/** The document without prose; members stay in the order of the original, so the same input gives the same bytes. */
export function toPublished(document: JsonObject): JsonObject {
  const { info, ...rest } = document;
  if (!isObject(info)) throw new Error('the document has no info object');
  const { title = null, version = null, license = null } = info;
  const { openapi = null, ...others } = withoutProse(rest);
  return { openapi, info: { title, version, license }, ...others };
}

function withoutProse(keywords: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [keyword, value] of Object.entries(keywords)) {
    if (verbatim.has(keyword)) kept[keyword] = value;
    else if (prose.has(keyword) || keyword.startsWith('x-')) continue;
    else if (keyword === 'scopes' && isObject(value)) kept[keyword] = mapMembers(value, () => '');
    else if (namedMembers.has(keyword) && isObject(value)) kept[keyword] = mapMembers(value, reduced);
    else kept[keyword] = reduced(value);
  }
  return kept;
}

function reduced(value: Json): Json {
  if (Array.isArray(value)) return value.map(reduced);
  return isObject(value) ? withoutProse(value) : value;
}

function mapMembers(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

/** The text of a published file. */
export function publishedText(document: JsonObject): string {
  return `${JSON.stringify(document, null, 1)}\n`;
}
