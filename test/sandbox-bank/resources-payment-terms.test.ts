// On what terms a payment is made: exchange rates and how long they hold, charges, and the time of day.
import { describe, expect, it } from 'vitest';
import { obstacleTo } from '../../sandbox-bank/resources/consent-decision.ts';
import {
  allPaymentFamilies,
  type PaymentFamily,
  paymentFamilies,
} from '../../sandbox-bank/resources/payment-families.ts';
import { agreed, askConsent, type Case, codeOf, ordered, readOrder, urlOf } from './ordered-payments.ts';
import type { Version } from './payment-requests.ts';
import { type Bank, newKey, openBank } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const at = (family: PaymentFamily, version: Version): Case => ({ ...paymentFamilies[family], version });
const order = (bank: Bank, one: Case, { token, order: body }: Awaited<ReturnType<typeof agreed>>) =>
  bank.ask('POST', urlOf(one, one.orders), { token, key: newKey(), body });

const abroad = versions.flatMap((version) => [
  at('international-payment', version),
  at('international-scheduled-payment', version),
]);

describe.each(abroad)('the exchange rate of $family of $version', (one) => {
  const wish = (ExchangeRateInformation: object, more: object = {}) => ({
    initiation: { ExchangeRateInformation, ...more },
  });
  const actual = wish({ UnitCurrency: 'GBP', RateType: 'Actual' });
  const agreedRate = {
    UnitCurrency: 'GBP',
    RateType: 'Agreed',
    ExchangeRate: 1.25,
    ContractIdentification: 'FX-1',
  };

  it('is indicated when nobody asks', async () => {
    const bank = openBank();
    const { consent } = await agreed(bank, one);
    expect(consent.ExchangeRateInformation).toEqual({
      ...{ UnitCurrency: 'GBP', ExchangeRate: 1.17, RateType: 'Indicative' },
    });
    const { answer } = await askConsent(bank, one, { initiation: { CurrencyOfTransfer: 'GBP' } });
    expect(answer.body.Data.ExchangeRateInformation).toBeUndefined();
  });

  it('holds until it lapses, and the order then ends the consent', async () => {
    const bank = openBank();
    const first = await agreed(bank, one, actual);
    expect(first.consent.ExchangeRateInformation).toEqual({
      ...{ UnitCurrency: 'GBP', ExchangeRate: 1.17, RateType: 'Actual' },
      ExpirationDateTime: '2026-11-20T15:10:00.000Z',
    });
    const second = await agreed(bank, one, actual);
    bank.advance(599_999);
    const taken = await order(bank, one, first);
    expect(taken.body.Data.ExchangeRateInformation).toEqual(first.consent.ExchangeRateInformation);
    bank.advance(1);
    const late = await order(bank, one, second);
    expect(late.codes).toEqual([codeOf(one.version, 'U009', 'Resource.InvalidConsentStatus')]);
    const path = urlOf(one, `${one.consents}/${second.consentId}`);
    const { body } = await bank.ask('GET', path, { token: 'client' });
    expect(body.Data.Status).toBe(one.version === 'v4.0' ? 'RJCT' : 'Rejected');
    expect(bank.state.counters().paymentsExecuted).toBe(1);
  });

  it('lapses for a new order, not for the answer to one that was taken', async () => {
    const bank = openBank();
    const { asked, id } = await ordered(bank, one, actual);
    bank.advance(700_000);
    const again = await bank.ask('POST', urlOf(one, one.orders), asked);
    expect([again.status, again.body.Data[one.idMember]]).toEqual([201, id]);
  });

  it('is the one that was agreed elsewhere, and is used', async () => {
    const bank = openBank();
    const more = { InstructedAmount: { Amount: '12.50', Currency: 'EUR' } };
    const { consent } = await agreed(bank, one, wish(agreedRate, more));
    expect(consent.ExchangeRateInformation).toEqual(agreedRate);
    const { id } = await ordered(bank, one, wish(agreedRate, more));
    expect(bank.state.payments.get(id)?.amountMinor).toBe(1_000);
    const perEuro = { ...agreedRate, UnitCurrency: 'EUR', ExchangeRate: 0.8 };
    const other = await ordered(bank, one, wish(perEuro, more));
    expect(bank.state.payments.get(other.id)?.amountMinor).toBe(1_000);
  });

  it('is told in the unit that was asked for', async () => {
    const { consent } = await agreed(openBank(), one, wish({ UnitCurrency: 'EUR', RateType: 'Indicative' }));
    expect(consent.ExchangeRateInformation.ExchangeRate).toBeCloseTo(0.854701, 6);
  });

  it.each([
    ['agreed without a rate', { ...agreedRate, ExchangeRate: undefined }, 'U004', 'Field.Missing'],
    ['agreed nowhere', { ...agreedRate, ContractIdentification: undefined }, 'U004', 'Field.Missing'],
    ['the third party’s', { ...agreedRate, RateType: 'Actual' }, 'U005', 'Field.Unexpected'],
    ['in no money', { UnitCurrency: 'XXX', RateType: 'Actual' }, 'U023', 'Unsupported.Currency'],
    ['of no kind', { UnitCurrency: 'GBP', RateType: 'Fixed' }, 'U002', 'Field.Invalid'],
  ])('is refused when it is %s', async (_, information, code, oldName) => {
    const { answer } = await askConsent(openBank(), one, wish(information));
    expect(answer.status).toBe(400);
    expect(new Set(answer.codes)).toEqual(new Set([codeOf(one.version, code, oldName)]));
  });
});

describe.each(versions)('charges of %s', (version) => {
  it('are told for the ways that are not free', async () => {
    const bank = openBank();
    const charged = async (family: PaymentFamily, initiation: Record<string, unknown>) => {
      const { data } = await ordered(bank, at(family, version), { initiation });
      return data.Charges;
    };
    expect(await charged('domestic-payment', { LocalInstrument: 'UK.OBIE.CHAPS' })).toEqual([
      {
        ChargeBearer: 'BorneByDebtor',
        Type: 'UK.OBIE.CHAPSOut',
        Amount: { Amount: '25.00', Currency: 'GBP' },
      },
    ]);
    const swift = { LocalInstrument: 'UK.OBIE.SWIFT', ChargeBearer: 'BorneByCreditor' };
    expect((await charged('international-payment', swift))[0]).toMatchObject({
      ChargeBearer: 'BorneByCreditor',
    });
    expect(await charged('domestic-payment', { LocalInstrument: 'UK.OBIE.FPS' })).toBeUndefined();
  });
});

const atOnce = versions.flatMap((version) => [
  at('domestic-payment', version),
  at('international-payment', version),
]);

// The clock starts on a Friday at three in the afternoon.
describe.each(atOnce)('the cut-off time of $family of $version', (one) => {
  const hourMs = 3_600_000;
  const tooLate = codeOf(one.version, 'U012', 'Rules.AfterCutOffDateTime');
  const closing = (afterwards: 'refuse' | 'next-day') => {
    const bank = openBank();
    bank.knobs.cutOff = { minute: 17 * 60, afterwards };
    return bank;
  };

  it('is told, and refuses orders and consents after it', async () => {
    const bank = closing('refuse');
    const early = await agreed(bank, one);
    expect(early.consent.CutOffDateTime).toBe('2026-11-20T17:00:00.000Z');
    const late = await agreed(bank, one);
    bank.advance(2 * hourMs - 1);
    expect((await order(bank, one, early)).status).toBe(201);
    bank.advance(1);
    const refused = await order(bank, one, late);
    expect([refused.status, refused.codes]).toEqual([400, [tooLate]]);
    const path = urlOf(one, `${one.consents}/${late.consentId}`);
    const { body } = await bank.ask('GET', path, { token: 'client' });
    expect(body.Data.Status).toBe(one.version === 'v4.0' ? 'RJCT' : 'Rejected');
    expect((await askConsent(bank, one)).answer.codes).toEqual([tooLate]);
    bank.advance(7 * hourMs);
    const tomorrow = (await askConsent(bank, one)).answer.body.Data;
    expect(tomorrow.CutOffDateTime).toBe('2026-11-21T17:00:00.000Z');
  });

  it('keeps a customer from agreeing after it, where orders are refused', async () => {
    const bank = closing('refuse');
    const { answer } = await askConsent(bank, one);
    const consent = bank.state.consents.get(answer.body.Data.ConsentId);
    const fiveMs = Date.parse('2026-11-20T17:00:00Z');
    expect(obstacleTo(consent, bank.knobs, fiveMs - 1)).toBeUndefined();
    expect(obstacleTo(consent, bank.knobs, fiveMs)).toContain('cut-off');
    bank.knobs.cutOff = { minute: 17 * 60, afterwards: 'next-day' };
    expect(obstacleTo(consent, bank.knobs, fiveMs)).toBeUndefined();
  });

  it('or leaves the money until the next working day', async () => {
    const bank = closing('next-day');
    const first = await agreed(bank, one);
    expect('ExpectedExecutionDateTime' in first.consent).toBe(false);
    bank.advance(3 * hourMs);
    const second = await agreed(bank, one);
    expect(second.consent).toMatchObject({
      CutOffDateTime: '2026-11-21T17:00:00.000Z',
      ExpectedExecutionDateTime: '2026-11-23T00:00:00.000Z',
    });
    const { body } = await order(bank, one, first);
    expect(body.Data.ExpectedExecutionDateTime).toBe('2026-11-23T00:00:00.000Z');
    const id: string = body.Data[one.idMember];
    const pending = one.version === 'v4.0' ? 'RCVD' : 'Pending';
    bank.advance(53 * hourMs);
    expect((await readOrder(bank, one, id)).Status).toBe(pending);
    bank.advance(hourMs);
    expect((await readOrder(bank, one, id)).Status).not.toBe(pending);
  });
});

it('what is paid later has no cut-off time, and says when it is expected where the standard has a place for it', async () => {
  for (const one of allPaymentFamilies.flatMap((facts) =>
    versions.map((version) => ({ ...facts, version })),
  )) {
    if (one.execution === 'immediate' || one.execution === 'file') continue;
    const bank = openBank();
    bank.knobs.cutOff = { minute: 14 * 60, afterwards: 'refuse' };
    const { consent } = await agreed(bank, one);
    expect('CutOffDateTime' in consent).toBe(false);
    expect('ExpectedExecutionDateTime' in consent).toBe(one.execution === 'scheduled');
  }
});
