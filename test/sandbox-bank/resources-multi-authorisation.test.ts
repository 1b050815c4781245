// Orders that more than one person agrees to, and orders that are cancelled before their day.
import { describe, expect, it } from 'vitest';
import { coAuthorise } from '../../sandbox-bank/resources/multi-authorisation.ts';
import { allPaymentFamilies } from '../../sandbox-bank/resources/payment-families.ts';
import { cancel } from '../../sandbox-bank/resources/payment-status.ts';
import { type Case, ordered, readDetails, readOrder, seen } from './ordered-payments.ts';
import { laterDay, type Version } from './payment-requests.ts';
import { type Bank, openBank, start } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];
// Files are with their own tests, because of their upload.
const cases: Case[] = allPaymentFamilies
  .filter(({ execution }) => execution !== 'file')
  .flatMap((facts) => versions.map((version) => ({ version, ...facts })));

function paymentOf(bank: Bank, id: string) {
  const payment = bank.state.payments.get(id);
  if (!payment) throw new Error('no such payment');
  return payment;
}

function patient() {
  const bank = openBank();
  bank.knobs.authorisersRequired = 3;
  return bank;
}

describe.each(cases)('$family of $version, of three people', (one) => {
  const name = (code: string, oldName: string) => (one.version === 'v4.0' ? code : oldName);
  const isSetUp =
    one.execution === 'standing-order' || (one.execution === 'scheduled' && one.version === 'v3.1');
  const waiting = name('PATC', isSetUp ? 'InitiationPending' : 'Pending');

  it('waits for the other two, and then goes its way', async () => {
    const bank = patient();
    const { id, data } = await ordered(bank, one);
    expect(data.MultiAuthorisation).toEqual({
      Status: name('AWAF', 'AwaitingFurtherAuthorisation'),
      NumberRequired: 3,
      NumberReceived: 1,
      LastUpdateDateTime: '2026-11-20T15:00:00.000Z',
      ExpirationDateTime: '2026-11-21T15:00:00.000Z',
    });
    expect(data.Status).toBe(name('RCVD', isSetUp ? 'InitiationPending' : 'Pending'));
    expect(await seen(bank, one, id, [2_000, 3_600_000])).toEqual([waiting, waiting]);
    expect((await readDetails(bank, one, id))[0].Status).toBe(
      name('PATC', 'PartiallyAcceptedTechnicalCorrect'),
    );
    expect(coAuthorise(paymentOf(bank, id), 'approve', start + 3_602_000)).toBe(true);
    const second = await readOrder(bank, one, id);
    expect([second.Status, second.MultiAuthorisation.NumberReceived]).toEqual([waiting, 2]);
    expect(coAuthorise(paymentOf(bank, id), 'approve', start + 3_602_000)).toBe(true);
    const third = await readOrder(bank, one, id);
    expect(third.MultiAuthorisation).toMatchObject({
      Status: name('AUTH', 'Authorised'),
      NumberReceived: 3,
      LastUpdateDateTime: '2026-11-20T16:00:02.000Z',
    });
    expect(third.Status).not.toBe(name('PATC', 'none'));
    bank.advance(Date.parse(laterDay) - start);
    const ends = isSetUp
      ? name('INCO', 'InitiationCompleted')
      : name('ACCC', 'AcceptedCreditSettlementCompleted');
    expect((await readOrder(bank, one, id)).Status).toBe(ends);
    expect(coAuthorise(paymentOf(bank, id), 'approve', start)).toBe(false);
    expect(bank.state.counters().paymentsExecuted).toBe(1);
  });

  it.each(['is refused by one of them', 'is too late'])('fails when it %s', async (how) => {
    const bank = patient();
    const { id } = await ordered(bank, one);
    if (how === 'is too late') bank.advance(86_400_000);
    else expect(coAuthorise(paymentOf(bank, id), 'refuse', start)).toBe(true);
    const order = await readOrder(bank, one, id);
    expect(order.Status).toBe(name('RJCT', isSetUp ? 'InitiationFailed' : 'Rejected'));
    expect(order.MultiAuthorisation.Status).toBe(name('RJCT', 'Rejected'));
    expect(coAuthorise(paymentOf(bank, id), 'approve', start + 86_400_000)).toBe(false);
  });

  it('is cancelled once where it is for later, and never where it is paid at once', async () => {
    const bank = openBank();
    const { id } = await ordered(bank, one);
    const isLater = one.execution !== 'immediate';
    expect(cancel(paymentOf(bank, id), bank.knobs, start)).toBe(isLater);
    expect(cancel(paymentOf(bank, id), bank.knobs, start)).toBe(false);
    const cancelled = name('CANC', 'Cancelled');
    const expected = isLater ? [cancelled, cancelled] : [name('RCVD', 'Pending'), name('RCVD', 'Received')];
    const [detail] = await readDetails(bank, one, id);
    expect([(await readOrder(bank, one, id)).Status, detail.Status]).toEqual(expected);
  });

  it('is not cancelled when it has failed or was paid', async () => {
    const bank = openBank();
    bank.knobs.scheduledPaymentStatuses = ['RCVD', 'ACCC'];
    bank.knobs.initiationStatuses = ['RCVD', 'INFA'];
    const { id } = await ordered(bank, one);
    const laterMs = Date.parse(laterDay) + 60_000;
    expect(cancel(paymentOf(bank, id), bank.knobs, laterMs)).toBe(false);
  });
});
