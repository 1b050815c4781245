// A payment and the certificate that it would be sent with: one that has ended makes it wait, one that was replaced in
// the meantime makes its token useless. Money moves at most once either way.
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

const organisation = { organisationId: 'o', organisationName: 'O', organisationIdentifier: 'PSDGB-FCA-1' };

async function endedCertificate() {
  const pki = (name: string) => readFileSync(join(shop.sandbox.dataDir, 'pki', name), 'utf8');
  const authority = { certificate: pki('authority.pem'), key: pki('authority.key') };
  return await issueTransport(authority, organisation, shop.deps.clock.nowMs() - livesMs - hourMs);
}

it('waits, though it was never sent, until the certificate has been renewed, and is then made once', async () => {
  const payment = await shop.authorisedPayment();
  const { certificate, key } = await endedCertificate();
  const { id, back } = await switchTo(certificate, key);
  await expect(attempt(payment)).rejects.toMatchObject({
    type: 'BankUnavailable',
    details: { detail: expect.stringContaining(`The OBWAC certificate ${id} ended on `) },
  });
  const record = await shop.deps.store.payments.find(tenant, payment.paymentId);
  expect(record).toMatchObject({ status: 'submitting', failure: null });
  expect(await executed(payment)).toBe(0);
  await back();
  expect((await attempt(payment)).status).not.toBe('submitting');
  expect(await executed(payment)).toBe(1);
});

it('whose token belongs to a certificate that was replaced needs its customer, and nothing is executed', async () => {
  const payment = await shop.authorisedPayment();
  const { softwareId } = JSON.parse(readFileSync(join(shop.sandbox.tppDir, 'tpp.json'), 'utf8'));
  const { body: files } = await shop.sandbox.control('POST', `/tpps/${softwareId}/certificates`, {
    kind: 'obwac',
  });
  const { back } = await switchTo(
    readFileSync(files.certificateFile, 'utf8'),
    readFileSync(files.keyFile, 'utf8'),
  );
  await expect(attempt(payment)).rejects.toMatchObject({ type: 'GrantEnded' });
  expect(await executed(payment)).toBe(0);
  await back();
});
