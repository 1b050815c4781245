// A customer pays once, in one of the families: the consent, its file where it has one, the order.
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../clock.ts';
import type { MatrixBank, RunColumn } from '../bank.ts';
import { nameOf, type PaymentFamily, paymentFile, requestOf } from '../payment-families.ts';
import { expectThat, type Session, unwarned } from '../session.ts';
import { authorise } from './authorise.ts';

const laterMs = 30 * 86_400_000;

export function payment(family: PaymentFamily): RunColumn {
  const consents = `/pisp/${family}-consents`;
  const payments = `/pisp/${family}s`;
  const idMember = `${nameOf(family)}Id`;
  const consentIdMember = `${nameOf(family)}ConsentId`;

  return async (session, bank, found) => {
    const laterDay = new Date(systemClock.nowMs() + laterMs);
    const request = requestOf(family, randomUUID().slice(0, 30), laterDay);
    const created = await session.call('POST', consents, {
      body: { BankRegistrationId: found.paymentsRegistrationId, ExternalApiRequest: request },
    });
    const asked = unwarned(created);
    const begins = family === 'file-payment' ? 'AWUP' : 'AWAU';
    expectThat(asked.Data.Status === begins, `The consent begins as ${asked.Data.Status}.`);
    expectThat(typeof asked.Links?.Self === 'string', 'The new consent has no link.');
    if (family === 'file-payment') await upload(session, `${consents}/${created.Id}`);
    await authorise(session, family, created.Id);
    await expectStatus(session, `${consents}/${created.Id}`, 'AUTH');

    const { Initiation } = request.Data;
    const paid = await session.call('POST', payments, {
      body: {
        [consentIdMember]: created.Id,
        ExternalApiRequest: { ...request, Data: { ConsentId: created.ExternalApiId, Initiation } },
      },
    });
    const taken = unwarned(paid);
    expectThat(/^[A-Z]{4}$/.test(taken.Data.Status), `The payment is ${taken.Data.Status}.`);
    expectThat(typeof taken.Links?.Self === 'string', 'The new payment has no link.');
    const id = taken.Data[idMember];
    const read = unwarned(await session.call('GET', `${payments}/${encodeURIComponent(id)}`));
    expectThat(read.Data[idMember] === id, 'Another payment is read back.');
    await expectOne(bank, created.ExternalApiId);
  };
}

async function upload(session: Session, consent: string): Promise<void> {
  const { contentType, text } = paymentFile;
  await session.call('POST', `${consent}/file`, {
    ...{ body: text, headers: { 'content-type': contentType }, status: 200 },
  });
  await expectStatus(session, consent, 'AWAU');
}

async function expectStatus(session: Session, consent: string, status: string): Promise<void> {
  const { Data } = unwarned(await session.call('GET', consent));
  expectThat(Data.Status === status, `The consent is ${Data.Status}, not ${status}.`);
}

async function expectOne(bank: MatrixBank, externalApiConsentId: string): Promise<void> {
  const executed = await bank.executedPayments?.(externalApiConsentId);
  expectThat(executed === undefined || executed === 1, `The bank executed ${executed} payments.`);
}
