// Regenerates the data of the standards room from the published OpenAPI documents: `npm run generate`.
//
// PUBLISHED_SPECIFICATIONS names the folder of originals: `v3.1.11/` and `v4.0/` with the six documents each of
// OpenBankingUK/read-write-api-specs, `dcr/` with that of OpenBankingUK/client-registration-api-specs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateFiles } from './standards/files.ts';

const originals = process.env.PUBLISHED_SPECIFICATIONS;
if (originals === undefined || originals === '') {
  process.stderr.write('PUBLISHED_SPECIFICATIONS must name the folder of the published OpenAPI documents\n');
  process.exit(2);
}

const files = generateFiles(originals);
for (const [path, text] of files) {
  const target = join(import.meta.dirname, '..', path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}
process.stdout.write(`${files.size} files written\n`);
