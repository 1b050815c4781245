// Every generated file of the standards room, as text by path, so that a test can compare without writing.
import { documentSources, readOriginal } from './documents.ts';
import { publishedText, toPublished } from './published.ts';

const room = 'standards/uk-open-banking';

/** Path within the project → text of each generated file. */
export function generateFiles(originals: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, source] of documentSources) {
    const document = toPublished(readOriginal(originals, source));
    files.set(`${room}/published/${name}.json`, publishedText(document));
  }
  return files;
}
