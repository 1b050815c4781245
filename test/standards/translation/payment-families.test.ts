// What is special about scheduled, standing, international and file payments at banks on v3.1, by example.
import { describe, expect, it } from 'vitest';
import {
  requestToVersion3,
  responseToVersion4,
} from '../../../standards/uk-open-banking/translation/index.ts';
import { deepFreeze } from './deep-freeze.ts';

const send = (operation: string, Initiation: object) =>
  Object(requestToVersion3(operation, deepFreeze({ Data: { Initiation } }))).Data.Initiation;
const answer = (operation: string, Initiation: object) =>
  Object(responseToVersion4(operation, deepFreeze({ Data: { Initiation } })).body).Data.Initiation;
const refusalAt = (path: string) => expect.objectContaining({ path: `Data.Initiation.${path}` });

const standingOrders = ['DomesticStandingOrder', 'InternationalStandingOrder'];

describe.each(standingOrders)('a %s', (name) => {
  const FirstPaymentDateTime = '2026-12-01T00:00:00Z';
  const FinalPaymentDateTime = '2027-12-01T00:00:00Z';
  const mandate = (Frequency: object) => ({ MandateRelatedInformation: { FirstPaymentDateTime, Frequency } });
  const request = (initiation: object) => send(`create${name}`, initiation);

  it.each([
    ['EvryDay', { Type: 'DAIL' }],
    ['EvryWorkgDay', { Type: 'WODL' }],
    ['IntrvlWkDay:01:03', { Type: 'WEEK', PointInTime: '03' }],
    ['IntrvlWkDay:02:07', { Type: 'FRTN', PointInTime: '07' }],
    ['IntrvlWkDay:04:01', { Type: 'FOWK', PointInTime: '01' }],
    ['IntrvlMnthDay:01:31', { Type: 'MNTH', PointInTime: '31' }],
    ['IntrvlMnthDay:02:15', { Type: 'TWMH', PointInTime: '15' }],
    ['IntrvlMnthDay:03:15', { Type: 'QURT', PointInTime: '15' }],
    ['IntrvlMnthDay:04:15', { Type: 'FOMH', PointInTime: '15' }],
    ['IntrvlMnthDay:05:15', { Type: 'FIMH', PointInTime: '15' }],
    ['IntrvlMnthDay:06:15', { Type: 'MIAN', PointInTime: '15' }],
    ['IntrvlMnthDay:12:15', { Type: 'YEAR', PointInTime: '15' }],
    ['IntrvlDay:14', { Type: 'IntrvlDay:14' }],
    ['IntrvlWkDay:03:02', { Type: 'IntrvlWkDay:03:02' }],
    ['WkInMnthDay:02:03', { Type: 'WkInMnthDay:02:03' }],
    ['IntrvlMnthDay:01:-01', { Type: 'IntrvlMnthDay:01:-01' }],
    ['IntrvlMnthDay:24:01', { Type: 'IntrvlMnthDay:24:01' }],
    ['QtrDay:ENGLISH', { Type: 'QtrDay:ENGLISH' }],
  ])('is paid %s in either version', (text, code) => {
    const initiation = { Frequency: text, FirstPaymentDateTime };
    expect(answer(`get${name}`, initiation)).toEqual(mandate(code));
    expect(request(mandate(code))).toEqual(initiation);
  });

  it('may say that it is paid once each time, and may use the words of v3.1', () => {
    expect(request(mandate({ Type: 'DAIL', CountPerPeriod: 1 })).Frequency).toBe('EvryDay');
    expect(request(mandate({ Type: 'IntrvlMnthDay:01:05' })).Frequency).toBe('IntrvlMnthDay:01:05');
  });

  it.each([
    ['Type', { Type: 'ADHO' }],
    ['Type', { Type: 'INDA' }],
    ['Type', { Type: 'ALMH' }],
    ['Type', { Type: 'NONE' }],
    ['Type', { Type: 'NotKnown' }],
    ['Type', { Type: 'constructor' }],
    ['PointInTime', { Type: 'MNTH' }],
    ['PointInTime', { Type: 'MNTH', PointInTime: '' }],
    ['PointInTime', { Type: 'MNTH', PointInTime: '32' }],
    ['PointInTime', { Type: 'MNTH', PointInTime: '00' }],
    ['PointInTime', { Type: 'WEEK', PointInTime: '08' }],
    ['PointInTime', { Type: 'DAIL', PointInTime: '01' }],
    ['PointInTime', { Type: 'QtrDay:ENGLISH', PointInTime: '01' }],
    ['CountPerPeriod', { Type: 'MNTH', CountPerPeriod: 2 }],
    ['Novelty', { Type: 'DAIL', Novelty: 1 }],
  ])('is refused for the %s of its frequency %j', (member, frequency) => {
    expect(() => request(mandate(frequency))).toThrow(
      refusalAt(`MandateRelatedInformation.Frequency.${member}`),
    );
  });

  it('is refused without its first date, which v3.1 asks for', () => {
    const MandateRelatedInformation = { Frequency: { Type: 'DAIL' }, FinalPaymentDateTime };
    expect(() => request({ MandateRelatedInformation })).toThrow(
      refusalAt('MandateRelatedInformation.FirstPaymentDateTime'),
    );
  });

  it('is refused for what its mandate could bring in elsewhere', () => {
    const MandateRelatedInformation = {
      ...mandate({ Type: 'DAIL' }).MandateRelatedInformation,
      DebtorAccount: {},
    };
    expect(() => request({ MandateRelatedInformation })).toThrow(
      refusalAt('MandateRelatedInformation.DebtorAccount'),
    );
  });

  it('has a reference and no text', () => {
    const Structured = [{ CreditorReferenceInformation: { Code: 'SCOR', Reference: 'RENT-7' } }];
    const RemittanceInformation = { Structured, Unstructured: [] };
    expect(request({ RemittanceInformation })).toEqual({ Reference: 'RENT-7' });
    expect(answer(`get${name}Consent`, { Reference: 'RENT-7' })).toEqual({
      RemittanceInformation: { Structured: [{ CreditorReferenceInformation: { Reference: 'RENT-7' } }] },
    });
    expect(() => request({ RemittanceInformation: { Structured, Unstructured: ['secret'] } })).toThrow(
      refusalAt('RemittanceInformation.Unstructured'),
    );
  });
});

describe('the day of the recurring payments of a standing order', () => {
  const MandateRelatedInformation = {
    FirstPaymentDateTime: '2026-12-01T00:00:00Z',
    RecurringPaymentDateTime: '2026-12-08T00:00:00Z',
    Frequency: { Type: 'WEEK', PointInTime: '01' },
  };
  const { Frequency: _, ...dates } = MandateRelatedInformation;

  it('is said at home', () => {
    const initiation = { Frequency: 'IntrvlWkDay:01:01', ...dates };
    expect(send('createDomesticStandingOrder', { MandateRelatedInformation })).toEqual(initiation);
    expect(answer('getDomesticStandingOrder', initiation)).toEqual({ MandateRelatedInformation });
  });

  it('is refused abroad', () => {
    expect(() => send('createInternationalStandingOrder', { MandateRelatedInformation })).toThrow(
      refusalAt('MandateRelatedInformation.RecurringPaymentDateTime'),
    );
  });
});

const abroad = ['InternationalPayment', 'InternationalScheduledPayment', 'InternationalStandingOrder'];

describe.each(abroad)('an %s', (name) => {
  it('keeps its purpose in the supplementary data, and sends it from there', () => {
    const told = answer(`get${name}Consent`, { Purpose: 'SALA', SupplementaryData: { Own: 1 } });
    expect(told).toEqual({ SupplementaryData: { Own: 1, V3Purpose: 'SALA' } });
    expect(send(`create${name}`, told)).toEqual({ Purpose: 'SALA', SupplementaryData: { Own: 1 } });
    const alone = answer(`get${name}`, { Purpose: 'SALA' });
    expect(alone).toEqual({ SupplementaryData: { V3Purpose: 'SALA' } });
    expect(send(`create${name}`, alone)).toEqual({ Purpose: 'SALA' });
  });

  it.each(['', 'SALAR', 7, null])('is refused for the purpose %j', (V3Purpose) => {
    expect(() => send(`create${name}`, { SupplementaryData: { V3Purpose } })).toThrow(
      refusalAt('SupplementaryData.V3Purpose'),
    );
  });

  it('names its creditor as long as v3.1 allows', () => {
    const limit = name === 'InternationalStandingOrder' ? 350 : 140;
    const creditor = (length: number) => ({ Creditor: { Name: 'x'.repeat(length) } });
    expect(send(`create${name}`, creditor(limit))).toEqual(creditor(limit));
    expect(() => send(`create${name}`, creditor(limit + 1))).toThrow(refusalAt('Creditor.Name'));
  });
});

describe('a file', () => {
  it.each(['UK.OBIE.PaymentInitiation.3.1', 'UK.OBIE.pain.001.001.08', 'UK.Bank.Own'])(
    'of type %s is what it is in either version',
    (FileType) => {
      expect(send('createFilePaymentConsent', { FileType })).toEqual({ FileType });
      expect(answer('getFilePaymentConsent', { FileType })).toEqual({ FileType });
    },
  );

  it('that is written as v4.0 has it is refused: by another name it would still be that', () => {
    expect(() => send('createFilePaymentConsent', { FileType: 'UK.OBIE.PaymentInitiation.4.0' })).toThrow(
      refusalAt('FileType'),
    );
  });
});
