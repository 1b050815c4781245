// Every operation of the published documents on accounts, payments and funds is served, on both versions, and nothing that is not.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operations } from '../../sandbox-bank/resources/operations.ts';

const published = {
  aisp: 'account-info',
  pisp: 'payment-initiation',
  cbpii: 'confirmation-funds',
} as const;
const counts = { aisp: 29, pisp: 41, cbpii: 4 };
const cases = (['v3.1', 'v4.0'] as const).flatMap((version) =>
  (['aisp', 'pisp', 'cbpii'] as const).map((group) => ({ version, group })),
);

it.each(cases)('$group of $version', ({ version, group }) => {
  const place = `../../standards/uk-open-banking/published/${version}/${published[group]}.json`;
  const { paths } = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8')) as {
    paths: Record<string, Record<string, unknown>>;
  };
  const stated = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(stated).toHaveLength(counts[group]);
  const own = operations.filter((one) => one.group === group && one.isServed === undefined);
  expect(own.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(stated.sort());
});
