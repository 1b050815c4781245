// Checks what a caller sent and names the fields that do not fit, as the reference does.
import type { z } from 'zod';
import { type FieldErrors, Problem } from './problem.ts';

/** @throws {Problem} `validation-failed`, with the fields */
export function validated<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value, { error: inWords });
  if (!parsed.success) throw new Problem('validation-failed', { errors: fieldErrors(parsed.error.issues) });
  return parsed.data;
}

/** @throws {Problem} `malformed-json`; what the parser choked on is not repeated */
export function parsedJson(text: string): unknown {
  refuseNullCharacter(escapedNull.test(text));
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed-json');
  }
}

/** Of a member that is given twice the last one counts, as in JSON. */
export function parsedForm(text: string): Record<string, string> {
  const form = Object.fromEntries(new URLSearchParams(text));
  refuseNullCharacter(Object.values(form).some((value) => value.includes('\0')));
  return form;
}

/** `\u0000` behind an even number of backslashes. */
const escapedNull = /(?<!\\)(?:\\\\)*\\u0000/;

/** Postgres keeps every character but one. */
function refuseNullCharacter(found: boolean): void {
  if (found)
    throw new Problem('validation-failed', { errors: { $: ['must not contain the null character'] } });
}

const formats = new Map([
  ['guid', 'a UUID'],
  ['uuid', 'a UUID'],
  ['url', 'a URL'],
  ['datetime', 'a date and time with its offset'],
]);

/** What is said most often, as one would say it of a field; the rest is zod's. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
    case 'invalid_format': {
      const format = formats.get(issue.format);
      return format && `must be ${format}`;
    }
    case 'unrecognized_keys':
      return 'is not known here';
    default:
      return undefined;
  }
}

function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  // A map: a field may be called `__proto__`.
  const errors = new Map<string, string[]>();
  for (const issue of issues) {
    // A member that must not be there is the field that does not fit, not the object around it.
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) {
      const name = fieldName(path);
      errors.set(name, [...(errors.get(name) ?? []), issue.message]);
    }
  }
  return Object.fromEntries(errors);
}

/** `Data.Permissions[2]`; `$` is the whole body. */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return name === '' ? '$' : name;
}
