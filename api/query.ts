// The query of a request, where each of its parameters counts.
import type { Context } from 'hono';
import type { z } from 'zod';
import { Problem } from './problem.ts';
import { validated } from './validation.ts';

/** @throws {Problem} `validation-failed`, naming what is unknown, malformed or given more than once */
export function queryOf<Schema extends z.ZodObject>(c: Context, schema: Schema): z.output<Schema> {
  const errors = new Map<string, string[]>();
  const given = new Map<string, string>();
  for (const [name, value] of new URL(c.req.url).searchParams) {
    if (given.has(name)) errors.set(name, ['must not be given more than once']);
    // Postgres keeps every character but one.
    else if (value.includes('\0')) errors.set(name, ['must not contain the null character']);
    given.set(name, value);
  }
  if (errors.size > 0) throw new Problem('validation-failed', { errors: Object.fromEntries(errors) });
  return validated(schema, Object.fromEntries(given));
}
