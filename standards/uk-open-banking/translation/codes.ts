// Code lists of v3.1 against those of v4.0. A code that is in no list goes on as it came: banks publish codes of their own,
// and one unknown code must not cost the customer the whole answer.
import type { Translate } from './translate.ts';

export type CodeOf = (code: string) => string | undefined;

export function codeList(codes: Record<string, string>): CodeOf {
  const known = new Map(Object.entries(codes));
  return (code) => known.get(code);
}

export function coded(codeOf: CodeOf): Translate {
  return (value) => (typeof value === 'string' ? (codeOf(value) ?? value) : value);
}
