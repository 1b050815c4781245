// Writes zod schemas for the JSON schemas of requests, as strict as published.
import { referenceIn, resolve } from './bodies.ts';
import { isObject, type Json, type JsonObject } from './documents.ts';

/** Writes the schemas of one document, each named schema once and after those that it uses. */
export class SchemaWriter {
  readonly declarations = new Map<string, string>();
  /** Name → codes of every list met, whether closed or open. */
  readonly codeLists = new Map<string, string[]>();
  /** Code lists that the declarations refer to. */
  readonly usedCodeLists = new Set<string>();
  private readonly document: JsonObject;
  private readonly open = new Set<string>();

  constructor(document: JsonObject) {
    this.document = document;
  }

  /** Declares a schema of components; `id` is the name that OpenAPI documents list it under. */
  declare(name: string, schema: JsonObject, id?: string): string {
    const identifier = toIdentifier(name);
    if (this.declarations.has(identifier)) return identifier;
    if (this.open.has(identifier)) throw new Error(`${name} contains itself`);
    this.open.add(identifier);
    const expression = this.expression(schema, identifier, '');
    const meta = id === undefined ? '' : `.meta({ id: ${quote(id)} })`;
    this.open.delete(identifier);
    this.declarations.set(
      identifier,
      `export const ${identifier} = ${expression}${meta};\nexport type ${identifier} = z.output<typeof ${identifier}>;\n`,
    );
    return identifier;
  }

  private expression(schema: JsonObject, path: string, indent: string): string {
    const reference = referenceIn(schema);
    if (reference !== undefined) {
      const target = resolve(this.document, schema);
      return this.declare(reference[1], target);
    }
    if (Array.isArray(schema.oneOf)) return this.union(schema.oneOf, path, indent);
    if (Array.isArray(schema.allOf)) return this.expression(this.merged(schema), path, indent);
    switch (schema.type ?? (schema.properties === undefined ? undefined : 'object')) {
      case 'object':
        return this.object(schema, path, indent);
      case 'array':
        return this.array(schema, path, indent);
      case 'string':
        return this.string(schema, path);
      case 'integer':
        return schema.format === 'int32' ? `z.int32()${range(schema)}` : `z.int()${range(schema)}`;
      case 'number':
        return `z.number()${range(schema)}`;
      case 'boolean':
        return 'z.boolean()';
      default:
        throw new Error(`${path} has a type that is not understood`);
    }
  }

  private object(schema: JsonObject, path: string, indent: string): string {
    const properties = Object.entries(isObject(schema.properties) ? schema.properties : {});
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    if (typeof schema.minProperties === 'number' && required.size < schema.minProperties) {
      throw new Error(`${path} asks for a number of members that its required ones do not give`);
    }
    if (properties.length === 0 && isObject(schema.additionalProperties)) {
      return `z.record(z.string(), ${this.expression(schema.additionalProperties, `${path}Value`, indent)})`;
    }
    const kind = schema.additionalProperties === false ? 'strictObject' : 'looseObject';
    if (properties.length === 0) return `z.${kind}({})`;
    const inner = `${indent}  `;
    const members = properties.map(([name, property]) => {
      if (!isObject(property)) throw new Error(`${path}.${name} has no schema`);
      const expression = this.expression(property, path + toIdentifier(name), inner);
      return `${inner}${toMember(name)}: ${expression}${required.has(name) ? '' : '.optional()'},\n`;
    });
    return `z.${kind}({\n${members.join('')}${indent}})`;
  }

  private array(schema: JsonObject, path: string, indent: string): string {
    const items = isObject(schema.items) ? schema.items : {};
    const least =
      typeof schema.minItems === 'number' && schema.minItems > 0 ? `.min(${schema.minItems})` : '';
    const most = typeof schema.maxItems === 'number' ? `.max(${schema.maxItems})` : '';
    return `z.array(${this.expression(items, path, indent)})${least}${most}`;
  }

  private string(schema: JsonObject, path: string): string {
    const codes = schema.enum ?? schema['x-namespaced-enum'];
    if (Array.isArray(codes)) {
      const list = `${path.charAt(0).toLowerCase()}${path.slice(1)}Codes`;
      this.codeLists.set(list, codes.map(String));
      // A namespaced list is open by definition.
      if (schema.enum !== undefined) {
        this.usedCodeLists.add(list);
        return `z.enum(${list})`;
      }
    }
    const base = baseOf(schema.format);
    const least =
      typeof schema.minLength === 'number' && schema.minLength > 0 ? `.min(${schema.minLength})` : '';
    const most = typeof schema.maxLength === 'number' ? `.max(${schema.maxLength})` : '';
    const pattern = typeof schema.pattern === 'string' ? `.regex(${new RegExp(schema.pattern, 'u')})` : '';
    return `${base}${least}${most}${pattern}`;
  }

  private union(alternatives: Json[], path: string, indent: string): string {
    const written = alternatives.filter(isObject).map((one) => this.expression(one, path, indent));
    return `z.union([${written.join(', ')}])`;
  }

  /** One object schema of several: an intersection of strict objects would refuse every body. */
  private merged({ allOf, ...own }: JsonObject): JsonObject {
    const parts = (Array.isArray(allOf) ? allOf : []).filter(isObject).map((part) => {
      const target = resolve(this.document, part);
      return Array.isArray(target.allOf) ? this.merged(target) : target;
    });
    const merged: JsonObject = { ...own, properties: {}, required: [] };
    for (const part of [...parts, own]) {
      if (part.type !== undefined) merged.type = part.type;
      merged.properties = {
        ...(isObject(merged.properties) ? merged.properties : {}),
        ...asObject(part.properties),
      };
      merged.required = [...asArray(merged.required), ...asArray(part.required)];
    }
    return merged;
  }
}

function baseOf(format: Json | undefined): string {
  if (format === 'date-time') return 'z.iso.datetime({ offset: true })';
  if (format === 'date') return 'z.iso.date()';
  return format === 'uri' ? 'z.url()' : 'z.string()';
}

function range(schema: JsonObject): string {
  const least = typeof schema.minimum === 'number' ? `.min(${schema.minimum})` : '';
  return typeof schema.maximum === 'number' ? `${least}.max(${schema.maximum})` : least;
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function asArray(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function toMember(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

function toIdentifier(name: string): string {
  return name.replace(/[^\w$]+/g, '_').replace(/^(?=\d)/, '_');
}

export function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
