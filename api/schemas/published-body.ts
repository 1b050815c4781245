// Bodies of banks in our OpenAPI document: stand-ins while operations are declared, filled in from the published documents
// when somebody asks for ours, so that nobody else pays for it.
import { z } from 'zod';
import { catalogue, operationName } from '../../standards/uk-open-banking/catalogue.ts';
import type { DocumentName, Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import {
  answerSchemaName,
  publishedDocument,
  targetOf,
} from '../../standards/uk-open-banking/published-documents.ts';

const standInPrefix = 'published.';
const reference = (name: string) => `#/components/schemas/${name}`;
const standIns = new Map<Endpoint, z.ZodType>();

/** What success of the endpoint answers in version 4.0, if it is published. */
export function publishedAnswer(endpoint: Endpoint): z.ZodType {
  if (endpoint.document === null) return z.looseObject({});
  const known = standIns.get(endpoint);
  if (known !== undefined) return known;
  const schema = z.looseObject({}).meta({ id: `${standInPrefix}${operationName(endpoint)}` });
  standIns.set(endpoint, schema);
  return schema;
}

interface Described {
  components?: { schemas?: Record<string, unknown> };
}

/** The document with published schemas for the stand-ins. A schema that only others use is named after its document too. */
export function withPublishedBodies<Document extends Described>(document: Document): Document {
  const schemas = new Map(Object.entries(document.components?.schemas ?? {}));
  const renamed = new Map<string, string>();
  const topNames = new Set<string>();
  const toAdd: { source: DocumentName; name: string }[] = [];
  for (const [name, endpoint] of Object.entries<Endpoint>(catalogue)) {
    const schemaName = schemas.delete(`${standInPrefix}${name}`)
      ? answerSchemaName('v4.0', endpoint)
      : undefined;
    if (schemaName === undefined || endpoint.document === null) continue;
    renamed.set(reference(`${standInPrefix}${name}`), reference(schemaName));
    topNames.add(`${endpoint.document} ${schemaName}`);
    toAdd.push({ source: endpoint.document, name: schemaName });
  }
  const ownName = (source: string, name: string) =>
    topNames.has(`${source} ${name}`) ? name : `${source}.${name}`;

  function add(source: DocumentName, name: string): void {
    if (schemas.has(ownName(source, name))) return;
    const target = targetOf(publishedDocument('v4.0', source), reference(name));
    const used = new Set<string>();
    const schema: unknown = JSON.parse(JSON.stringify(target), (key, value: unknown) => {
      if (key !== '$ref' || typeof value !== 'string') return value;
      const other = value.slice(reference('').length);
      used.add(other);
      return reference(ownName(source, other));
    });
    schemas.set(ownName(source, name), schema);
    for (const other of used) add(source, other);
  }
  for (const { source, name } of toAdd) add(source, name);

  const filledIn = {
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(schemas) },
  };
  return JSON.parse(JSON.stringify(filledIn), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? (renamed.get(value) ?? value) : value,
  );
}
