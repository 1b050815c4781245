// The ends of certificates in use: what Prometheus is told, what the log is told, and how often anybody is asked.
import { beforeAll, describe, expect, it } from 'vitest';
import { createCertificateWatch } from '../../api/certificate-watch.ts';
import { issueCertificate, type TestCertificate } from './certificates.ts';
import { type FakeApi, fakeApi } from './fake-api.ts';
import { testStart } from './fake-records.ts';

const dayMs = 24 * 60 * 60 * 1000;
const key = { source: 'File', name: 'key' } as const;
const own = (id: string) => ({ id, createdBy: null, reference: null });

/** Valid for 39 days from the test's time on, and for 99. */
let short: TestCertificate;
let long: TestCertificate;

beforeAll(async () => {
  [short, long] = await Promise.all([issueCertificate(40), issueCertificate(100)]);
});

async function withStatement(): Promise<FakeApi & { look(): Promise<unknown> }> {
  const api = fakeApi();
  const { obWacCertificates, obSealCertificates, softwareStatements } = api.records;
  await obWacCertificates.insert('default', {
    ...{ ...own('wac'), associatedKey: key, certificate: short.certificate },
  });
  await obWacCertificates.insert('default', {
    ...{ ...own('nobody-names-this'), associatedKey: key, certificate: short.certificate },
  });
  await obSealCertificates.insert('default', {
    ...{ ...own('seal'), associatedKey: key, associatedKeyId: 'kid', certificate: long.certificate },
  });
  await softwareStatements.insert('default', {
    ...{ ...own('statement'), organisationId: 'An Organisation', softwareId: 's', sandboxEnvironment: true },
    ...{ defaultObWacCertificateId: 'wac', defaultObSealCertificateId: 'seal' },
    ...{ defaultQueryRedirectUrl: 'https://a.example/', defaultFragmentRedirectUrl: 'https://a.example/' },
  });
  const watch = createCertificateWatch(api.deps);
  api.deps.metrics.showCertificates(watch);
  return { ...api, look: watch.look };
}

const onDay = ({ time }: FakeApi, day: number) => {
  time.nowMs = testStart.getTime() + day * dayMs;
};

async function gauge({ send }: FakeApi): Promise<string[]> {
  const { text } = await send('GET', '/metrics');
  return text.split('\n').filter((line) => line.startsWith('certificate_days_until_expiry'));
}

const said = ({ logLines }: FakeApi) =>
  logLines
    .map((line) => JSON.parse(line))
    .filter(({ certificateId }) => certificateId !== undefined)
    .map(({ level, kind, certificateId, daysLeft, msg }) => ({ level, kind, certificateId, daysLeft, msg }));

describe('certificate_days_until_expiry', () => {
  it('tells of each certificate that a statement names, by kind and id, below 0 after its end', async () => {
    const api = await withStatement();
    expect(await gauge(api)).toEqual([
      'certificate_days_until_expiry{kind="obwac",certificate="wac"} 39',
      'certificate_days_until_expiry{kind="obseal",certificate="seal"} 99',
    ]);
    onDay(api, 39.5);
    expect(await gauge(api)).toContain('certificate_days_until_expiry{kind="obwac",certificate="wac"} -0.5');
  });

  it('forgets a certificate that has been replaced, within a minute', async () => {
    const api = await withStatement();
    await gauge(api);
    await api.records.softwareStatements.update('default', 'statement', {
      defaultObWacCertificateId: 'nobody-names-this',
    });
    api.time.nowMs += 59_000;
    expect((await gauge(api)).join()).toContain('"wac"');
    api.time.nowMs += 1_000;
    const after = (await gauge(api)).join();
    expect(after).toContain('"nobody-names-this"');
    expect(after).not.toContain('"wac"');
  });

  it('asks the records once a minute, however often it is read', async () => {
    const api = await withStatement();
    let asked = 0;
    const { listCertificatesInUse } = api.records;
    api.records.listCertificatesInUse = (tenant) => {
      asked += 1;
      return listCertificatesInUse(tenant);
    };
    const [first] = await Promise.all([gauge(api), gauge(api), api.look()]);
    expect(first).toHaveLength(2);
    expect(asked).toBe(1);
    api.time.nowMs += 60_000;
    await gauge(api);
    expect(asked).toBe(2);
  });

  it('goes on telling what it knows while the database is away', async () => {
    const api = await withStatement();
    await gauge(api);
    api.records.listCertificatesInUse = () => Promise.reject(new Error('no database'));
    onDay(api, 1);
    expect(await gauge(api)).toContain('certificate_days_until_expiry{kind="obwac",certificate="wac"} 38');
    expect(api.logLines.join()).toContain('could not be read');
  });

  it('names nobody', async () => {
    const api = await withStatement();
    onDay(api, 30);
    const told = (await gauge(api)).join() + api.logLines.join();
    expect(told).not.toMatch(/An Organisation|CN=|"test"/);
  });
});

describe('the log', () => {
  it('says nothing of a certificate that has 30 days left', async () => {
    const api = await withStatement();
    onDay(api, 9);
    await api.look();
    expect(said(api)).toEqual([]);
  });

  it('warns once a day from then on, and calls it an error when it has ended', async () => {
    const api = await withStatement();
    const line = { level: 40, kind: 'obwac', certificateId: 'wac', msg: 'an OBWAC certificate ends soon' };
    for (const day of [9.1, 9.2, 9.4]) {
      onDay(api, day);
      await api.look();
    }
    expect(said(api)).toEqual([{ ...line, daysLeft: 29 }]);
    for (const day of [10, 10.1, 38.9, 39]) {
      onDay(api, day);
      await api.look();
    }
    expect(said(api).slice(1)).toEqual([
      { ...line, daysLeft: 29 },
      { ...line, daysLeft: 0 },
      { ...line, level: 50, daysLeft: 0, msg: 'an OBWAC certificate has ended, and is refused' },
    ]);
  });

  it('is quiet again when the certificate has been replaced', async () => {
    const api = await withStatement();
    onDay(api, 20);
    await api.look();
    expect(said(api)).toHaveLength(1);
    const renewed = await issueCertificate(100);
    await api.records.obWacCertificates.insert('default', {
      ...{ ...own('renewed'), associatedKey: key, certificate: renewed.certificate },
    });
    await api.records.softwareStatements.update('default', 'statement', {
      defaultObWacCertificateId: 'renewed',
    });
    onDay(api, 21);
    await api.look();
    expect(said(api)).toHaveLength(1);
  });
});
