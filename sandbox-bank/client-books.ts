// The clients of brands that register together: one journal for each group, so that a client of one brand is every brand's.
import { join } from 'node:path';
import type { Personality } from './personalities/personality.ts';
import { Journal } from './resources/journal.ts';

export class ClientBooks {
  readonly #folder: string;
  readonly #journals = new Map<string, Journal>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Nothing for a bank that keeps its clients to itself. */
  of({ registrationGroup }: Personality): Journal | undefined {
    if (registrationGroup === undefined) return undefined;
    const journal =
      this.#journals.get(registrationGroup) ?? new Journal(join(this.#folder, `${registrationGroup}.jsonl`));
    this.#journals.set(registrationGroup, journal);
    return journal;
  }
}
