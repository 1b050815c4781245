// The profiles that a process works with: those of the connector, and over them those of a folder, read again when its
// files change. A change that does not fit is told and left alone: what was good before goes on to count.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { builtInBook, type ProfileBook, profileBook } from './book.ts';
import { builtInProfiles } from './built-in.ts';
import { ownProfileFiles, type ProfilesRefused, readOwnProfiles } from './read-own-profiles.ts';

export interface ProfileBookOptions {
  /** Undefined: the profiles of the connector alone. */
  folder: string | undefined;
  /** Told once of every change that does not fit. */
  onRefused?: (error: ProfilesRefused) => void;
  /** How often the folder is looked at, at most. */
  lookEveryMs?: number;
}

/** @throws {ProfilesRefused} when the folder or one of its files does not fit at the start */
export function openProfileBook({ folder, onRefused, lookEveryMs = 1_000 }: ProfileBookOptions): ProfileBook {
  if (folder === undefined) return builtInBook;
  const own = folder;
  let book = read();
  let stamp = stampOf(own);
  let lookedAt = performance.now();

  function current(): ProfileBook {
    if (performance.now() - lookedAt < lookEveryMs) return book;
    lookedAt = performance.now();
    try {
      const now = stampOf(own);
      if (now === stamp) return book;
      stamp = now;
      book = read();
    } catch (error) {
      onRefused?.(error as ProfilesRefused); // the one error that reading throws
    }
    return book;
  }

  function read(): ProfileBook {
    return profileBook(new Map([...builtInProfiles, ...readOwnProfiles(own)]));
  }

  return { names: () => current().names(), find: (name) => current().find(name) };
}

function stampOf(folder: string): string {
  return ownProfileFiles(folder)
    .map((file) => {
      const { mtimeMs, size } = statSync(join(folder, file));
      return `${file} ${mtimeMs} ${size}`;
    })
    .join('\n');
}
