// What is sent to a bank on v3.1, and what is refused because it cannot be, by example.
import { describe, expect, it } from 'vitest';
import { accountInformation } from '../../../standards/uk-open-banking/account-information.ts';
import { catalogue } from '../../../standards/uk-open-banking/catalogue.ts';
import { confirmationOfFunds } from '../../../standards/uk-open-banking/confirmation-of-funds.ts';
import { paymentInitiation } from '../../../standards/uk-open-banking/payment-initiation.ts';
import {
  CannotTranslate,
  canTranslate,
  requestToVersion3,
  responseToVersion4,
} from '../../../standards/uk-open-banking/translation/index.ts';
import * as sample from '../sample-bodies.ts';
import { deepFreeze } from './deep-freeze.ts';
import { withoutForm } from './narrowed.ts';
import { requests, responses, withoutBody } from './operations.ts';

const both = ['createDomesticPaymentConsent', 'createDomesticPayment'];

describe.each(both)('the request of %s', (operation) => {
  const send = (body: object, options = {}) =>
    Object(requestToVersion3(operation, deepFreeze(body), options));
  const initiation = (Initiation: object) => send({ Data: { Initiation } }).Data.Initiation;
  const risk = (Risk: object, options = {}) => send({ Data: {}, Risk }, options).Risk;

  function refusal(body: object): CannotTranslate {
    try {
      send(body);
    } catch (error) {
      if (error instanceof CannotTranslate) return error;
    }
    throw new Error('was not refused');
  }

  it.each<[string, object]>([
    ['UltimateDebtor', { UltimateDebtor: { Name: 'secret' } }],
    ['UltimateCreditor', { UltimateCreditor: { Name: 'secret' } }],
    ['RegulatoryReporting', { RegulatoryReporting: [{ DebitCreditReportingIndicator: 'CRED' }] }],
    ['CreditorAgent', { CreditorAgent: { Identification: 'secret' } }],
    ['DebtorAccount.Proxy', { DebtorAccount: { Proxy: { Code: 'TELE', Identification: 'secret' } } }],
    ['CreditorAccount.Proxy', { CreditorAccount: { Proxy: { Code: 'TELE', Identification: 'secret' } } }],
    ['CreditorPostalAddress.UnitNumber', { CreditorPostalAddress: { UnitNumber: 'secret' } }],
    ['CreditorPostalAddress.StreetName', { CreditorPostalAddress: { StreetName: 'secret'.repeat(12) } }],
    ['CreditorPostalAddress.TownName', { CreditorPostalAddress: { TownName: 'secret'.repeat(6) } }],
    ['RemittanceInformation.Structured', { RemittanceInformation: { Structured: [{}, {}] } }],
    [
      'RemittanceInformation.Structured[0].Invoicer',
      { RemittanceInformation: { Structured: [{ Invoicer: 'secret' }] } },
    ],
    [
      'RemittanceInformation.Structured[0].CreditorReferenceInformation.Issuer',
      { RemittanceInformation: { Structured: [{ CreditorReferenceInformation: { Issuer: 'secret' } }] } },
    ],
    [
      'RemittanceInformation.Structured[0].CreditorReferenceInformation.Code',
      { RemittanceInformation: { Structured: [{ CreditorReferenceInformation: { Code: 'PUOR' } }] } },
    ],
    [
      'RemittanceInformation.Unstructured',
      { RemittanceInformation: { Unstructured: ['secret'.repeat(20), 'secret'.repeat(4)] } },
    ],
  ])('is refused for %s of the instruction, without telling its value', (path, Initiation) => {
    const { path: refused, message, reason } = refusal({ Data: { Initiation } });
    expect(refused).toBe(`Data.Initiation.${path}`);
    expect(message).toBe(`Data.Initiation.${path} cannot be sent to a bank on v3.1: ${reason}.`);
    expect(message).not.toContain('secret');
  });

  const there = { TownName: 'London', Country: 'GB' };

  it.each<[string, object]>([
    ['CategoryPurposeCode', { CategoryPurposeCode: 'CASH' }],
    ['ContractPresentInidicator', { ContractPresentIndicator: true, ContractPresentInidicator: false }],
    ['DeliveryAddress.TownName', { DeliveryAddress: { Country: 'GB' } }],
    ['DeliveryAddress.Country', { DeliveryAddress: { TownName: 'London' } }],
    ['DeliveryAddress.TownName', { DeliveryAddress: { ...there, TownName: 'secret'.repeat(6) } }],
    ['DeliveryAddress.StreetName', { DeliveryAddress: { ...there, StreetName: 'secret'.repeat(12) } }],
    ['DeliveryAddress.AddressLine', { DeliveryAddress: { ...there, AddressLine: ['a', 'b', 'secret'] } }],
    ['DeliveryAddress.AddressType', { DeliveryAddress: { ...there, AddressType: 'HOME' } }],
    ['DeliveryAddress.Department', { DeliveryAddress: { ...there, Department: 'secret' } }],
    ['DeliveryAddress.Floor', { DeliveryAddress: { ...there, Floor: 'secret' } }],
  ])('is refused for %s of the risk, without telling its value', (path, Risk) => {
    const { path: refused, message } = refusal({ Data: {}, Risk });
    expect(refused).toBe(`Risk.${path}`);
    expect(message).not.toContain('secret');
  });

  it('carries one creditor reference and the texts, joined', () => {
    const RemittanceInformation = {
      Structured: [{ CreditorReferenceInformation: { Code: 'SCOR', Reference: 'FRESCO-101' } }],
      Unstructured: ['Invoice 7', 'May'],
    };
    expect(initiation({ RemittanceInformation })).toEqual({
      RemittanceInformation: { Reference: 'FRESCO-101', Unstructured: 'Invoice 7 May' },
    });
  });

  it('carries a text as long as v3.1 allows, counted in characters', () => {
    const text = '😀'.repeat(140);
    const sent = initiation({ RemittanceInformation: { Unstructured: [text] } });
    expect(sent).toEqual({ RemittanceInformation: { Unstructured: text } });
    expect(
      refusal({ Data: { Initiation: { RemittanceInformation: { Unstructured: [`${text}x`] } } } }).reason,
    ).toBe('v3.1 takes at most 140 characters there');
  });

  it('leaves out remittance lists that are empty', () => {
    expect(initiation({ RemittanceInformation: { Structured: [], Unstructured: [] } })).toEqual({
      RemittanceInformation: {},
    });
  });

  it.each([
    ['BIZZ', 'Business'],
    ['CORR', 'Correspondence'],
    ['DLVY', 'DeliveryTo'],
    ['MLTO', 'MailTo'],
    ['PBOX', 'POBox'],
    ['ADDR', 'Postal'],
    ['HOME', 'Residential'],
    ['STAT', 'Statement'],
  ])("calls the creditor's address %s %s", (code, name) => {
    expect(initiation({ CreditorPostalAddress: { AddressType: code } })).toEqual({
      CreditorPostalAddress: { AddressType: name },
    });
  });

  it('has a delivery address as v3.1 knows it', () => {
    const DeliveryAddress = { AddressLine: ['1 High Street', 'Flat 2'], ...there, PostCode: 'E1 6AN' };
    expect(risk({ DeliveryAddress: { AddressType: 'DLVY', ...DeliveryAddress } })).toEqual({
      DeliveryAddress,
    });
  });

  it.each([true, false])('spells the contract flag %s as the bank does', (flag) => {
    const right = { ContractPresentIndicator: flag };
    const wrong = { ContractPresentInidicator: flag };
    for (const given of [right, wrong, { ...right, ...wrong }]) {
      expect(risk(given)).toEqual(wrong);
      expect(risk(given, { contractPresentIndicator: 'misspelt' })).toEqual(wrong);
      expect(risk(given, { contractPresentIndicator: 'correct' })).toEqual(right);
    }
  });

  it('has the context that was given for v3.1, when one was', () => {
    expect(risk({ PaymentContextCode: 'TransferToSelf' })).toEqual({ PaymentContextCode: 'TransferToSelf' });
    expect(risk({ V3PaymentContextCode: 'PispPayee' })).toEqual({ PaymentContextCode: 'PispPayee' });
    expect(risk({ PaymentContextCode: 'TransferToSelf', V3PaymentContextCode: 'Other' })).toEqual({
      PaymentContextCode: 'Other',
    });
  });

  it('keeps members that nobody published', () => {
    const body = { Data: { Initiation: { New: 1 }, New: 2 }, Risk: { New: 3 }, New: 4 };
    expect(send(body)).toEqual(body);
  });

  it('takes members that are undefined for absent', () => {
    expect(() => send({ Data: { Initiation: { UltimateDebtor: undefined } } })).not.toThrow();
  });
});

describe('what v3.1 lacks or limits', () => {
  /** The same place in a body: `Risk.DeliveryAddress.Floor` holding the value. */
  function bodyWith(path: string, value: unknown): Record<string, unknown> {
    const names = path.split('.');
    const nested = names.reduceRight((inner, name) => {
      if (name === 'DeliveryAddress')
        return { [name]: { TownName: 'London', Country: 'GB', ...Object(inner) } };
      return name.endsWith('[]') ? { [name.slice(0, -2)]: [inner] } : { [name]: inner };
    }, value);
    return { Data: {}, Risk: {}, ...Object(nested) };
  }
  const send = (body: object, operation = 'createDomesticPayment') => requestToVersion3(operation, body);
  const refusalAt = (path: string) => expect.objectContaining({ path: path.replaceAll('[]', '[0]') });

  const lacking = requests.flatMap(({ schema, operations: [operation] }) =>
    (withoutForm[schema] ?? []).map((path) => [path, operation] as const),
  );

  it.each(lacking)('%s of %s is refused at its place', (path, operation) => {
    expect(() => send(bodyWith(path, 'x'), operation)).toThrow(refusalAt(path));
  });

  it.each([
    ['Data.Initiation.CreditorPostalAddress.StreetName', 70],
    ['Data.Initiation.CreditorPostalAddress.TownName', 35],
    ['Risk.DeliveryAddress.StreetName', 70],
    ['Risk.DeliveryAddress.TownName', 35],
  ])('%s takes %d characters and no more', (path, limit) => {
    expect(send(bodyWith(path, 'x'.repeat(limit)))).toEqual(bodyWith(path, 'x'.repeat(limit)));
    expect(() => send(bodyWith(path, 'x'.repeat(limit + 1)))).toThrow(refusalAt(path));
  });
});

describe('a consent to ask about funds', () => {
  it('names its account by what v3.1 knows, never by a proxy', () => {
    const { DebtorAccount } = sample.fundsConsentRequest().Data;
    const named = { ...DebtorAccount, Proxy: { Code: 'TELE', Identification: 'secret' } };
    const asked = { Data: { DebtorAccount: named } };
    const send = () => requestToVersion3('createFundsConfirmationConsent', deepFreeze(asked));
    expect(send).toThrow(expect.objectContaining({ path: 'Data.DebtorAccount.Proxy' }));
    expect(send).not.toThrow('secret');
  });
});

describe('the samples', () => {
  it('are translated into each other', () => {
    const consent = requestToVersion3('createDomesticPaymentConsent', sample.paymentConsentRequest('v4.0'));
    expect(consent).toEqual(sample.paymentConsentRequest('v3.1'));
    const payment = requestToVersion3('createDomesticPayment', sample.paymentRequest('v4.0'));
    expect(payment).toEqual(sample.paymentRequest('v3.1'));
    const access = requestToVersion3('createAccountAccessConsent', sample.accountConsentRequest());
    expect(access).toEqual(sample.accountConsentRequest());
    const funds = requestToVersion3('createFundsConfirmationConsent', sample.fundsConsentRequest());
    expect(funds).toEqual(sample.fundsConsentRequest());
  });
});

describe('canTranslate', () => {
  const tested = [...requests, ...responses].flatMap(({ operations }) => operations);

  it('knows every operation that these tests hold against the documents, and those without a body', () => {
    const known = Object.keys(catalogue).filter(canTranslate);
    expect(known.toSorted()).toEqual([...new Set([...tested, ...withoutBody])].toSorted());
  });

  it('knows all of account information, of payment initiation and of confirmation of funds', () => {
    const all = Object.keys({ ...accountInformation, ...paymentInitiation, ...confirmationOfFunds });
    expect(all).toHaveLength(74);
    expect(all.filter((operation) => !canTranslate(operation))).toEqual([]);
  });

  it.each(['createDomesticVrp', 'constructor', ''])(
    'knows no %s, which is a mistake to ask for',
    (operation) => {
      expect(canTranslate(operation)).toBe(false);
      expect(() => requestToVersion3(operation, {})).toThrow(RangeError);
      expect(() => responseToVersion4(operation, {})).toThrow(RangeError);
    },
  );
});
