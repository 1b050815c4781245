// What holds of payments of every family but files: consent, funds, order, details, and once.
import { describe, expect, it } from 'vitest';
import { allPaymentFamilies, paymentFamilies } from '../../sandbox-bank/resources/payment-families.ts';
import { paymentStatuses } from '../../sandbox-bank/resources/payment-status.ts';
import { agreed, askConsent, codeOf, ordered, seen, urlOf } from './ordered-payments.ts';
import { consentRequestOf, laterDay, type Version } from './payment-requests.ts';
import { access, newKey, openBank } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
const cases = allPaymentFamilies
  .filter(({ execution }) => execution !== 'file')
  .flatMap((facts) => versions.map((version) => ({ version, ...facts })));
type Case = (typeof cases)[number];

describe.each(cases)('$family of $version', (one) => {
  const { version, family, consents, orders } = one;

  it('has a consent that reads back as it was sent, and names the debtor once it is given', async () => {
    const bank = openBank();
    const { consentId, request } = await agreed(bank, one, { data: { ReadRefundAccount: 'Yes' } });
    const { body } = await bank.ask('GET', urlOf(one, `${consents}/${consentId}`), { token: 'client' });
    expect(body.Data).toMatchObject({ ...request.Data, Status: version === 'v4.0' ? 'AUTH' : 'Authorised' });
    expect(body.Risk).toEqual(request.Risk);
    expect(body.Data.Debtor).toMatchObject({ Identification: '99000110222890' });
    expect(body.Links.Self).toContain(`${consents}/${consentId}`);
  });

  it('is ordered once, counted under its family, and uses its consent up', async () => {
    const bank = openBank();
    const { consentId, data, asked, id } = await ordered(bank, one, { data: { ReadRefundAccount: 'Yes' } });
    const expected = { ConsentId: consentId, Initiation: asked.body.Data.Initiation };
    expect(data).toMatchObject({ ...expected, Refund: { Account: { Identification: '99000110222890' } } });
    const again = await bank.ask('POST', urlOf(one, orders), asked);
    expect([again.status, again.body.Data[one.idMember]]).toEqual([201, id]);
    const anew = await bank.ask('POST', urlOf(one, orders), { ...asked, key: newKey() });
    expect([anew.status, anew.codes]).toEqual([
      400,
      [codeOf(version, 'U009', 'Resource.InvalidConsentStatus')],
    ]);
    expect(bank.state.counters()).toMatchObject({
      paymentsExecuted: 1,
      paymentsByConsent: { [consentId]: 1 },
      paymentsByFamily: { [family]: 1 },
    });
    const { body } = await bank.ask('GET', urlOf(one, `${consents}/${consentId}`), { token: 'client' });
    expect(body.Data.Status).toBe(version === 'v4.0' ? 'COND' : 'Consumed');
  });

  it('is made anew under a key that is a day old, by a bank that does not honour single use', async () => {
    const bank = openBank();
    bank.knobs.honourSingleUse = false;
    const { consentId, asked } = await ordered(bank, one);
    bank.advance(86_400_000);
    expect((await bank.ask('POST', urlOf(one, orders), asked)).status).toBe(201);
    expect(bank.state.counters().paymentsByConsent).toEqual({ [consentId]: 2 });
  });

  it('is refused where it differs from what was agreed, in the initiation, the risk and the version', async () => {
    const bank = openBank();
    const { token, order } = await agreed(bank, one);
    const post = (body: object, at: Version = version) =>
      bank.ask('POST', `/${at}/pisp${orders}`, { token, key: newKey(), body });
    const account = { SchemeName: 'UK.OBIE.IBAN', Identification: 'GB29NWBK60161331926819', Name: 'Other' };
    const Initiation = { ...order.Data.Initiation, CreditorAccount: account };
    const mismatch = [codeOf(version, 'U008', 'Resource.ConsentMismatch')];
    const other = await post({ ...order, Data: { ...order.Data, Initiation } });
    expect([other.codes, other.body.Errors[0].Path]).toEqual([mismatch, 'Data.Initiation']);
    const risk = await post({ ...order, Risk: { PaymentContextCode: 'TransferToSelf' } });
    expect([risk.codes, risk.body.Errors[0].Path]).toEqual([mismatch, 'Risk']);
    expect((await post(order, version === 'v4.0' ? 'v3.1' : 'v4.0')).status).toBe(403);
    expect(bank.state.counters().paymentsExecuted).toBe(0);
  });

  it('belongs to the token of its own family and to the third party that made it', async () => {
    const bank = openBank();
    const { order } = await agreed(bank, one);
    const stranger = cases.find((other) => other.version === version && other.family !== family) ?? one;
    const { token } = await agreed(bank, stranger);
    const asked = { token, key: newKey(), body: order };
    expect((await bank.ask('POST', urlOf(one, orders), asked)).status).toBe(403);
    const { id, consentId } = await ordered(bank, one);
    for (const path of [`${consents}/${consentId}`, `${orders}/${id}`, `${orders}/${id}/payment-details`])
      expect((await bank.ask('GET', urlOf(one, path), { token: 'stranger' })).status).toBe(403);
    const elsewhere = paymentFamilies[stranger.family];
    for (const path of [`${elsewhere.consents}/${consentId}`, `${elsewhere.orders}/${id}`])
      expect((await bank.ask('GET', urlOf(one, path), { token: 'client' })).status).toBe(400);
  });

  it('says whether there is money where it confirms funds, and has no such path elsewhere', async () => {
    const bank = openBank();
    const { consentId, token } = await agreed(bank, one);
    const path = urlOf(one, `${consents}/${consentId}/funds-confirmation`);
    const asked = one.confirmsFunds ? { token } : { token, unpublished: true as const };
    const { status, body } = await bank.ask('GET', path, asked);
    expect(status).toBe(one.confirmsFunds ? 200 : 404);
    if (one.confirmsFunds) expect(body.Data.FundsAvailableResult.FundsAvailable).toBe(true);
  });

  it('is not offered by a bank whose habit it is not', async () => {
    const others = allPaymentFamilies.filter((other) => other.family !== family).map((other) => other.family);
    const bank = openBank({ choices: { paymentFamilies: others } });
    const asked = { token: 'client', key: newKey(), body: consentRequestOf(family, version) };
    const answer = await bank.ask('POST', urlOf(one, consents), { ...asked, unpublished: true });
    expect(answer.status).toBe(404);
  });
});

const setUpEnds = ['RJCT', 'CANC', 'INCO', 'INFA'];
const setUpNames: Record<string, string> = {
  RJCT: 'InitiationFailed',
  CANC: 'Cancelled',
  INCO: 'InitiationCompleted',
  INFA: 'InitiationFailed',
};
const paidNames: Record<string, string> = {
  ACSC: 'AcceptedSettlementCompleted',
  ACWP: 'AcceptedWithoutPosting',
  ACCC: 'AcceptedCreditSettlementCompleted',
  BLCK: 'AcceptedWithoutPosting',
  RJCT: 'Rejected',
};

const ways: Record<Case['execution'], Record<Version, string[]>> = {
  immediate: {
    'v3.1': ['Pending', 'AcceptedSettlementInProcess', 'AcceptedSettlementCompleted'],
    'v4.0': ['RCVD', 'ACSP', 'ACSC'],
  },
  scheduled: {
    'v3.1': ['InitiationPending', 'InitiationPending', 'InitiationCompleted'],
    'v4.0': ['RCVD', 'PDNG', 'PDNG'],
  },
  'standing-order': {
    'v3.1': ['InitiationPending', 'InitiationPending', 'InitiationCompleted'],
    'v4.0': ['RCVD', 'PDNG', 'INCO'],
  },
  file: { 'v3.1': [], 'v4.0': [] },
};

describe.each(cases)('the way of $family of $version', (one) => {
  const { version, orders, execution } = one;
  const isLater = execution !== 'immediate';
  const toLaterDay = Date.parse(laterDay) - Date.parse('2026-11-20T15:00:04Z');
  const name = (code: string, oldName: string) => (version === 'v4.0' ? code : oldName);

  it('goes by the virtual clock, and moves no money before its day', async () => {
    const bank = openBank();
    const { id } = await ordered(bank, one);
    const detail = async () => {
      const path = urlOf(one, `${orders}/${id}/payment-details`);
      return (await bank.ask('GET', path, { token: 'client' })).body.Data.PaymentStatus[0].Status;
    };
    expect(await seen(bank, one, id, [0, 2_000, 2_000])).toEqual(ways[execution][version]);
    expect(await detail()).toBe(
      isLater ? name('PDNG', 'Pending') : name('ACSC', 'AcceptedSettlementCompleted'),
    );
    bank.advance(toLaterDay - 1);
    if (isLater) expect(await detail()).toBe(name('PDNG', 'Pending'));
    bank.advance(1);
    if (isLater) expect(await detail()).toBe(name('ACSP', 'AcceptedSettlementInProcess'));
    bank.advance(4_000);
    expect(await detail()).toBe(name('ACCC', 'AcceptedCreditSettlementCompleted'));
  });

  it('ends wherever the bank is told to, of what the family has', async () => {
    const isSetUp = execution === 'standing-order' || (execution === 'scheduled' && version === 'v3.1');
    const paid = ['ACSC', 'ACWP', 'ACCC', 'BLCK', 'RJCT', ...(execution === 'scheduled' ? ['CANC'] : [])];
    for (const end of paymentStatuses.filter((code) => (isSetUp ? setUpEnds : paid).includes(code))) {
      const bank = openBank();
      bank.knobs.paymentStatuses = ['RCVD', end];
      bank.knobs.scheduledPaymentStatuses = ['RCVD', 'PDNG', end];
      bank.knobs.initiationStatuses = ['RCVD', 'PDNG', end];
      const { id } = await ordered(bank, one);
      bank.advance(toLaterDay + 4_000);
      const [status] = await seen(bank, one, id, [60_000]);
      const names = isSetUp ? setUpNames : paidNames;
      expect(status).toBe(version === 'v4.0' ? end : names[end]);
      const details = urlOf(one, `${orders}/${id}/payment-details`);
      expect((await bank.ask('GET', details, { token: 'client' })).status).toBe(200);
    }
  });

  it('goes by reads where the bank is told so', async () => {
    const bank = openBank();
    bank.knobs.advanceOnRead = true;
    const { id } = await ordered(bank, one);
    const [first, second] = await seen(bank, one, id, [0, 0]);
    const [, last] = await seen(bank, one, id, [0, 0]);
    expect(first === second && second === last).toBe(false);
  });

  it('fails for thirteen pence', async () => {
    const bank = openBank();
    const doomed = { Amount: '5.13', Currency: 'GBP' };
    const member = one.family === 'domestic-standing-order' ? 'FirstPaymentAmount' : 'InstructedAmount';
    const { id } = await ordered(bank, one, { initiation: { [member]: doomed } });
    const [status] = await seen(bank, one, id, [toLaterDay + 60_000]);
    expect(['RJCT', 'INFA', 'Rejected', 'InitiationFailed']).toContain(status);
  });
});

it('names banks by any LEI there is, on version 4', async () => {
  const one = cases.find(({ family, version }) => family === 'international-payment' && version === 'v4.0');
  if (!one) throw new Error('no such family');
  const named = (LEI: string) =>
    askConsent(openBank(), one, {
      initiation: { CreditorAgent: { SchemeName: 'UK.OBIE.BICFI', Identification: 'SBXBFRPP', LEI } },
    });
  expect((await named('MP6I5ZYZBEU3UXPYFY54')).answer.status).toBe(201);
  expect((await named('MP6I5ZYZBEU3UXPYFY5X')).answer.codes).toEqual(['U002']);
});

describe.each(versions)('what is paid later on %s', (version) => {
  it.each(cases.filter((one) => one.version === version && one.execution !== 'immediate'))(
    'lies in the future: $family',
    async (one) => {
      const bank = openBank();
      bank.advance(Date.parse(laterDay) - Date.parse('2026-11-20T15:00:00Z'));
      const { answer } = await askConsent(bank, one);
      expect([answer.status, answer.codes]).toEqual([400, [codeOf(version, 'U003', 'Field.InvalidDate')]]);
    },
  );

  it('is on no account before its day', async () => {
    const bank = openBank();
    const [one] = cases.filter((each) => each.version === version && each.execution === 'scheduled');
    if (!one) throw new Error('no such family');
    const token = await access(bank, version);
    const newest = async () => {
      const { body } = await bank.ask('GET', `/${version}/aisp/accounts/22289/transactions`, { token });
      return body.Data.Transaction[0].TransactionId;
    };
    const before = await newest();
    const { id } = await ordered(bank, one);
    bank.advance(86_400_000);
    expect(await newest()).toBe(before);
    bank.advance(Date.parse(laterDay) - Date.parse('2026-11-21T15:00:00Z'));
    expect(await newest()).toBe(`pay-${id}`);
  });

  it('costs pounds, whatever the currency it is in', async () => {
    const bank = openBank();
    const one = cases.find((each) => each.version === version && each.family === 'international-payment');
    if (!one) throw new Error('no such family');
    const inMoney = (Amount: string, Currency: string) => ({
      initiation: { InstructedAmount: { Amount, Currency } },
    });
    await ordered(bank, one, inMoney('11.70', 'EUR'));
    expect(bank.state.paymentsFrom('22289').map(({ amountMinor }) => amountMinor)).toEqual([1_000]);
    const { answer } = await askConsent(bank, one, inMoney('1.00', 'INR'));
    expect(answer.codes).toEqual([codeOf(version, 'U023', 'Unsupported.Currency')]);
  });
});
