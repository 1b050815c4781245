// A payment and the certificate that its token is bound to: it is used for as long as it is good, whichever one counts by
// now. Money moves at most once either way.
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { submitPayment } from '../../activities/submit-payment.ts';
import { issueTransport } from '../../sandbox-bank/certificates.ts';
import { openWorkshop, tenant, type Workshop } from './workshop.ts';

const hourMs = 60 * 60 * 1000;
const livesMs = 1_095 * 24 * hourMs;

let shop: Workshop;
beforeAll(async () => {
  shop = await openWorkshop();
  await shop.sandbox.control('POST', '/knobs', { bank: 'hybrid', accessTokenSeconds: 7 * 24 * 3600 });
});
afterAll(() => shop.close());

type Payment = Awaited<ReturnType<Workshop['authorisedPayment']>>;
const attempt = ({ paymentId }: Payment) => submitPayment(shop.deps, { tenant, paymentId });

async function executed({ externalApiConsentId }: Payment): Promise<number> {
  const { body } = await shop.sandbox.control('GET', '/counters');
  return body.hybrid.paymentsByConsent[externalApiConsentId] ?? 0;
}

/** Has the only statement name another transport certificate. @returns the one before and the new one */
async function switchTo(certificate: string, key: string) {
  const { store } = shop.deps;
  const [statement] = await store.softwareStatements.list(tenant);
  if (statement === undefined) throw new Error('no statement');
  const id = randomUUID();
  writeFileSync(join(shop.sandbox.tppDir, `${id}.key`), key);
  await store.obWacCertificates.insert(tenant, {
    ...{ id, reference: null, createdBy: null, certificate },
    associatedKey: { source: 'File', name: `${id}.key` },
  });
  await store.softwareStatements.update(tenant, statement.id, { defaultObWacCertificateId: id });
  const back = () =>
    store.softwareStatements.update(tenant, statement.id, {
      defaultObWacCertificateId: statement.defaultObWacCertificateId,
    });
  return { id, back };
}

function ourselves() {
  const { organisationId } = JSON.parse(readFileSync(join(shop.sandbox.tppDir, 'tpp.json'), 'utf8'));
  return { organisationId, organisationName: 'O', organisationIdentifier: 'PSDGB-FCA-1' };
}

/** Of our organisation, for so long from now on; ended when that is less than nothing. */
async function certificateFor(leftMs: number) {
  const pki = (name: string) => readFileSync(join(shop.sandbox.dataDir, 'pki', name), 'utf8');
  const authority = { certificate: pki('authority.pem'), key: pki('authority.key') };
  return await issueTransport(authority, ourselves(), shop.deps.clock.nowMs() - livesMs + leftMs);
}

it('is made with the certificate that its token is bound to, though another one counts by now', async () => {
  const payment = await shop.authorisedPayment();
  const { back } = await renew();
  expect((await attempt(payment)).status).not.toBe('submitting');
  expect(await executed(payment)).toBe(1);
  await back();
});

it('is made with it also when the one that counts by now has ended', async () => {
  const payment = await shop.authorisedPayment();
  const { certificate, key } = await certificateFor(-hourMs);
  const { back } = await switchTo(certificate, key);
  expect((await attempt(payment)).status).not.toBe('submitting');
  expect(await executed(payment)).toBe(1);
  await back();
});

it('waits while that certificate has ended, and needs its customer once another one counts; nothing is executed', async () => {
  const { certificate, key } = await certificateFor(2 * hourMs);
  const { id, back } = await switchTo(certificate, key);
  const payment = await shop.authorisedPayment();
  await shop.moveClockMs(3 * hourMs);
  await expect(attempt(payment)).rejects.toMatchObject({
    type: 'BankUnavailable',
    details: { detail: expect.stringContaining(`The OBWAC certificate ${id} ended on `) },
  });
  const record = await shop.deps.store.payments.find(tenant, payment.paymentId);
  expect(record).toMatchObject({ status: 'submitting', failure: null });
  await back();
  await expect(attempt(payment)).rejects.toMatchObject({ type: 'GrantEnded' });
  expect(await executed(payment)).toBe(0);
});

async function renew() {
  const { softwareId } = JSON.parse(readFileSync(join(shop.sandbox.tppDir, 'tpp.json'), 'utf8'));
  const { body: files } = await shop.sandbox.control('POST', `/tpps/${softwareId}/certificates`, {
    kind: 'obwac',
  });
  return await switchTo(readFileSync(files.certificateFile, 'utf8'), readFileSync(files.keyFile, 'utf8'));
}
