// What does not fit a schema, in words, with the name that was probably meant.
import { z } from 'zod';
import { nearestName } from './nearest-name.ts';

/** `idToken.subject: Invalid option: expected one of …; did you mean "consent"?`, for instance. */
export function problemsOf(error: z.ZodError, schema: z.ZodType): string[] {
  return error.issues.map((issue) => {
    const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    return `${where}${issue.message}${hint(issue, schema)}`;
  });
}

function hint(issue: z.core.$ZodIssue, schema: z.ZodType): string {
  if (issue.code === 'unrecognized_keys') {
    const known = [...memberNames(z.toJSONSchema(schema, { io: 'input' }))];
    return asQuestion(issue.keys.map((key) => nearestName(key, known)));
  }
  if (issue.code === 'invalid_value' && typeof issue.input === 'string')
    return asQuestion([nearestName(issue.input, issue.values.map(String))]);
  return '';
}

function asQuestion(names: (string | undefined)[]): string {
  const meant = names.flatMap((name) => (name === undefined ? [] : [`"${name}"`]));
  return meant.length === 0 ? '' : `; did you mean ${meant.join(', ')}?`;
}

function* memberNames(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [name, value] of Object.entries(schema)) {
    if (name === 'properties' && typeof value === 'object' && value !== null) yield* Object.keys(value);
    yield* memberNames(value);
  }
}
