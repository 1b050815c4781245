// Every value that a profile states, changed to another legal one: what the matrix has to notice.
import { z } from 'zod';
import { bankProfileSchema } from '../bank-profiles/profile.ts';
import { writtenOut } from './variant.ts';

export interface Mutation {
  profile: string;
  /** `idToken.subject`; of a list with the element, `permissionsNotOffered[ReadPAN]`. */
  path: string;
  from: unknown;
  to: unknown;
  /** JSON merge patch of the profile as it is written out. */
  patch: object;
}

/** What nobody acts on: it is told to readers. */
const toldOnly = new Set(['group', 'brand', 'source', 'environment', 'notes', 'unreliable']);

const elsewhere = 'https://mutant.example/elsewhere';
const schema = z.toJSONSchema(bankProfileSchema, { io: 'output', unrepresentable: 'any' });

export function mutationsOf(profile: string): Mutation[] {
  const source = writtenOut(profile);
  const { group, brand, source: from, organisationId, issuer } = source;
  const usual = bankProfileSchema.parse({ group, brand, source: from, organisationId, issuer });
  return [...changes(source, usual, [])].filter(({ path }) => !toldOnly.has(path.split(/[.[]/)[0] ?? ''));

  function* changes(value: unknown, byDefault: unknown, path: string[]): Generator<Mutation> {
    if (value === undefined || path.join('.') === 'registration.group') return;
    if (Array.isArray(value)) yield* ofList(value, byDefault, path);
    else if (isObject(value)) {
      for (const [name, member] of Object.entries(value))
        yield* changes(member, isObject(byDefault) ? byDefault[name] : undefined, [...path, name]);
    } else yield mutation(path, value, other(value, byDefault, path));
  }

  function* ofList(value: unknown[], byDefault: unknown, path: string[]): Generator<Mutation> {
    if (Array.isArray(byDefault) && byDefault.length > 0) return yield mutation(path, value, byDefault);
    for (const element of value) {
      const rest = value.filter((each) => each !== element);
      const to = rest.length === 0 && byDefault === undefined ? null : rest;
      yield {
        ...mutation(path, value, to),
        path: `${path.join('.')}[${element}]`,
        from: element,
        to: 'left out',
      };
    }
  }

  function mutation(path: string[], was: unknown, to: unknown): Mutation {
    const patch = path.reduceRight<unknown>((below, name) => ({ [name]: below }), to);
    return { profile, path: path.join('.'), from: was, to, patch: patch as object }; // paths are never empty
  }
}

/** Another legal value: the default where it is another one. */
function other(value: unknown, byDefault: unknown, path: string[]): unknown {
  if (byDefault !== undefined && byDefault !== value) return byDefault;
  if (typeof value === 'boolean') return !value;
  const choices = choicesAt(path);
  if (choices !== undefined) return choices.find((choice) => choice !== value);
  if (typeof value !== 'string') return null;
  if (path.at(-1) === 'organisationId') return '0015800000MUTANTXX';
  if (/^[a-z]+:\/\//.test(value)) return value.startsWith('https:') ? elsewhereLike(value) : elsewhere;
  return byDefault === undefined && isOptional(path) ? null : `${value}mutant`;
}

/** Nearly right is the hardest to notice: the same host, another path. */
function elsewhereLike(address: string): string {
  const { pathname } = new URL(address);
  return pathname === '/' ? elsewhere : `${address.replace(/\/$/, '')}-mutant`;
}

function choicesAt(path: string[]): unknown[] | undefined {
  const node = nodeAt(path);
  return Array.isArray(node?.enum) ? node.enum : undefined;
}

function isOptional(path: string[]): boolean {
  const parent = nodeAt(path.slice(0, -1));
  return !(Array.isArray(parent?.required) && parent.required.includes(path.at(-1)));
}

function nodeAt(path: string[]): Record<string, unknown> | undefined {
  let node: unknown = schema;
  for (const name of path) {
    if (!isObject(node)) return undefined;
    node = isObject(node.properties) ? node.properties[name] : node.additionalProperties;
  }
  return isObject(node) ? node : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
