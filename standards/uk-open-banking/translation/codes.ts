// Code lists of v3.1 against those of v4.0. A code that is in no list goes on as it came, and the caller is told: banks
// publish codes of their own, and send those of v4.0 early.
import type { Translate } from './translate.ts';

/** Undefined for a code that is in no list. */
export type CodeOf = (code: string) => string | undefined;

/** @param alsoCurrent codes of v4.0 that none of v3.1 becomes */
export function codeList(codes: Record<string, string>, ...alsoCurrent: string[]): CodeOf {
  const current = [...Object.values(codes), ...alsoCurrent];
  const known = new Map([...current.map((code) => [code, code] as const), ...Object.entries(codes)]);
  return (code) => known.get(code);
}

export function coded(codeOf: CodeOf): Translate {
  return (value, walk) => (typeof value === 'string' ? (codeOf(value) ?? walk.unknown(value)) : value);
}
