// Clients of the bank: one for a group of registrations, whatever happens on the way; adopted, changed, deleted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistrationActivities } from '../../activities/registration.ts';
import { StepFailure } from '../../activities/step-failure.ts';
import { profileBook } from '../../bank-profiles/book.ts';
import { builtInProfiles } from '../../bank-profiles/built-in.ts';
import { mergePatch } from '../../bank-profiles/merge-patch.ts';
import { type BankProfileSource, bankProfileSchema } from '../../bank-profiles/profile.ts';
import { openWorkshop, register, tenant, type Workshop } from './workshop.ts';

/** The sandbox bank under further names, as banks that differ in how they keep clients. */
const like = (change: object): BankProfileSource =>
  bankProfileSchema.parse(mergePatch(builtInProfiles.get('Sandbox_Hybrid'), change));
const profiles = profileBook(
  new Map([
    ...builtInProfiles,
    [
      'Sandbox_Secret',
      like({ registration: { tokenEndpointAuthMethod: 'client_secret_basic', group: 'Secret' } }),
    ],
    [
      'Sandbox_SecretToo',
      like({ registration: { tokenEndpointAuthMethod: 'client_secret_basic', group: 'Secret' } }),
    ],
    ['Sandbox_SecretNot', like({ registration: { group: 'Secret' } })],
    ['Sandbox_ByHand', like({ registration: { dynamic: false, group: 'ByHand' } })],
    ['Sandbox_PerApi', like({ registration: { clients: 'one-per-api', group: 'PerApi' } })],
    ['Sandbox_Crowd', like({ registration: { group: 'Crowd' } })],
    ['Sandbox_Lost', like({ registration: { group: 'Lost' } })],
    ['Sandbox_Changed', like({ registration: { group: 'Changed' } })],
    ['Sandbox_Refused', like({ registration: { group: 'Refused', contentType: 'application/jose' } })],
  ]),
);

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop({ profiles });
});
afterAll(() => workshop.close());

const registered = async (bankProfile: string, wish: object = {}) =>
  register(workshop.deps, await workshop.requested({ bankProfile, ...wish }));
const contextOf = async (id: string) => {
  const context = await workshop.deps.store.registrations.loadContext(tenant, id);
  if (context === undefined) throw new Error('no registration');
  return context;
};
const clientOf = async (id: string) => (await contextOf(id)).registration.client;
const steps = () => createRegistrationActivities(workshop.deps);
const failureOf = async (work: Promise<unknown>): Promise<StepFailure['details']> => {
  const error = await work.then(
    () => new Error('it went well'),
    (failure: unknown) => failure,
  );
  if (!(error instanceof StepFailure)) throw error;
  return error.details;
};

/** The next registration request meets this. */
const order = (fault: object) =>
  workshop.sandbox.control('POST', '/faults', { path: '/register', method: 'POST', times: 1, fault });

/** Requests to the registration endpoint so far. */
async function asked(method: string): Promise<number> {
  const { body } = await workshop.sandbox.control('GET', '/requests');
  return body.filter((request: { method: string; path: string }) => {
    return request.method === method && /\/register(\/|$)/.test(request.path);
  }).length;
}

describe('registrations of one group', () => {
  it('are one client, however many ask at the same time', async () => {
    const before = await asked('POST');
    const ids = await Promise.all(
      [1, 2, 3, 4].map(() => workshop.requested({ bankProfile: 'Sandbox_Crowd' })),
    );
    const insistent = async (id: string): Promise<string> => {
      try {
        return await register(workshop.deps, id);
      } catch (error) {
        // What the journey does: the same step once more.
        if (error instanceof StepFailure && error.type === 'BankUnavailable') return insistent(id);
        throw error;
      }
    };
    await Promise.all(ids.map(insistent));
    const clients = new Set(await Promise.all(ids.map(async (id) => (await clientOf(id))?.externalApiId)));
    expect([clients.size, (await asked('POST')) - before]).toEqual([1, 1]);
  });

  it('share the secret that the bank gave the first', async () => {
    const first = await contextOf(await registered('Sandbox_Secret'));
    const second = await contextOf(await registered('Sandbox_SecretToo'));
    expect(first.clientSecret).toEqual(expect.any(String));
    expect(second.clientSecret).toBe(first.clientSecret);
    expect(second.registration.client?.externalApiId).toBe(first.registration.client?.externalApiId);
  });

  it('are refused when they do not fit the client that is there', async () => {
    const { externalApiId } = (await clientOf(await registered('Sandbox_Secret'))) ?? {};
    const refused = async (bankProfile: string, wish: object) => failureOf(registered(bankProfile, wish));
    const scope = { registrationScope: 'AccountAndTransaction' };
    expect(await refused('Sandbox_Secret', scope)).toMatchObject({
      code: 'registration-conflict',
      detail: expect.stringContaining('RegistrationScope'),
    });
    expect((await refused('Sandbox_SecretNot', {})).detail).toContain('client authentication');
    expect((await refused('Sandbox_Secret', { externalApiId: 'another' })).detail).toContain('ExternalApiId');
    const wrongSecret = { externalApiId, externalApiSecret: 'wrong' };
    expect((await refused('Sandbox_Secret', wrongSecret)).detail).toContain('ExternalApiSecret');
  });

  it('are told apart by API at a bank that has one client for each', async () => {
    const accounts = await clientOf(
      await registered('Sandbox_PerApi', { registrationScope: 'AccountAndTransaction' }),
    );
    const payments = await clientOf(
      await registered('Sandbox_PerApi', { registrationScope: 'PaymentInitiation' }),
    );
    expect(accounts?.externalApiId).not.toBe(payments?.externalApiId);
    const both = await failureOf(registered('Sandbox_PerApi'));
    expect(both).toMatchObject({
      code: 'not-offered',
      detail: expect.stringContaining('one client for each API'),
    });
  });
});

describe('a client that was made elsewhere', () => {
  it('is adopted, with a secret from where it is kept', async () => {
    const before = await asked('POST');
    const id = await registered('Sandbox_ByHand', {
      externalApiId: 'made-by-hand',
      externalApiSecretFromSecrets: { source: 'File', name: 'tpp.json' },
      registrationAccessToken: 'token',
    });
    const { registration, clientSecret, registrationAccessToken } = await contextOf(id);
    expect(registration.client).toMatchObject({ externalApiId: 'made-by-hand' });
    expect([clientSecret?.includes('softwareId'), registrationAccessToken]).toEqual([true, 'token']);
    expect(await asked('POST')).toBe(before);
  });

  it('has to be named at a bank without dynamic registration', async () => {
    await steps().deleteRegistration({
      ...{ tenant, atBank: false },
      registrationId: await registered('Sandbox_ByHand', {
        externalApiId: 'made-by-hand',
        externalApiSecretFromSecrets: { source: 'File', name: 'tpp.json' },
        registrationAccessToken: 'token',
      }),
    });
    for (const { id } of await workshop.deps.store.registrations.listRegistered(tenant, {
      ...{ softwareStatementId: workshop.softwareStatementId, bankGroup: 'Sandbox' },
    })) {
      const context = await contextOf(id);
      if (context.registration.bankProfile === 'Sandbox_ByHand')
        await steps().deleteRegistration({ tenant, registrationId: id, atBank: false });
    }
    expect(await failureOf(registered('Sandbox_ByHand'))).toMatchObject({
      ...{ code: 'not-offered', detail: expect.stringContaining('ExternalApiId') },
    });
  });
});

describe('an answer to a registration that was lost', () => {
  it('is no reason to register again: the client is looked up and named', async () => {
    const before = await asked('POST');
    await order({ kind: 'close-after' });
    const lost = await failureOf(registered('Sandbox_Lost'));
    expect(lost).toMatchObject({ code: 'outcome-unknown', detail: expect.stringContaining('ExternalApiId') });
    expect(await failureOf(registered('Sandbox_Lost'))).toMatchObject({ code: 'outcome-unknown' });
    expect((await asked('POST')) - before).toBe(1);

    const adopted = await registered('Sandbox_Lost', { externalApiId: 'found-at-the-bank' });
    expect((await clientOf(adopted))?.externalApiId).toBe('found-at-the-bank');
    const later = await registered('Sandbox_Lost');
    expect((await clientOf(later))?.externalApiId).toBe('found-at-the-bank');
    expect((await asked('POST')) - before).toBe(1);
  });

  it('is another matter than a refusal, after which the next request is made', async () => {
    await order({ kind: 'status', status: 400, body: '{"error":"invalid_client_metadata"}' });
    await expect(registered('Sandbox_Refused')).rejects.toThrow('400');
    expect((await clientOf(await registered('Sandbox_Refused')))?.externalApiId).toEqual(expect.any(String));
  });
});

describe('a change of a client', () => {
  it('is told to the bank, and counts for every registration that shares it', async () => {
    const one = await registered('Sandbox_Changed');
    const other = await registered('Sandbox_Changed');
    const [redirectUri = ''] = (await clientOf(one))?.redirectUris ?? [];
    const change = {
      redirectUris: [redirectUri],
      ...{ defaultFragmentRedirectUri: redirectUri, defaultQueryRedirectUri: redirectUri, pispUseV4: false },
    };
    const before = await asked('PUT');
    await steps().updateRegistration({ tenant, registrationId: one, change, atBank: true });
    expect((await asked('PUT')) - before).toBe(1);
    expect(await clientOf(one)).toMatchObject({
      redirectUris: [redirectUri],
      defaultQueryRedirectUri: redirectUri,
    });
    expect((await clientOf(other))?.redirectUris).toEqual([redirectUri]);
    expect((await contextOf(one)).registration).toMatchObject({ pispUseV4: false, aispUseV4: true });
    const bank = await workshop.deps.banks.connect(await contextOf(one));
    expect((await bank.readRegistration()).body).toMatchObject({ redirect_uris: [redirectUri] });
  });

  it('of our own use alone does not ask the bank', async () => {
    const id = await registered('Sandbox_Changed');
    const before = await asked('PUT');
    await steps().updateRegistration({
      tenant,
      registrationId: id,
      change: { aispUseV4: false },
      atBank: false,
    });
    expect((await contextOf(id)).registration.aispUseV4).toBe(false);
    expect(await asked('PUT')).toBe(before);
  });
});

describe('a deleted registration', () => {
  it('leaves a shared client at the bank, and takes it along as the last', async () => {
    const first = await registered('Sandbox_Changed');
    const others = await workshop.deps.store.registrations.listRegistered(tenant, {
      ...{ softwareStatementId: workshop.softwareStatementId, bankGroup: 'Sandbox' },
    });
    const group = others.filter(({ bankProfile }) => bankProfile === 'Sandbox_Changed');
    expect(group.length).toBeGreaterThan(1);
    const before = await asked('DELETE');
    const remove = (registrationId: string) =>
      steps().deleteRegistration({ tenant, registrationId, atBank: true });
    for (const { id } of group.filter(({ id }) => id !== first))
      expect(await remove(id)).toEqual({ leftAtBank: true });
    expect(await asked('DELETE')).toBe(before);
    expect(await remove(first)).toEqual({ leftAtBank: false });
    expect((await asked('DELETE')) - before).toBe(1);
    const anew = await registered('Sandbox_Changed');
    expect((await clientOf(anew))?.externalApiId).not.toBe(group[0]?.client.externalApiId);
  });
});
