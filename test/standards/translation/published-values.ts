// Values that a published schema allows, made from the document itself.
import fc from 'fast-check';
import type { ApiVersion } from '../../../standards/uk-open-banking/endpoint.ts';
import { readPublished } from '../published-document.ts';

export interface PublishedSchema {
  $ref?: string;
  type?: string;
  enum?: string[];
  'x-namespaced-enum'?: string[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, PublishedSchema>;
  required?: string[];
  items?: PublishedSchema;
  additionalProperties?: boolean;
  oneOf?: PublishedSchema[];
}

/** Another schema for a place, such as `Data.Initiation.RemittanceInformation.Unstructured[]`; null: leave it out. */
export type Narrow = (path: string, schema: PublishedSchema) => PublishedSchema | null;

export class PublishedValues {
  readonly #schemas: Record<string, PublishedSchema>;
  readonly #narrow: Narrow | undefined;
  /** What is made of a schema is the same wherever it stands, unless it is narrowed there. */
  readonly #known = new Map<PublishedSchema, fc.Arbitrary<unknown>>();

  constructor(version: ApiVersion, document: string, narrow?: Narrow) {
    this.#schemas = schemasOf(`${version}/${document}`);
    this.#narrow = narrow;
  }

  of(schema: string): fc.Arbitrary<unknown> {
    return this.#values({ $ref: `/${schema}` }, '');
  }

  /** The schema of a place in bodies of this schema: `Data.Balance[].Type`. */
  at(schema: string, place: string): PublishedSchema | undefined {
    return place
      .replaceAll('[]', '.[]')
      .split('.')
      .reduce<PublishedSchema | undefined>(
        (holder, name) => {
          const { items, properties } = holder === undefined ? {} : this.resolve(holder);
          return name === '[]' ? items : properties?.[name];
        },
        { $ref: `/${schema}` },
      );
  }

  resolve(schema: PublishedSchema): PublishedSchema {
    if (schema.$ref === undefined) return schema;
    const target = this.#schemas[schema.$ref.split('/').at(-1) ?? ''];
    if (target === undefined) throw new Error(`${schema.$ref} points nowhere`);
    return this.resolve(target);
  }

  #values(reference: PublishedSchema, path: string): fc.Arbitrary<unknown> {
    const schema = this.resolve(reference);
    const known = this.#narrow === undefined ? this.#known.get(schema) : undefined;
    const values = known ?? this.#made(schema, path);
    this.#known.set(schema, values);
    return values;
  }

  #made(schema: PublishedSchema, path: string): fc.Arbitrary<unknown> {
    if (schema.oneOf !== undefined) {
      return fc.oneof(...schema.oneOf.map((alternative) => this.#values(alternative, path)));
    }
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
    switch (schema.type) {
      case 'object':
        return schema.additionalProperties === true ? supplement : this.#objects(schema, path);
      case 'array':
        return this.#arrays(schema, path);
      case 'string':
        return strings(schema, path);
      case 'boolean':
        return fc.boolean();
      case 'integer':
        return fc.integer();
      case 'number':
        return fc.integer().map((thousandths) => thousandths / 1000);
      default:
        throw new Error(`${path} is ${schema.type}, which is not generated yet`);
    }
  }

  #objects({ properties = {}, required = [] }: PublishedSchema, path: string): fc.Arbitrary<unknown> {
    const members = Object.entries(properties).flatMap(
      ([name, schema]): [string, fc.Arbitrary<unknown>][] => {
        const place = path === '' ? name : `${path}.${name}`;
        const narrowed = this.#narrowed(place, schema);
        return narrowed === null ? [] : [[name, this.#values(narrowed, place)]];
      },
    );
    const requiredKeys = required.filter((name) => members.some(([member]) => member === name));
    return fc.record(Object.fromEntries(members), { requiredKeys, noNullPrototype: true });
  }

  #narrowed(place: string, schema: PublishedSchema): PublishedSchema | null {
    return this.#narrow === undefined ? schema : this.#narrow(place, this.resolve(schema));
  }

  #arrays({ items, minItems = 0, maxItems = 2 }: PublishedSchema, path: string): fc.Arbitrary<unknown> {
    if (items === undefined) throw new Error(`${path} has no items`);
    const narrowed = this.#narrowed(`${path}[]`, items) ?? items;
    return fc.array(this.#values(narrowed, `${path}[]`), { minLength: minItems, maxLength: maxItems });
  }
}

const documents = new Map<string, Record<string, PublishedSchema>>();

function schemasOf(document: string): Record<string, PublishedSchema> {
  const schemas = documents.get(document) ?? Object(readPublished(document).components.schemas);
  documents.set(document, schemas);
  return schemas;
}

const supplement = fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{2,8}$/), fc.string(), {
  noNullPrototype: true,
});
const dateTimes = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());

function strings(schema: PublishedSchema, path: string): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 40, pattern, format } = schema;
  if (schema['x-namespaced-enum'] !== undefined)
    return fc.constantFrom(...schema['x-namespaced-enum'], 'UK.Bank.Own');
  if (format === 'date-time') return dateTimes;
  if (format === 'uri') return fc.webUrl();
  // Satisfies the pattern of every document, each of which has another one.
  if (path.endsWith('.LEI')) return fc.constant('52990000T8BM49AURS55');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  // JSON Schema counts characters, not units of UTF-16.
  const short = fc.string({ minLength, maxLength, unit: 'binary' });
  const longest = fc.string({ minLength: maxLength, maxLength, unit: 'binary' });
  return maxLength > 150
    ? short
    : fc.oneof({ weight: 7, arbitrary: short }, { weight: 1, arbitrary: longest });
}
