// A renewed transport certificate, while services read under load: nobody notices, and the bank sees the new one from
// then on. Then the day on which everything has ended. All processes, a real bank over real mutual TLS.
import { X509Certificate } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { issueSeal, issueTransport } from '../../sandbox-bank/certificates.ts';
import { authorise, type Consent, create, createAccess, read, register } from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, openHouse } from './house.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
const readers = 12;

let house: House;
let folder: string;
let statementPath: string;
let registrationId: string;
let consents: Consent[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  house = await openHouse({
    NODE_OPTIONS: `--import ${new URL('certificate-recorder.mjs', import.meta.url).href}`,
    CERTIFICATES_SEEN: join(folder, 'seen'),
  });
  const registration = await register(house, 'Sandbox_Hybrid');
  registrationId = registration.Id;
  statementPath = `/manage/software-statements/${registration.SoftwareStatementId}`;
  consents = [await createAccess(house, registrationId), await createAccess(house, registrationId)];
  for (const consent of consents) await authorise(house, 'account-access', consent);
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Seen {
  fingerprint: string;
  path: string;
}

function seen(): Seen[] {
  const file = join(folder, 'seen');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [fingerprint = '', path = ''] = line.split(' ');
      return { fingerprint, path };
    });
}

/** Counted at the bank: of what is answered here next, some was seen there before. */
async function nextSeen(count: number): Promise<Seen[]> {
  const before = seen().length;
  return eventually(async () => {
    const since = seen().slice(before);
    expect(since.length).toBeGreaterThanOrEqual(count);
    return since;
  });
}

/** Who we are in the sandbox's directory. */
function ownSoftware() {
  const { tppDir = '' } = house.everything.roles['sandbox-bank'].addresses;
  const tpp = JSON.parse(readFileSync(join(tppDir, 'tpp.json'), 'utf8'));
  const subject = new X509Certificate(readFileSync(join(tppDir, 'obwac.pem'))).toLegacyObject().subject;
  return { ...tpp, organisationIdentifier: subject.organizationIdentifier };
}

interface Renewed {
  id: string;
  fingerprint: string;
}

/** The directory issues another certificate, and it is added here; nothing uses it yet. */
async function renew(kind: 'obwac' | 'obseal', members: object = {}): Promise<Renewed> {
  const { environment } = house.everything;
  const files = await house.control('POST', `/tpps/${ownSoftware().softwareId}/certificates`, { kind });
  const name = basename(files.keyFile);
  copyFileSync(files.keyFile, join(environment.SECRETS_DIR ?? '', name));
  const certificate = readFileSync(files.certificateFile, 'utf8');
  const added = await create(house, `/manage/${kind}-certificates`, {
    AssociatedKey: { Source: 'File', Name: name },
    Certificate: certificate,
    ...members,
  });
  return { id: added.Id, fingerprint: new X509Certificate(certificate).fingerprint256 };
}

async function change(body: object) {
  const answer = await house.ask('PUT', statementPath, body);
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
  expect(answer.body.Warnings).toBeUndefined();
}

/** Reads without a pause until it is told to stop. @returns every answer that was not a success, and how many were */
function startReaders() {
  const failures: unknown[] = [];
  let answered = 0;
  let isOver = false;
  const run = async (reader: number) => {
    const consent = consents[reader % consents.length] as Consent;
    while (!isOver) {
      const { status, body } = await read(house, consent, '/aisp/accounts');
      if (status === 200 && body.ExternalApiResponse.Data.Account.length > 0) answered += 1;
      else failures.push({ status, body });
    }
  };
  const done = Promise.all(Array.from({ length: readers }, (_, reader) => run(reader)));
  return {
    failures,
    answered: () => answered,
    stop: async () => {
      isOver = true;
      await done;
    },
  };
}

const resolvesAfter = (load: ReturnType<typeof startReaders>, more: number) => {
  const wanted = load.answered() + more;
  return eventually(async () => {
    expect(load.answered()).toBeGreaterThanOrEqual(wanted);
  });
};

describe('a transport certificate that is renewed while services read', () => {
  it('costs none of them a request, twice in a row, and is the only one the bank sees from then on', async () => {
    const [first] = seen();
    const load = startReaders();
    onTestFinished(load.stop);
    await resolvesAfter(load, 100);
    for (let round = 0; round < 2; round++) {
      const renewed = await renew('obwac');
      await resolvesAfter(load, 50);
      await change({ DefaultObWacCertificateId: renewed.id });
      await resolvesAfter(load, 200);
      const since = await nextSeen(200);
      expect(new Set(since.map(({ fingerprint }) => fingerprint))).toEqual(new Set([renewed.fingerprint]));
      expect(renewed.fingerprint).not.toBe(first?.fingerprint);
    }
    await load.stop();
    expect(load.failures).toEqual([]);
  });

  it("makes each customer's token be refreshed once, and our own be asked for anew", async () => {
    const { hybrid: before } = await house.control('GET', '/counters');
    const renewed = await renew('obwac');
    await change({ DefaultObWacCertificateId: renewed.id });
    const load = startReaders();
    onTestFinished(load.stop);
    await resolvesAfter(load, 100);
    await load.stop();
    expect(load.failures).toEqual([]);
    const { hybrid: after } = await house.control('GET', '/counters');
    expect(after.refreshes - before.refreshes).toBe(consents.length);
    const count = seen().length;
    // With the client's own token, by API and worker each.
    expect((await house.ask('GET', `/manage/bank-registrations/${registrationId}`)).status).toBe(200);
    await createAccess(house, registrationId);
    const calls = seen().slice(count);
    expect(calls.length).toBeGreaterThanOrEqual(3);
    expect(new Set(calls.map(({ fingerprint }) => fingerprint))).toEqual(new Set([renewed.fingerprint]));
  });

  it('is watched in place of the one before', async () => {
    const { body: statement } = await house.ask('GET', statementPath);
    await house.moveClockMs(61_000);
    const gauges = await metricLines();
    expect(gauges).toHaveLength(2);
    expect(gauges.join()).toContain(`kind="obwac",certificate="${statement.DefaultObWacCertificateId}"`);
    expect(gauges.join()).toContain(`kind="obseal",certificate="${statement.DefaultObSealCertificateId}"`);
  });
});

async function metricLines(): Promise<string[]> {
  const url = house.everything.roles.api.addresses.api ?? '';
  const text = await (await fetch(`${url}/metrics`)).text();
  return text.split('\n').filter((line) => line.startsWith('certificate_days_until_expiry{'));
}

describe('a certificate that ends', () => {
  const refused = (kind: string, id: string) => ({
    status: 422,
    body: {
      code: 'certificate-refused',
      detail: expect.stringMatching(new RegExp(`^The ${kind} certificate ${id} ended on [\\dT:.-]+Z\\.$`)),
    },
  });

  /** What is asked for with the customer's token, with our own, and by a journey. */
  const requests = () => [
    read(house, consents[0] as Consent, '/aisp/accounts'),
    house.ask('GET', `/manage/bank-registrations/${registrationId}`),
    house.ask('POST', '/aisp/account-access-consents', {
      BankRegistrationId: registrationId,
      TemplateRequest: { Type: 'MaximumPermissions' },
    }),
  ];

  async function expectRefusals(kind: string, id: string) {
    const count = seen().length;
    for (const answer of await Promise.all(requests())) expect(answer).toMatchObject(refused(kind, id));
    expect(seen()).toHaveLength(count);
  }

  /** Requests for a refresh share one answer for ten seconds, be it a refusal. */
  const untilAskedAnew = () => house.moveClockMs(10_000);

  async function expectAnswers() {
    const statuses = (await Promise.all(requests())).map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 201]);
  }

  it('is used until then, refused by its name from then on without a call, and holds nothing up afterwards', async () => {
    const ending = await addEnding('obwac');
    const changed = await house.ask('PUT', statementPath, { DefaultObWacCertificateId: ending });
    expect(changed.body.Warnings).toEqual([expect.stringMatching(/^OBWAC: The certificate ends on /)]);
    await expectAnswers();
    await house.moveClockMs(2 * hourMs);
    await expectRefusals('OBWAC', ending);
    expect((await metricLines()).find((line) => line.includes(ending))).toMatch(/ -0\.0\d+$/);
    await eventually(async () => {
      const told = house
        .logOf('api')
        .split('\n')
        .filter((line) => line.includes('has ended, and is refused'));
      expect(told.map((line) => JSON.parse(line))).toMatchObject([{ level: 50, certificateId: ending }]);
    });

    const again = await house.ask('PUT', statementPath, { DefaultObWacCertificateId: ending });
    expect(again).toMatchObject({ status: 422, body: { code: 'certificate-refused' } });
    const renewed = await renew('obwac');
    await change({ DefaultObWacCertificateId: renewed.id });
    await untilAskedAnew();
    await expectAnswers();
  });

  it('is refused for signatures likewise', async () => {
    const { body: before } = await house.ask('GET', statementPath);
    const ending = await addEnding('obseal', { AssociatedKeyId: 'of-nobody' });
    await house.ask('PUT', statementPath, { DefaultObSealCertificateId: ending });
    await house.moveClockMs(2 * hourMs);
    await expectRefusals('OBSeal', ending);
    await change({ DefaultObSealCertificateId: before.DefaultObSealCertificateId });
    await untilAskedAnew();
    await expectAnswers();
  });
});

/** A certificate of the same authority that has an hour left. @returns its id here */
async function addEnding(kind: 'obwac' | 'obseal', members: object = {}): Promise<string> {
  const { environment } = house.everything;
  const pki = join(environment.SANDBOX_BANK_DIR ?? '', 'pki');
  const authority = {
    certificate: readFileSync(join(pki, 'authority.pem'), 'utf8'),
    key: readFileSync(join(pki, 'authority.key'), 'utf8'),
  };
  const { now } = await house.control('GET', '/clock');
  const issue = kind === 'obwac' ? issueTransport : issueSeal;
  // Issued so long ago: certificates of this authority live for three years.
  const { certificate, key } = await issue(
    authority,
    ownSoftware(),
    Date.parse(now) - 1_095 * dayMs + hourMs,
  );
  writeFileSync(join(environment.SECRETS_DIR ?? '', `ending-${kind}.key`), key);
  const added = await create(house, `/manage/${kind}-certificates`, {
    AssociatedKey: { Source: 'File', Name: `ending-${kind}.key` },
    Certificate: certificate,
    ...members,
  });
  expect(added.Warnings).toEqual([expect.stringMatching(/^The certificate ends on /)]);
  return added.Id;
}
