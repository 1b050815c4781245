// Checks what a caller sent and names the fields that do not fit, as the reference does.
import type { z } from 'zod';
import { type FieldErrors, Problem } from './problem.ts';

/** @throws {Problem} `validation-failed`, with the fields */
export function validated<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
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

function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const issue of issues) {
    // A member that must not be there is the field that does not fit, not the object around it.
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    const message = issue.code === 'unrecognized_keys' ? 'is not known here' : issue.message;
    for (const path of paths) {
      const name = fieldName(path);
      errors[name] = [...(errors[name] ?? []), message];
    }
  }
  return errors;
}

/** `Data.Permissions[2]`; `$` is the whole body. */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
  return name === '' ? '$' : name;
}
