// Files of payments: held against the consent before anything is sent, taken in once, read back.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { JourneyClosed, JourneyInProgress } from '../../temporal/journeys.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { addConsent, consentId, unknownId } from './stories.ts';

const path = `/pisp/file-payment-consents/${consentId}/file`;
const file = JSON.stringify({
  Data: { DomesticPayments: ['1.10', '2.20'].map((Amount) => ({ InstructedAmount: { Amount } })) },
});
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
const initiation = {
  ...{ FileType: 'UK.OBIE.PaymentInitiation.4.0', FileHash: hashOf(file) },
  ...{ NumberOfTransactions: '2', ControlSum: 3.3 },
};

function waiting(changes: object = {}, status: 'awaiting-upload' | 'authorised' = 'awaiting-upload') {
  const api = fakeApi();
  addConsent(api, 'file-payment', status);
  const Initiation = { ...initiation, ...changes };
  api.tables.requestBodies.set(consentId, JSON.stringify({ Data: { Initiation } }));
  const uploads: string[] = [];
  api.journeys.uploadFile = async (_, { fileId }) => {
    uploads.push(fileId);
    const stored = api.tables.paymentFiles.get(consentId);
    if (stored !== undefined) stored.taken = new Date(0);
    const consent = api.tables.consents.get(consentId);
    if (consent !== undefined)
      api.tables.consents.set(consentId, { ...consent, status: 'awaiting-authorisation' });
  };
  return { api, uploads };
}

const send = (api: FakeApi, body = file, type = 'application/json') =>
  api.send('POST', path, { body, headers: { 'content-type': type } });

async function problemOf(answer: ReturnType<FakeApi['send']>) {
  const { status, json } = await answer;
  return { status, ...json };
}

describe('a file', () => {
  it('is stored byte for byte and handed to the journey of its consent', async () => {
    const { api, uploads } = waiting();
    const answer = await send(api);
    expect([answer.status, answer.json]).toEqual([200, {}]);
    const stored = api.tables.paymentFiles.get(consentId);
    expect(uploads).toEqual([stored?.id]);
    expect(Buffer.concat(stored?.pieces ?? []).toString()).toBe(file);
    expect(stored).toMatchObject({ contentType: 'application/json', sha256: initiation.FileHash });
  });

  it('that is larger than a part is stored in several', async () => {
    const large = 'x'.repeat(600_000);
    const { api } = waiting({ FileType: 'UK.Example.Bacs', FileHash: hashOf(large) });
    expect((await send(api, large, 'text/plain')).status).toBe(200);
    const { pieces = [], parts } = api.tables.paymentFiles.get(consentId) ?? {};
    expect([pieces.length > 1, parts]).toEqual([true, pieces.length]);
    expect(Buffer.concat(pieces).toString()).toBe(large);
  });

  it('that is sent again is the same upload', async () => {
    const { api, uploads } = waiting();
    for (let time = 1; time <= 3; time++) expect((await send(api)).status).toBe(200);
    expect(uploads).toHaveLength(1);
  });

  it('whose upload has not been answered joins it', async () => {
    const { api } = waiting();
    const { uploadFile } = api.journeys;
    api.journeys.uploadFile = async () => {
      throw new JourneyInProgress('x');
    };
    expect(await problemOf(send(api))).toMatchObject({ status: 504, code: 'upload-in-progress' });
    const first = api.tables.paymentFiles.get(consentId)?.id;
    api.journeys.uploadFile = uploadFile;
    expect((await send(api)).status).toBe(200);
    expect(api.tables.paymentFiles.get(consentId)?.id).toBe(first);
  });

  it.each([
    ['another file', {}, file.replace('1.10', '1.11'), 'FileHash'],
    ['another number of payments', { NumberOfTransactions: '3' }, file, 'NumberOfTransactions'],
    ['no number at all', { NumberOfTransactions: 'a1' }, file, 'NumberOfTransactions'],
    ['another sum', { ControlSum: 3.31 }, file, 'ControlSum'],
    ['a sum beyond all measure', { ControlSum: 1e22 }, file, 'FileType'],
    ['no JSON', { FileHash: hashOf('{') }, '{', 'FileType'],
  ])('that is not what was consented to is refused: %s', async (_, changes, text, member) => {
    const { api, uploads } = waiting(changes);
    expect(await problemOf(send(api, text))).toMatchObject({
      ...{ status: 422, code: 'file-differs-from-consent' },
      errors: { [`Data.Initiation.${member}`]: [expect.any(String)] },
    });
    expect([uploads, api.tables.paymentFiles.size]).toEqual([[], 0]);
  });

  it('other than the first is refused', async () => {
    const { api, uploads } = waiting();
    await send(api);
    const other = JSON.stringify({ other: true });
    const Initiation = { ...initiation, FileHash: hashOf(other), NumberOfTransactions: '0', ControlSum: 0 };
    api.tables.requestBodies.set(consentId, JSON.stringify({ Data: { Initiation } }));
    expect(await problemOf(send(api, other))).toMatchObject({ status: 409, code: 'payment-file-conflict' });
    expect(uploads).toHaveLength(1);
  });

  it('that is too large is refused while it arrives', async () => {
    const { api } = waiting();
    const answer = send(api, 'x'.repeat(1024 * 1024 + 1));
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'body-too-large' });
    expect(api.tables.paymentFiles.size).toBe(0);
  });

  it('needs a type, and a consent that waits for it', async () => {
    const { api } = waiting();
    expect(await problemOf(send(api, file, ''))).toMatchObject({ status: 400, code: 'validation-failed' });
    const { api: late } = waiting({}, 'authorised');
    expect(await problemOf(send(late))).toMatchObject({ status: 409, code: 'consent-not-usable' });
    const unknown = await api.send('POST', path.replace(consentId, unknownId), { body: file });
    expect(unknown.status).toBe(404);
  });

  it('comes too late for a journey that has ended', async () => {
    const { api } = waiting();
    api.journeys.uploadFile = async () => {
      throw new JourneyClosed('x');
    };
    expect(await problemOf(send(api))).toMatchObject({ status: 409, code: 'consent-not-usable' });
  });
});
