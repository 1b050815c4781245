// What the translation of one operation is made of.
import type { Spelling } from './risk.ts';
import { type Translate, unchanged } from './translate.ts';

export interface Translation {
  /** To v3.1. */
  request: (spelling: Spelling) => Translate;
  /** To v4.0. */
  response: Translate;
}

/** Where only the answer differs between the versions. */
export const answered = (response: Translate): Translation => ({ request: () => unchanged, response });
