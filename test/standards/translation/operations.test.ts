// The schemas that the translation is held against are those of the documents, in both versions.
import { expect, it } from 'vitest';
import { catalogue } from '../../../standards/uk-open-banking/catalogue.ts';
import type { Endpoint } from '../../../standards/uk-open-banking/endpoint.ts';
import { answerOf, readPublished, requestOf, type Schema, versions } from '../published-document.ts';
import { type PublishedBody, requests, responses } from './operations.ts';

type Content = Record<string, { schema: Schema }> | undefined;

const endpoints = new Map<string, Endpoint>(Object.entries(catalogue));
const inFamily = ({ document, operations, schema }: PublishedBody) =>
  operations.map((operation) => ({ document, operation, schema }));
const schemasIn = (content: Content) =>
  Object.values(content ?? {}).map(({ schema }) => schema.$ref?.split('/').at(-1));

it.each(versions)('in %s', (version) => {
  for (const [kind, families] of Object.entries({ requests, responses })) {
    for (const { document: name, operation, schema } of families.flatMap(inFamily)) {
      const { path, method, status } = endpoints.get(operation) ?? Object();
      const document = readPublished(`${version}/${name}`);
      const published = document.paths[path]?.[method.toLowerCase()];
      const content =
        kind === 'requests'
          ? requestOf(document, published)?.content
          : published && answerOf(document, published, String(status))?.content;
      expect([operation, ...new Set(schemasIn(content))]).toEqual([operation, schema]);
    }
  }
});
