// Answers made from the published schemas: what a caller gets is v4.0, whatever the bank sent, and keeps all of it.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  errorToVersion4,
  requestToVersion3,
  responseToVersion4,
} from '../../../standards/uk-open-banking/translation/index.ts';
import { waysBack, withoutNothing } from './back-to-version3.ts';
import { deepFreeze } from './deep-freeze.ts';
import { judgeOf, unexcused, unusedExceptions } from './judge.ts';
import { objectsIn } from './objects-in.ts';
import { paymentFamilies, responses } from './operations.ts';
import { PublishedValues } from './published-values.ts';

/**
 * Products are a thousand places each, of which none is translated. The seven families of payments are translated by the same
 * rules, so that each has a share of the runs.
 */
const runsOf = (schema: string) => {
  if (schema === 'OBReadProduct2') return { numRuns: 10 };
  return { numRuns: schema.startsWith('OBWrite') ? 20 : 50 };
};
const documents = ['account-info', 'confirmation-funds', 'payment-initiation'] as const;
const published = new Map(documents.map((document) => [document, new PublishedValues('v3.1', document)]));

function valuesOf(document: (typeof documents)[number], schema: string): fc.Arbitrary<unknown> {
  return published.get(document)?.of(schema) ?? fc.constant(undefined);
}

describe.each(responses)('the answer $schema', ({ operations, document, schema }) => {
  const [operation] = operations;
  const judge3 = judgeOf('v3.1', document, schema);
  const judge4 = judgeOf('v4.0', document, schema);
  const answers = valuesOf(document, schema);
  const runs = runsOf(schema);

  it('validates as v4.0, but for the listed exceptions, for every operation that answers it', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        expect(judge3(answer)).toEqual([]);
        const { body, unknownCodes } = responseToVersion4(operation, deepFreeze(answer));
        expect(unexcused(judge4(body))).toEqual([]);
        expect(unknownCodes.filter(({ code }) => code !== 'UK.Bank.Own')).toEqual([]);
        for (const other of operations.slice(1))
          expect(isDeepStrictEqual(responseToVersion4(other, answer).body, body), other).toBe(true);
      }),
      runs,
    );
  });

  it('keeps members that were never published, and codes that nobody knows, of which it tells', () => {
    fc.assert(
      fc.property(answers, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), (answer, places) => {
        const marked = structuredClone(answer);
        const objects = objectsIn(marked);
        for (const [index, place] of places.entries()) {
          const holder = objects[place % objects.length] ?? {};
          holder[`Unpublished${index}`] = `kept-${index}`;
          for (const name of Object.keys(holder))
            if (/Status$|Type$|Code$/.test(name)) holder[name] = `new-${index}-${name}`;
        }
        const { body, unknownCodes } = responseToVersion4(operation, deepFreeze(marked));
        const text = JSON.stringify(body);
        for (const value of JSON.stringify(marked).match(/"(kept|new)-[^"]*"/g) ?? [])
          expect(text).toContain(value);
        for (const { pointer, code } of unknownCodes) expect(at(marked, pointer)).toBe(code);
      }),
      runs,
    );
  });

  it('never fails, whatever the bank sent', () => {
    fc.assert(
      fc.property(answers, fc.jsonValue(), fc.nat(), (answer, anything, place) => {
        responseToVersion4(operation, anything);
        const broken = structuredClone(answer);
        const objects = objectsIn(broken);
        const holder = objects[place % objects.length] ?? {};
        for (const name of Object.keys(holder)) holder[name] = anything;
        expect(responseToVersion4(operation, deepFreeze(broken)).unknownCodes.length).toBeLessThanOrEqual(20);
      }),
      runs,
    );
  });
});

const reversible = responses.flatMap((family) => {
  const wayBack = waysBack[family.schema];
  return wayBack === undefined ? [] : [{ ...family, wayBack }];
});

describe.each(reversible)('the answer $schema', ({ operations: [operation], document, schema, wayBack }) => {
  it('says all that the bank said', () => {
    fc.assert(
      fc.property(valuesOf(document, schema), (answer) => {
        const back = Object(structuredClone(responseToVersion4(operation, answer).body));
        wayBack(back);
        const expected = Object(structuredClone(answer));
        withoutNothing(expected);
        if (!isDeepStrictEqual(back, expected)) expect(back).toEqual(expected);
      }),
      runsOf(schema),
    );
  });
});

it('the way back is shown for all of account information and confirmation of funds', () => {
  const expected = responses.filter(({ document }) => document !== 'payment-initiation');
  expect(reversible.map(({ schema }) => schema)).toEqual(expected.map(({ schema }) => schema));
});

/** What a JSON pointer points to; no member name here has a character to escape. */
function at(body: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((holder, step) => Object(holder)[step], body);
}

describe.each(paymentFamilies)('the instruction and the risk of a consent: $name', (family) => {
  const answers = valuesOf('payment-initiation', family.consentAnswer);

  it('can be repeated in the order as they were answered: the bank gets its own back', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const consent = Object(responseToVersion4(`get${family.name}Consent`, answer).body);
        const order = { Data: { ConsentId: 'c', Initiation: consent.Data.Initiation }, Risk: consent.Risk };
        const sent = Object(requestToVersion3(`create${family.name}`, order));
        const { Data, Risk } = Object(structuredClone(answer));
        // Where nothing stood beside the purpose, nothing comes back.
        if (Data.Initiation.Purpose !== undefined && isDeepStrictEqual(Data.Initiation.SupplementaryData, {}))
          delete Data.Initiation.SupplementaryData;
        expect(sent.Data.Initiation).toEqual(Data.Initiation);
        expect(sent.Risk).toEqual(Risk);
      }),
      runsOf(family.consentAnswer),
    );
  });
});

describe.each(documents)('a refusal of %s', (document) => {
  it('validates as v4.0, but for the listed exceptions', () => {
    const judge = judgeOf('v4.0', document, 'OBErrorResponse1');
    const refusals = valuesOf(document, 'OBErrorResponse1');
    fc.assert(
      fc.property(refusals, (refusal) => {
        expect(unexcused(judge(errorToVersion4(deepFreeze(refusal))))).toEqual([]);
      }),
      runsOf('OBErrorResponse1'),
    );
  });

  it('never fails, whatever the bank sent', () => {
    fc.assert(fc.property(fc.jsonValue(), (anything) => void errorToVersion4(anything)));
    for (const value of [undefined, '<html>', { Errors: 'none' }, { Errors: [null, 'x', {}] }]) {
      expect(errorToVersion4(value)).toEqual(value);
    }
  });
});

describe('the listed exceptions', () => {
  it('all occur', () => {
    const sampled = { numRuns: 60, seed: 4 };
    for (const { operations, document, schema } of responses) {
      // Nothing of theirs is an exception.
      if (schema === 'OBReadProduct2') continue;
      const judge = judgeOf('v4.0', document, schema);
      for (const answer of fc.sample(valuesOf(document, schema), sampled)) {
        unexcused(judge(responseToVersion4(operations[0], answer).body));
      }
    }
    const judge = judgeOf('v4.0', 'payment-initiation', 'OBErrorResponse1');
    const refusals = valuesOf('payment-initiation', 'OBErrorResponse1');
    for (const refusal of fc.sample(refusals, sampled)) unexcused(judge(errorToVersion4(refusal)));
    expect(unusedExceptions()).toEqual([]);
  });
});
