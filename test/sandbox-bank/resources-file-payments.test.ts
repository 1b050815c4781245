// Files of payments: announced, uploaded once, judged by what the consent says of them, then agreed to and made as one order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coAuthorise } from '../../sandbox-bank/resources/multi-authorisation.ts';
import { fileConsentOf, jsonFile, type PaymentFile, xmlFile } from './payment-files.ts';
import { orderOf, type Version } from './payment-requests.ts';
import { type Asked, type Bank, newKey, openBank, start } from './resources-bank.ts';

const versions: Version[] = ['v3.1', 'v4.0'];

describe.each(versions)('a file of payments of %s', (version) => {
  const consents = `/${version}/pisp/file-payment-consents`;
  const orders = `/${version}/pisp/file-payments`;
  const name = (code: string, oldName: string) => (version === 'v4.0' ? code : oldName);
  const error = (code: string, oldName: string) => name(code, `UK.OBIE.${oldName}`);
  const files: [string, PaymentFile][] = [
    ['JSON', jsonFile(version)],
    ['XML', xmlFile()],
  ];

  async function announced(bank: Bank, file: PaymentFile, changes: Record<string, unknown> = {}) {
    const request = fileConsentOf(version, file, changes);
    const { status, body } = await bank.ask('POST', consents, {
      token: 'client',
      key: newKey(),
      body: request,
    });
    expect(status).toBe(201);
    return { consentId: String(body.Data.ConsentId), request, first: String(body.Data.Status) };
  }

  function upload(bank: Bank, consentId: string, file: PaymentFile, more: Partial<Asked> = {}) {
    const cty = file.contentType === 'application/json' ? {} : { cty: file.contentType };
    return bank.ask('POST', `${consents}/${consentId}/file`, {
      token: 'client',
      key: newKey(),
      raw: file.text,
      headers: { 'content-type': file.contentType },
      signature: cty,
      ...more,
    });
  }

  const statusOf = async (bank: Bank, consentId: string) =>
    (await bank.ask('GET', `${consents}/${consentId}`, { token: 'client' })).body.Data.Status;

  async function ordered(bank: Bank, file: PaymentFile) {
    const { consentId, request } = await announced(bank, file);
    await upload(bank, consentId, file);
    bank.state.authoriseConsent(consentId, { psu: 'alice', accountIds: ['22289'] });
    const asked = { token: `consent:${consentId}`, key: newKey(), body: orderOf(consentId, request) };
    const { status, body } = await bank.ask('POST', orders, asked);
    expect(status).toBe(201);
    return { consentId, id: String(body.Data.FilePaymentId), data: body.Data, asked };
  }

  it.each(files)('in %s waits for its upload, then for its customer, and is given back', async (_, file) => {
    const bank = openBank();
    const { consentId, first } = await announced(bank, file);
    expect(first).toBe(name('AWUP', 'AwaitingUpload'));
    const early = await bank.ask('GET', `${consents}/${consentId}/file`, { token: 'client' });
    expect([early.status, early.codes]).toEqual([400, [error('U011', 'Resource.NotFound')]]);
    const answer = await upload(bank, consentId, file);
    expect([answer.status, answer.body]).toEqual([200, undefined]);
    expect(await statusOf(bank, consentId)).toBe(name('AWAU', 'AwaitingAuthorisation'));
    const { raw, headers } = await bank.ask('GET', `${consents}/${consentId}/file`, {
      token: 'client',
      headers: { accept: 'application/json' },
    });
    expect([await raw.text(), headers.get('content-type')]).toEqual([file.text, file.contentType]);
    expect(headers.get('x-jws-signature')).toBeTruthy();
    expect(bank.state.consents.get(consentId)?.payment).toMatchObject({ amount: '10.00', currency: 'GBP' });
  });

  it('cannot be agreed to before it is there', async () => {
    const bank = openBank();
    const { consentId } = await announced(bank, jsonFile(version));
    const choice = { psu: 'alice', accountIds: ['22289'] };
    expect(() => bank.state.authoriseConsent(consentId, choice)).toThrow('AWUP');
  });

  it.each(files)('in %s is one order, once, with details and a report of each payment', async (_, file) => {
    const bank = openBank();
    const { consentId, id, data, asked } = await ordered(bank, file);
    expect(data).toMatchObject({
      Status: name('RCVD', 'InitiationPending'),
      Initiation: asked.body.Data.Initiation,
    });
    const again = await bank.ask('POST', orders, { ...asked, key: newKey() });
    expect(again.codes).toEqual([error('U009', 'Resource.InvalidConsentStatus')]);
    expect(bank.state.counters()).toMatchObject({
      paymentsByConsent: { [consentId]: 1 },
      paymentsByFamily: { 'file-payment': 1 },
    });
    bank.advance(4_000);
    const read = await bank.ask('GET', `${orders}/${id}`, { token: 'client' });
    expect(read.body.Data.Status).toBe(name('INCO', 'InitiationCompleted'));
    bank.advance(4_000);
    const details = await bank.ask('GET', `${orders}/${id}/payment-details`, { token: 'client' });
    const settled = name('ACCC', 'AcceptedCreditSettlementCompleted');
    expect(details.body.Data.PaymentStatus.map(({ Status }: { Status: string }) => Status)).toEqual([
      settled,
      settled,
    ]);
    const report = await bank.ask('GET', `${orders}/${id}/report-file`, { token: 'client' });
    expect([report.status, report.headers.get('content-type')]).toEqual([200, file.contentType]);
    expect(await report.raw.text()).toContain('E2E-2');
    expect((await bank.ask('GET', `${orders}/none/report-file`, { token: 'client' })).status).toBe(400);
  });

  it('ends wherever the bank is told to, of what it has', async () => {
    const ends = {
      INCO: 'InitiationCompleted',
      INFA: 'InitiationFailed',
      RJCT: 'InitiationFailed',
    } as const;
    for (const end of ['INCO', 'INFA', 'RJCT'] as const) {
      const bank = openBank();
      bank.knobs.initiationStatuses = ['RCVD', 'PDNG', end];
      const { id } = await ordered(bank, jsonFile(version));
      bank.advance(4_000);
      const { body } = await bank.ask('GET', `${orders}/${id}`, { token: 'client' });
      expect(body.Data.Status).toBe(name(end, ends[end]));
    }
  });

  it('of two people waits for the second one, without a word of its own for it', async () => {
    const bank = openBank();
    bank.knobs.authorisersRequired = 2;
    const { id } = await ordered(bank, jsonFile(version));
    const read = async () => (await bank.ask('GET', `${orders}/${id}`, { token: 'client' })).body.Data;
    bank.advance(60_000);
    expect(await read()).toMatchObject({
      Status: name('PDNG', 'InitiationPending'),
      MultiAuthorisation: { Status: name('AWAF', 'AwaitingFurtherAuthorisation') },
    });
    const payment = bank.state.payments.get(id);
    if (!payment) throw new Error('no such payment');
    expect(coAuthorise(payment, 'approve', start + 60_000)).toBe(true);
    bank.advance(4_000);
    expect(await read()).toMatchObject({
      Status: name('INCO', 'InitiationCompleted'),
      MultiAuthorisation: { Status: name('AUTH', 'Authorised'), NumberReceived: 2 },
    });
  });

  it('leaves the account in one sum', async () => {
    const bank = openBank();
    await ordered(bank, jsonFile(version));
    expect(bank.state.paymentsFrom('22289').map(({ amountMinor }) => amountMinor)).toEqual([1_000]);
  });

  it('is told twice under one key, and refused under another', async () => {
    const bank = openBank();
    const file = jsonFile(version);
    const { consentId } = await announced(bank, file);
    const key = newKey();
    expect((await upload(bank, consentId, file, { key })).status).toBe(200);
    expect((await upload(bank, consentId, file, { key })).status).toBe(200);
    const other = await upload(bank, consentId, file, { key, raw: `${file.text} ` });
    expect(other.codes).toEqual([error('U006', 'Header.Invalid')]);
    const anew = await upload(bank, consentId, file);
    expect([anew.status, anew.codes]).toEqual([400, [error('U009', 'Resource.InvalidConsentStatus')]]);
    expect(await statusOf(bank, consentId)).toBe(name('AWAU', 'AwaitingAuthorisation'));
  });

  it.each([
    ['another hash', { FileHash: 'm5ah/h1UjLvJYMxqAoZmj9dKdjZnsGNm+yMkJp/KuqQ=' }, 'FileHash'],
    ['another number', { NumberOfTransactions: '3' }, 'NumberOfTransactions'],
    ['another sum', { ControlSum: 10.01 }, 'ControlSum'],
  ])('with %s than was announced ends its consent', async (_, changes, where) => {
    for (const [, file] of files) {
      const bank = openBank();
      const { consentId } = await announced(bank, file, changes);
      const answer = await upload(bank, consentId, file);
      expect([answer.status, answer.codes]).toEqual([400, [error('U008', 'Resource.ConsentMismatch')]]);
      expect(answer.body.Errors[0].Path).toBe(`Data.Initiation.${where}`);
      expect(await statusOf(bank, consentId)).toBe(name('RJCT', 'Rejected'));
    }
  });

  it('may leave out the padding of its hash, and its totals', async () => {
    const bank = openBank();
    const file = jsonFile(version);
    const { FileHash } = fileConsentOf(version, file).Data.Initiation;
    const changes = { FileHash: String(FileHash).replace('=', ''), NumberOfTransactions: undefined };
    const { consentId } = await announced(bank, file, { ...changes, ControlSum: undefined });
    expect((await upload(bank, consentId, file)).status).toBe(200);
  });

  it.each([
    ['no JSON', { ...jsonFile(version), text: '{' }],
    ['JSON without payments', { ...jsonFile(version), text: '{"Data":{"DomesticPayments":[]}}' }],
    ['fractions of a penny', jsonFile(version, ['4.105', '5.895'])],
    ['other money', jsonFile(version, ['4.10', '5.90'], 'EUR')],
    ['XML of another kind', { ...xmlFile(), text: '<Document xmlns="urn:else"/>' }],
    ['XML without payments', xmlFile([])],
    ['XML that counts wrongly', xmlFile(undefined, { count: 3, sum: '10.00' })],
    ['XML that adds wrongly', xmlFile(undefined, { count: 2, sum: '10.01' })],
  ])('is refused for %s', async (_, file) => {
    const bank = openBank();
    const { consentId } = await announced(bank, file);
    const answer = await upload(bank, consentId, file);
    expect([answer.status, answer.codes]).toEqual([400, [error('U010', 'Resource.InvalidFormat')]]);
    expect(await statusOf(bank, consentId)).toBe(name('RJCT', 'Rejected'));
  });

  it('of a type the bank does not take is refused before it comes', async () => {
    const bank = openBank();
    const file = { ...jsonFile(version), fileType: 'BANK.Own.Format' };
    const body = fileConsentOf(version, file);
    const answer = await bank.ask('POST', consents, { token: 'client', key: newKey(), body });
    expect([answer.status, answer.codes]).toEqual([400, [error('U002', 'Field.Invalid')]]);
  });

  it('larger than the bank takes is refused, and may come smaller', async () => {
    const bank = openBank();
    const file = jsonFile(version);
    bank.knobs.largestFileBytes = file.text.length - 1;
    const { consentId } = await announced(bank, file);
    expect((await upload(bank, consentId, file)).codes).toEqual([error('U010', 'Resource.InvalidFormat')]);
    bank.knobs.largestFileBytes = file.text.length;
    expect((await upload(bank, consentId, file)).status).toBe(200);
  });

  it('is signed as what it is', async () => {
    const bank = openBank();
    const [json, xml] = [jsonFile(version), xmlFile()];
    const { consentId } = await announced(bank, xml);
    const wrong = [error('U016', 'Signature.InvalidClaim')];
    expect((await upload(bank, consentId, xml, { signature: {} })).codes).toEqual(wrong);
    expect((await upload(bank, consentId, xml, { signature: { cty: 'application/json' } })).codes).toEqual(
      wrong,
    );
    const missing = [error('U019', 'Signature.Missing')];
    expect((await upload(bank, consentId, xml, { signature: false })).codes).toEqual(missing);
    const tampered = await upload(bank, consentId, xml, { signature: 'x..y' });
    expect(tampered.codes).toEqual([error('U018', 'Signature.Malformed')]);
    expect((await upload(bank, consentId, xml, { signature: { cty: 'xml' } })).status).toBe(200);
    const second = await announced(bank, json);
    expect((await upload(bank, second.consentId, json, { signature: { cty: 'json' } })).status).toBe(200);
  });

  it('comes with a content type and a key, from the third party that announced it', async () => {
    const bank = openBank();
    const file = jsonFile(version);
    const { consentId } = await announced(bank, file);
    const untyped = { 'content-type': 'something' };
    expect((await upload(bank, consentId, file, { headers: untyped })).status).toBe(415);
    const key: Partial<Asked> = {
      headers: { 'content-type': file.contentType, 'x-idempotency-key': undefined },
    };
    expect((await upload(bank, consentId, file, key)).codes).toEqual([error('U007', 'Header.Missing')]);
    expect((await upload(bank, consentId, file, { token: 'stranger' })).status).toBe(403);
    expect((await upload(bank, 'none', file)).codes).toEqual([error('U011', 'Resource.NotFound')]);
  });

  it('is remembered by a bank that starts again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'payment-files-'));
    try {
      const file = xmlFile();
      const before = openBank({ folder });
      const { consentId } = await announced(before, file);
      await upload(before, consentId, file);
      const { raw } = await openBank({ folder }).ask('GET', `${consents}/${consentId}/file`, {
        token: 'client',
      });
      expect(await raw.text()).toBe(file.text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
