// Answers made from the published schemas: what a caller gets is v4.0, whatever the bank sent, and keeps all of it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  errorToVersion4,
  requestToVersion3,
  responseToVersion4,
} from '../../../standards/uk-open-banking/translation/index.ts';
import { deepFreeze } from './deep-freeze.ts';
import { judgeOf, unexcused, unusedExceptions } from './judge.ts';
import { responses } from './operations.ts';
import { PublishedValues } from './published-values.ts';

const runs = { numRuns: 150 };

describe.each(responses)('the answer of $operation', ({ operation, document, schema }) => {
  const judge3 = judgeOf('v3.1', document, schema);
  const judge4 = judgeOf('v4.0', document, schema);
  const answers = new PublishedValues('v3.1', document).of(schema);

  it('validates as v4.0, but for the listed exceptions', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        expect(judge3(answer)).toEqual([]);
        expect(unexcused(judge4(responseToVersion4(operation, deepFreeze(answer))))).toEqual([]);
      }),
      runs,
    );
  });

  it('keeps every member that was never published, and does not stop at codes that nobody knows', () => {
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
        const text = JSON.stringify(responseToVersion4(operation, deepFreeze(marked)));
        for (const value of JSON.stringify(marked).match(/"(kept|new)-[^"]*"/g) ?? [])
          expect(text).toContain(value);
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
        responseToVersion4(operation, broken);
      }),
      runs,
    );
  });
});

describe('the instruction and the risk of a consent', () => {
  const answers = new PublishedValues('v3.1', 'payment-initiation').of('OBWriteDomesticConsentResponse5');

  it('can be repeated in the payment as they were answered: the bank gets its own back', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const consent = Object(responseToVersion4('getDomesticPaymentConsent', answer));
        const payment = { Data: { ConsentId: 'c', Initiation: consent.Data.Initiation }, Risk: consent.Risk };
        const sent = Object(requestToVersion3('createDomesticPayment', payment));
        expect(sent.Data.Initiation).toEqual(Object(answer).Data.Initiation);
        expect(sent.Risk).toEqual(Object(answer).Risk);
      }),
      runs,
    );
  });
});

describe.each(['account-info', 'payment-initiation', 'confirmation-funds'])('a refusal of %s', (document) => {
  it('validates as v4.0, but for the listed exceptions', () => {
    const judge = judgeOf('v4.0', document, 'OBErrorResponse1');
    const refusals = new PublishedValues('v3.1', document).of('OBErrorResponse1');
    fc.assert(
      fc.property(refusals, (refusal) => {
        expect(unexcused(judge(errorToVersion4(deepFreeze(refusal))))).toEqual([]);
      }),
      runs,
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
    const sampled = { numRuns: 300, seed: 4 };
    for (const { operation, document, schema } of responses) {
      const judge = judgeOf('v4.0', document, schema);
      for (const answer of fc.sample(new PublishedValues('v3.1', document).of(schema), sampled)) {
        unexcused(judge(responseToVersion4(operation, answer)));
      }
    }
    const judge = judgeOf('v4.0', 'payment-initiation', 'OBErrorResponse1');
    const refusals = new PublishedValues('v3.1', 'payment-initiation').of('OBErrorResponse1');
    for (const refusal of fc.sample(refusals, sampled)) unexcused(judge(errorToVersion4(refusal)));
    expect(unusedExceptions()).toEqual([]);
  });
});

function objectsIn(node: unknown): Record<string, unknown>[] {
  if (typeof node !== 'object' || node === null) return [];
  const inside = Object.values(node).flatMap(objectsIn);
  return Array.isArray(node) ? inside : [Object(node), ...inside];
}
