// Two API processes on one database: what one of them has ended the other refuses within a second, whatever happens to its
// news of changes; and what they owe the database when they are stopped or killed.
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../embedded/free-port.ts';
import type { RoleProcess } from '../../embedded/role-process.ts';
import { connectDatabase, type Db } from '../../store/sql.ts';
import { authorise, bankOf, type Consent, createAccess, read, register } from './customer-journeys.ts';
import { eventually } from './eventually.ts';
import { type House, houseOf, openHouse } from './house.ts';

interface Replica extends House {
  process: RoleProcess;
  /** The backend of Postgres that tells it of changes. */
  listenerPid: number;
}

const profile = 'Sandbox_Hybrid';
let house: House;
let other: Replica;
let db: Db;
let registrationId: string;
let consent: Consent;

beforeAll(async () => {
  house = await openHouse();
  db = connectDatabase({ url: house.everything.databaseUrl, poolSize: 2, applicationName: 'test' });
  registrationId = (await register(house, profile)).Id;
  other = await startReplica();
});
beforeEach(async () => {
  consent = await authorisedConsent();
});
afterAll(async () => {
  await other.close();
  await db.close();
  await house.close();
});

async function startReplica(): Promise<Replica> {
  const { everything } = house;
  const before = await listenerPids();
  const [API_PORT, PUBLIC_PORT] = [String(await freePort()), String(await freePort())];
  const process = await everything.start('api', { API_PORT, PUBLIC_PORT });
  const seen = { ...everything, roles: { ...everything.roles, api: process }, stop: process.stop };
  const listenerPid = await eventually(async () => {
    const own = (await listenerPids()).filter((pid) => !before.includes(pid));
    expect(own).toHaveLength(1);
    return own[0] ?? 0;
  });
  return { ...houseOf(seen, house.folder), process, listenerPid };
}

async function listenerPids(): Promise<number[]> {
  const rows = await db<{ pid: number }>`
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'api listener'`;
  return rows.map(({ pid }) => pid);
}

async function authorisedConsent(): Promise<Consent> {
  const created = await createAccess(house, registrationId);
  await authorise(house, 'account-access', created);
  return created;
}

/** By metrics of the process: whether it serves from memory now. */
async function isTold({ everything }: House): Promise<boolean> {
  const answer = await fetch(`${everything.roles.api.addresses.api}/metrics`);
  return (await answer.text()).includes('\nchanges_listened_to 1\n');
}

const readsAtBank = async (): Promise<number> => {
  const requests = await house.control('GET', '/requests');
  return requests.filter(
    ({ bank, path }: Record<string, string>) => bank === bankOf[profile] && path?.endsWith('/aisp/accounts'),
  ).length;
};

const accounts = (at: House) => read(at, consent, '/aisp/accounts');
const endHere = () => house.ask('DELETE', `/aisp/account-access-consents/${consent.id}`);

/** Reads there without a pause while the consent ends here. @returns how long after that the last one was not refused */
async function refusedThereAfterMs(meanwhile: () => unknown = () => {}): Promise<number> {
  expect((await accounts(other)).status).toBe(200);
  let endedAtMs = Number.POSITIVE_INFINITY;
  let lastAdmittedMs = Number.NEGATIVE_INFINITY;
  const reading = (async () => {
    while (performance.now() - endedAtMs < 10_000) {
      const startedMs = performance.now();
      // The bank, which hears of it first, refuses earlier and in its own words.
      if ((await accounts(other)).body.code === 'not-found') return;
      lastAdmittedMs = startedMs;
    }
  })();
  const [ended] = await Promise.all([endHere(), meanwhile()]);
  endedAtMs = performance.now();
  expect(ended.status).toBe(200);
  expect((await accounts(house)).body.code).toBe('not-found');
  await reading;
  return lastAdmittedMs - endedAtMs;
}

describe('a consent that is deleted at one replica', () => {
  it('is refused there at once and at the other within a second, and the bank is not asked again', async () => {
    expect(await refusedThereAfterMs()).toBeLessThan(1_000);
    const before = await readsAtBank();
    for (const at of [house, other]) expect((await accounts(at)).body.code).toBe('not-found');
    expect(await readsAtBank()).toBe(before);
  });

  it('is refused likewise when the listening connection is cut in that moment', async () => {
    const cut = () => db`SELECT pg_terminate_backend(${other.listenerPid})`;
    expect(await refusedThereAfterMs(cut)).toBeLessThan(1_000);
    const listeners = await eventually(async () => {
      const pids = await listenerPids();
      expect(pids).toHaveLength(2);
      expect(await isTold(other)).toBe(true);
      return pids;
    });
    expect(listeners).not.toContain(other.listenerPid);
  });

  it('is refused likewise when the listening connection has fallen silent', async () => {
    const silent = await startReplica();
    onTestFinished(silent.close);
    const usual = other;
    other = silent;
    onTestFinished(() => {
      other = usual;
    });
    expect((await accounts(silent)).status).toBe(200);
    // Open still, as far as anybody can tell.
    process.kill(silent.listenerPid, 'SIGSTOP');
    onTestFinished(() => void process.kill(silent.listenerPid, 'SIGCONT'));
    expect(await refusedThereAfterMs()).toBeLessThan(1_000);
    await eventually(async () => expect(await isTold(silent)).toBe(false));
    consent = await authorisedConsent();
    expect((await accounts(silent)).status).toBe(200);
    // It takes another connection.
    await eventually(async () => expect(await isTold(silent)).toBe(true));
  });
});

describe('reads', () => {
  const recorded = async () => {
    const answer = await house.ask('GET', `/aisp/account-access-consents/${consent.id}/access-records`);
    return answer.body.Data;
  };

  it('are on record soon, whichever process made them, with the last use of the consent', async () => {
    for (const at of [house, other]) expect((await accounts(at)).status).toBe(200);
    const records = await eventually(async () => {
      const found = await recorded();
      expect(found).toHaveLength(2);
      return found;
    });
    const told = { Operation: 'GET /accounts', Status: 200, Outcome: 'answered', Attended: true };
    expect(records).toMatchObject([told, told]);
    const single = await house.ask('GET', `/aisp/account-access-consents/${consent.id}`);
    expect(single.body.LastUsed).toBe(records[1].Created);
  });

  it('are on record, every one, after a process was stopped that had just answered them', async () => {
    const replica = await startReplica();
    const answers = await Promise.all(Array.from({ length: 40 }, () => accounts(replica)));
    await replica.close();
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await recorded()).toHaveLength(40);
  });

  it('count against the allowance of the bank though the process is killed as soon as it has answered', async () => {
    const replica = await startReplica();
    const unattended = { 'x-obc-account-access-consent-id': consent.id };
    const left = async (at: House) => {
      const { headers } = await at.ask('GET', '/aisp/accounts', undefined, unattended);
      return Number(headers.get('x-obc-unattended-reads-left'));
    };
    const first = await left(replica);
    replica.process.signal('SIGKILL');
    await replica.process.ended;
    expect(await left(house)).toBe(first - 1);
  });
});
