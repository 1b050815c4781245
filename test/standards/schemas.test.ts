// The generated schemas against an independent validator of the published documents: they accept and refuse alike.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import type { ApiVersion } from '../../standards/uk-open-banking/endpoint.ts';
import { paymentInitiation } from '../../standards/uk-open-banking/payment-initiation.ts';
import { validatorOf, versions } from './published-document.ts';
import * as sample from './sample-bodies.ts';

type Bodies = Record<ApiVersion, z.ZodType>;
const { createAccountAccessConsent, getAccounts, getAccountBalances, getAccountTransactions } =
  accountInformation;
const { createDomesticPaymentConsent, createDomesticPayment, getDomesticPaymentFundsConfirmation } =
  paymentInitiation;

const requests: [string, Bodies, (version: ApiVersion) => unknown][] = [
  ['account-info OBReadConsent1', createAccountAccessConsent.request, sample.accountConsentRequest],
  [
    'payment-initiation OBWriteDomesticConsent4',
    createDomesticPaymentConsent.request,
    sample.paymentConsentRequest,
  ],
  ['payment-initiation OBWriteDomestic2', createDomesticPayment.request, sample.paymentRequest],
];
const responses: [string, Bodies, (version: ApiVersion) => unknown][] = [
  ['account-info OBReadConsentResponse1', createAccountAccessConsent.response, sample.accountConsentResponse],
  ['account-info OBReadAccount6', getAccounts.response, sample.accounts],
  ['account-info OBReadBalance1', getAccountBalances.response, sample.balances],
  ['account-info OBReadTransaction6', getAccountTransactions.response, sample.transactions],
  [
    'payment-initiation OBWriteDomesticConsentResponse5',
    createDomesticPaymentConsent.response,
    sample.paymentConsentResponse,
  ],
  ['payment-initiation OBWriteDomesticResponse5', createDomesticPayment.response, sample.payment],
  [
    'payment-initiation OBWriteFundsConfirmationResponse1',
    getDomesticPaymentFundsConfirmation.response,
    sample.fundsConfirmation,
  ],
];
const cases = versions.flatMap((version) => [
  ...requests.map(([name, bodies, body]) => ({
    version,
    name,
    schema: bodies[version],
    body,
    lenient: false,
  })),
  ...responses.map(([name, bodies, body]) => ({
    version,
    name,
    schema: bodies[version],
    body,
    lenient: true,
  })),
]);

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

describe.each(cases)('$version $name', ({ version, name, schema, body, lenient }) => {
  const [document = '', published = ''] = name.split(' ');
  const judge = validatorOf(`${version}/${document}`, published, lenient);
  const strictJudge = validatorOf(`${version}/${document}`, published);

  it('accepts a body that the document allows', () => {
    expect(strictJudge(body(version))).toBe(true);
    expect(schema.safeParse(body(version)).error).toBeUndefined();
  });

  it('agrees with the document on mutated bodies', () => {
    const outcomes = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), (mutations) => {
        const mutated = structuredClone(body(version));
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

describe('leniency', () => {
  it('lets an answer hold members and codes that were published later, and keeps them', () => {
    const answer = structuredClone(sample.payment('v4.0'));
    Object.assign(answer.Data, { Status: 'NEWC', Novelty: { a: 1 } });
    expect(createDomesticPayment.response['v4.0'].parse(answer)).toEqual(answer);
  });

  it('refuses unknown members and codes in what is sent', () => {
    const schema = createDomesticPaymentConsent.request['v4.0'];
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
    expect(createDomesticPaymentConsent.request['v4.0'].safeParse(body).success).toBe(true);
  });
});
