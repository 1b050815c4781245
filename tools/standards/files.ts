// Every generated file of the standards room, as text by path, so that a test can compare without writing.
import { corrected } from '../../standards/uk-open-banking/corrections.ts';
import { documentSources, readOriginal } from './documents.ts';
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
    const selected = selectedOperations[document];
    if (selected === undefined) continue;
    for (const [file, text] of schemaFiles(document, corrected(document, published), selected)) {
      files.set(`${room}/${document.split('/')[0]}/generated/${file}`, text);
    }
  }
  return files;
}
