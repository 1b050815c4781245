// Requests made from the published schemas: what goes out is v3.1, says the same, and what cannot is refused.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CannotTranslate, requestToVersion3 } from '../../../standards/uk-open-banking/translation/index.ts';
import { backToVersion4, lessNamedLosses } from './back-to-version4.ts';
import { deepFreeze } from './deep-freeze.ts';
import { judgeOf } from './judge.ts';
import { translatable, withoutForm } from './narrowed.ts';
import { objectsIn } from './objects-in.ts';
import { paymentFamilies, requests } from './operations.ts';
import { PublishedValues } from './published-values.ts';

/** The families of payments are translated by the same rules, so that each has a share of the runs. */
const runs = { numRuns: 30 };

describe.each(requests)('the request $schema', ({ operations: [operation], document, schema }) => {
  const judge3 = judgeOf('v3.1', document, schema);
  const judge4 = judgeOf('v4.0', document, schema);
  const fitting = new PublishedValues('v4.0', document, translatable(schema)).of(schema);
  const any = new PublishedValues('v4.0', document).of(schema);

  it('is never refused when v3.1 has a form for it, and validates there', () => {
    fc.assert(
      fc.property(fitting, (request) => {
        expect(judge4(request)).toEqual([]);
        expect(judge3(requestToVersion3(operation, deepFreeze(request)))).toEqual([]);
      }),
      runs,
    );
  });

  it('comes back the same, but for the named losses', () => {
    fc.assert(
      fc.property(fitting, (request) => {
        const back = backToVersion4(requestToVersion3(operation, request));
        expect(back).toEqual(lessNamedLosses(request));
      }),
      runs,
    );
  });

  it('is translated or refused, whatever it is, and fails in no other way', () => {
    fc.assert(
      fc.property(any, fc.jsonValue(), fc.nat(), (request, anything, place) => {
        const broken = structuredClone(request);
        const objects = objectsIn(broken);
        const holder = objects[place % objects.length] ?? {};
        for (const name of Object.keys(holder)) holder[name] = anything;
        for (const body of [anything, broken]) {
          try {
            requestToVersion3(operation, deepFreeze(body));
          } catch (error) {
            expect(error).toBeInstanceOf(CannotTranslate);
          }
        }
      }),
      runs,
    );
  });

  it('is refused or says all that it said', () => {
    fc.assert(
      fc.property(any, (request) => {
        let sent: unknown;
        try {
          sent = requestToVersion3(operation, deepFreeze(request));
        } catch (error) {
          expect(error).toBeInstanceOf(CannotTranslate);
          return;
        }
        expect(judge3(sent)).toEqual([]);
        expect(backToVersion4(sent)).toEqual(lessNamedLosses(request));
      }),
      runs,
    );
  });
});

describe.each(paymentFamilies)('an order: $name', ({ name, order }) => {
  const orders = new PublishedValues('v4.0', 'payment-initiation', translatable(order)).of(order);

  it('repeats the instruction and the risk of its consent, byte for byte', () => {
    fc.assert(
      fc.property(orders, fc.constantFrom('correct', 'misspelt'), (asked, contractPresentIndicator) => {
        const { Data, Risk } = Object(asked);
        const { Initiation } = Data;
        const consent = { Risk, Data: { ReadRefundAccount: 'Yes', Initiation: structuredClone(Initiation) } };
        const options = { contractPresentIndicator } as const;
        const sent = Object(requestToVersion3(`create${name}`, asked, options));
        const agreed = Object(requestToVersion3(`create${name}Consent`, consent, options));
        expect(JSON.stringify(sent.Data.Initiation)).toBe(JSON.stringify(agreed.Data.Initiation));
        expect(JSON.stringify(sent.Risk)).toBe(JSON.stringify(agreed.Risk));
      }),
      runs,
    );
  });
});

const remittance = 'Data.Initiation.RemittanceInformation';
const reference = `${remittance}.Structured[].CreditorReferenceInformation`;
const remittanceOtherForm = [
  `${remittance}.Structured`,
  `${remittance}.Structured[]`,
  reference,
  `${reference}.Code`,
  `${reference}.Reference`,
];
const riskOtherForm = ['Risk.ContractPresentIndicator', 'Risk.DeliveryAddress.AddressType'];
const mandate = 'Data.Initiation.MandateRelatedInformation';
const standingOrdersOtherForm = [
  ...remittanceOtherForm,
  ...riskOtherForm,
  remittance,
  mandate,
  ...['', '.Type', '.CountPerPeriod', '.PointInTime'].map((name) => `${mandate}.Frequency${name}`),
  `${mandate}.FirstPaymentDateTime`,
  `${mandate}.FinalPaymentDateTime`,
];
const filesOtherForm = [...remittanceOtherForm, `${remittance}.Unstructured[]`];
const paymentsOtherForm = [...filesOtherForm, ...riskOtherForm];
const otherForms: Record<string, string[]> = {
  DomesticStandingOrder: [...standingOrdersOtherForm, `${mandate}.RecurringPaymentDateTime`],
  InternationalStandingOrder: standingOrdersOtherForm,
  FilePayment: filesOtherForm,
};
const otherForm = Object.fromEntries(
  paymentFamilies.flatMap(({ name, consent, order }) =>
    [consent, order].map((schema) => [schema, otherForms[name] ?? paymentsOtherForm]),
  ),
);

describe.each(requests)('members of $schema that v3.1 lacks', ({ document, schema }) => {
  /** `Data.Initiation.RemittanceInformation.Structured[].Invoicer` and the like, as far as v3.1 has the object around. */
  function membersOf(version: 'v3.1' | 'v4.0'): Set<string> {
    const places = new Set<string>();
    const values = new PublishedValues(version, document, (path, member) => {
      places.add(path);
      return member;
    });
    values.of(schema);
    return places;
  }

  it('are the ones that these tests narrow away, and those that have another form', () => {
    const old = membersOf('v3.1');
    const lacking = withoutForm[schema] ?? [];
    const inside = (path: string) =>
      lacking.some((outer) => path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`));
    const added = [...membersOf('v4.0')].filter((path) => !old.has(path) && !inside(path));
    expect(old.size).toBeGreaterThan(2);
    expect(added.toSorted()).toEqual([...lacking, ...(otherForm[schema] ?? [])].toSorted());
  });
});
