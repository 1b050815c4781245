import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corrected, corrections } from '../../standards/uk-open-banking/corrections.ts';
import { operationsOf, requestsOf } from '../../tools/standards/bodies.ts';
import { documentSources, type JsonObject } from '../../tools/standards/documents.ts';
import { generateFiles } from '../../tools/standards/files.ts';
import { toPublished } from '../../tools/standards/published.ts';
import { schemaFiles } from '../../tools/standards/schemas.ts';
import { selectedOperations } from '../../tools/standards/selection.ts';

const project = join(import.meta.dirname, '../..');
const room = 'standards/uk-open-banking';
const originals = process.env.PUBLISHED_SPECIFICATIONS ?? '';

function read(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}
function published(document: string): JsonObject {
  return JSON.parse(read(`${room}/published/${document}.json`));
}
function filesIn(folder: string): string[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(json|ts)$/.test(name))
    .map((name) => `${folder}/${name}`);
}

// The originals are not part of the project: without PUBLISHED_SPECIFICATIONS only what is derived here is compared.
describe('generated files', () => {
  it('schemas follow from the published documents, byte by byte, and no file is left over', () => {
    for (const version of ['v3.1', 'v4.0']) {
      const expected = new Map<string, string>();
      for (const [document, selected] of Object.entries(selectedOperations)) {
        if (!document.startsWith(`${version}/`)) continue;
        const files = schemaFiles(document, corrected(document, published(document)), selected);
        for (const [file, text] of files) expected.set(`${room}/${version}/generated/${file}`, text);
      }
      const present = filesIn(`${room}/${version}/generated`);
      expect(present.sort()).toEqual([...expected.keys()].sort());
      for (const path of present) expect(read(path)).toBe(expected.get(path));
    }
  });

  it.runIf(originals !== '')(
    'are what the originals give, byte by byte (runs when PUBLISHED_SPECIFICATIONS names them)',
    () => {
      const expected = generateFiles(originals);
      for (const [path, text] of expected) expect(read(path)).toBe(text);
      const present = filesIn(`${room}/published`);
      expect(present.sort()).toEqual(
        [...expected.keys()].filter((path) => path.includes('/published/')).sort(),
      );
    },
  );
});

describe('the generator', () => {
  it.each([...documentSources.keys()].filter((name) => !name.startsWith('dcr/')))(
    'can write schemas for every request of %s',
    (document) => {
      const content = corrected(document, published(document));
      const operations = operationsOf(content);
      const files = schemaFiles(document, content, { operations, files: 'requests-and-codes' });
      const text = [...files.values()].join('\n');
      for (const name of requestsOf(content, operations).keys()) {
        expect(text).toContain(`export const ${name.replace(/\W+/g, '_')} = `);
      }
    },
  );

  it('refuses an operation that the document lacks', () => {
    expect(() => requestsOf(published('v4.0/account-info'), ['GET /nothing'])).toThrow('GET /nothing');
  });
});

describe('reduction of an original', () => {
  it('drops prose but keeps members that are merely named like it', () => {
    const document: JsonObject = {
      openapi: '3.0.0',
      info: { title: 'T', version: '1', description: 'prose', license: { name: 'open-licence' } },
      paths: { '/a': { get: { summary: 'prose', tags: ['prose'], operationId: 'GetA', 'x-note': 'prose' } } },
      components: {
        schemas: {
          A: {
            title: 'prose',
            properties: { description: { type: 'string', description: 'prose', example: 'prose' } },
            required: ['description'],
            'x-namespaced-enum': ['UK.OBIE.A'],
          },
        },
        securitySchemes: { S: { flows: { clientCredentials: { scopes: { accounts: 'prose' } } } } },
      },
    };
    expect(toPublished(document)).toEqual({
      openapi: '3.0.0',
      info: { title: 'T', version: '1', license: { name: 'open-licence' } },
      paths: { '/a': { get: { operationId: 'GetA' } } },
      components: {
        schemas: {
          A: {
            properties: { description: { type: 'string' } },
            required: ['description'],
            'x-namespaced-enum': ['UK.OBIE.A'],
          },
        },
        securitySchemes: { S: { flows: { clientCredentials: { scopes: { accounts: '' } } } } },
      },
    });
  });
});

describe('corrections', () => {
  it('each change their document', () => {
    for (const { document, at } of corrections) {
      const valueIn = (content: unknown) => at.reduce<unknown>((node, key) => Object(node)[key], content);
      const original = published(document);
      expect(valueIn(corrected(document, original))).not.toEqual(valueIn(original));
    }
  });

  it('complain when the place is gone, so that a mended document is noticed', () => {
    expect(() => corrected('v4.0/account-info', { components: {} })).toThrow('nothing to correct');
  });
});
