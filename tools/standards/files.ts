// Every generated file of the standards room, as text by path, so that a test can compare without writing.
import { documentSources, readOriginal } from './documents.ts';
import { corrected } from './overlay.ts';
import { publishedText, toPublished } from './published.ts';
import { schemaFiles } from './schemas.ts';
import { selectedOperations } from './selection.ts';

const room = 'standards/uk-open-banking';

/** Path within the project → text of each generated file. */
export function generateFiles(originals: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [document, source] of documentSources) {
    const published = toPublished(readOriginal(originals, source));
    files.set(`${room}/published/${document}.json`, publishedText(published));
    const [version = '', name = ''] = document.split('/');
    const operations = selectedOperations[name];
    if (operations === undefined) continue;
    for (const [file, text] of schemaFiles(document, corrected(document, published), operations)) {
      files.set(`${room}/${version}/generated/${file}`, text);
    }
  }
  return files;
}
