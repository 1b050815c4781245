// The generated schemas against an independent validator of the published documents: they accept and refuse alike.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBReadConsent1 } from '../../standards/uk-open-banking/v4.0/generated/account-info.requests.ts';
import {
  OBFundsConfirmation1,
  OBFundsConfirmationConsent1,
} from '../../standards/uk-open-banking/v4.0/generated/confirmation-funds.requests.ts';
import * as payments from '../../standards/uk-open-banking/v4.0/generated/payment-initiation.requests.ts';
import { validatorOf } from './published-document.ts';
import * as sample from './sample-bodies.ts';
import { PublishedValues } from './translation/published-values.ts';

const { OBWriteDomestic2, OBWriteDomesticConsent4 } = payments;

const cases = [
  { name: 'v4.0/account-info OBReadConsent1', schema: OBReadConsent1, body: sample.accountConsentRequest },
  {
    name: 'v4.0/payment-initiation OBWriteDomesticConsent4',
    schema: OBWriteDomesticConsent4,
    body: sample.paymentConsentRequest,
  },
  { name: 'v4.0/payment-initiation OBWriteDomestic2', schema: OBWriteDomestic2, body: sample.paymentRequest },
  {
    name: 'v4.0/confirmation-funds OBFundsConfirmationConsent1',
    schema: OBFundsConfirmationConsent1,
    body: sample.fundsConsentRequest,
  },
  {
    name: 'v4.0/confirmation-funds OBFundsConfirmation1',
    schema: OBFundsConfirmation1,
    body: sample.fundsQuestion,
  },
];

/** Every object and array member of a body, as the holder and the key of each. */
function placesIn(node: unknown): { holder: Record<string, unknown>; key: string }[] {
  if (typeof node !== 'object' || node === null) return [];
  const holder = node as Record<string, unknown>; // any object can be read by its keys
  return Object.entries(holder).flatMap(([key, value]) => [{ holder, key }, ...placesIn(value)]);
}

const replacements = fc.constantFrom<unknown>(
  '',
  'x',
  'ZZZZ',
  'x'.repeat(36),
  'x'.repeat(141),
  'x'.repeat(600),
  '10.00',
  '-1',
  '10.123456',
  'gbp',
  '2026-02-30T00:00:00Z',
  '2026-02-20T00:00:00',
  '2026-02-20T00:00:00.5+01:00',
  'UK.OBIE.IBAN',
  null,
  true,
  0,
  1.5,
  2 ** 40,
  [],
  {},
);
const mutation = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom('remove', 'replace', 'add', 'repeat'),
  value: replacements,
});
type Mutation = typeof mutation extends fc.Arbitrary<infer M> ? M : never;

function mutate(body: unknown, { place, kind, value }: Mutation): void {
  const places = placesIn(body);
  const target = places[place % places.length];
  if (target === undefined) return;
  const { holder, key } = target;
  if (kind === 'add') holder.Unpublished = value;
  else if (kind === 'remove' && !Array.isArray(holder)) delete holder[key];
  else if (kind === 'repeat' && Array.isArray(holder)) holder.push(...Array(8).fill(holder[0]));
  else holder[key] = value;
}

describe.each(cases)('$name', ({ name, schema, body }) => {
  const [document = '', published = ''] = name.split(' ');
  const judge = validatorOf(document, published);

  it('accepts a body that the document allows', () => {
    expect(judge(body('v4.0'))).toBe(true);
    expect(schema.safeParse(body('v4.0')).error).toBeUndefined();
  });

  it('agrees with the document on mutated bodies', () => {
    const outcomes = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
        const mutated = structuredClone(body('v4.0'));
        for (const one of mutations) mutate(mutated, one);
        const allowed = judge(mutated);
        outcomes[allowed ? 'accepted' : 'refused'] += 1;
        expect(schema.safeParse(mutated).success).toBe(allowed);
      }),
      { numRuns: 400 },
    );
    expect(outcomes.accepted).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  });
});

const otherPayments = {
  OBWriteDomesticScheduledConsent4: payments.OBWriteDomesticScheduledConsent4,
  OBWriteDomesticScheduled2: payments.OBWriteDomesticScheduled2,
  OBWriteDomesticStandingOrderConsent5: payments.OBWriteDomesticStandingOrderConsent5,
  OBWriteDomesticStandingOrder3: payments.OBWriteDomesticStandingOrder3,
  OBWriteInternationalConsent5: payments.OBWriteInternationalConsent5,
  OBWriteInternational3: payments.OBWriteInternational3,
  OBWriteInternationalScheduledConsent5: payments.OBWriteInternationalScheduledConsent5,
  OBWriteInternationalScheduled3: payments.OBWriteInternationalScheduled3,
  OBWriteInternationalStandingOrderConsent6: payments.OBWriteInternationalStandingOrderConsent6,
  OBWriteInternationalStandingOrder4: payments.OBWriteInternationalStandingOrder4,
  OBWriteFileConsent3: payments.OBWriteFileConsent3,
  OBWriteFile2: payments.OBWriteFile2,
};

describe.each(Object.entries(otherPayments))('v4.0/payment-initiation %s', (name, schema) => {
  const judge = validatorOf('v4.0/payment-initiation', name);
  const bodies = new PublishedValues('v4.0', 'payment-initiation').of(name);

  it('accepts what the document allows, and agrees with it on mutations of that', () => {
    fc.assert(
      fc.property(bodies, fc.array(mutation, { minLength: 1, maxLength: 2 }), (body, mutations) => {
        expect(schema.safeParse(body).error).toBeUndefined();
        const mutated = structuredClone(body);
        for (const one of mutations) mutate(mutated, one);
        expect(schema.safeParse(mutated).success).toBe(judge(mutated));
      }),
      { numRuns: 25 },
    );
  });
});

describe('strictness', () => {
  it('refuses unknown members and codes in what is sent', () => {
    const schema = OBWriteDomesticConsent4;
    const body = sample.paymentConsentRequest('v4.0');
    expect(schema.safeParse({ ...body, Novelty: 1 }).success).toBe(false);
    expect(schema.safeParse({ ...body, Data: { ...body.Data, ReadRefundAccount: 'Maybe' } }).success).toBe(
      false,
    );
  });

  it('passes ISO legal entity identifiers that the published pattern wrongly refuses', () => {
    const body = sample.paymentConsentRequest('v4.0');
    Object.assign(body.Data.Initiation, { UltimateDebtor: { LEI: '7H6GLXDRUGQFU57RNE97' } });
    expect(validatorOf('v4.0/payment-initiation', 'OBWriteDomesticConsent4')(body)).toBe(false);
    expect(OBWriteDomesticConsent4.safeParse(body).success).toBe(true);
  });
});
