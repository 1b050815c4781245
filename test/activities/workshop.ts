// Steps on real parts, without Temporal: a store on Postgres, the sandbox bank, and one clock for both that is moved by
// the test. What Temporal would do (try again) the test does by hand.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ActivityDeps } from '../../activities/deps.ts';
import { createRegistrationActivities } from '../../activities/registration.ts';
import { createBankConnector } from '../../bank-client/connector.ts';
import { builtInBook, type ProfileBook } from '../../bank-profiles/book.ts';
import { fileOffsetClock } from '../../clock.ts';
import type { PersonalityFacts } from '../../sandbox-bank/personalities/personality.ts';
import { fileSecrets } from '../../secrets/file.ts';
import { createSecretReader } from '../../secrets/secret-reader.ts';
import { migrate } from '../../store/migrate.ts';
import type { RequestedRegistration } from '../../store/registrations.ts';
import { connectDatabase } from '../../store/sql.ts';
import { createStore } from '../../store/store.ts';
import type { PaymentFamily } from '../../workflows/contracts/payment.ts';
import { paymentRequest } from '../journeys/customer-journeys.ts';
import { openSandbox, type Sandbox } from '../sandbox-bank/sandbox.ts';
import { createDatabase, keyringOf, newKey } from '../store/test-database.ts';
import { authorise, createConsent } from './consent-steps.ts';

export const tenant = 'default';

export interface Workshop {
  deps: ActivityDeps;
  sandbox: Sandbox;
  moveClockMs(milliseconds: number): Promise<void>;
  softwareStatementId: string;
  /** A registration that was asked for, and of which no step has been taken. */
  requested(wish?: Partial<RequestedRegistration>): Promise<string>;
  /** A payment whose consent the customer has authorised, and that has not been sent yet. */
  authorisedPayment(asked?: PaymentAsked): Promise<{ paymentId: string; externalApiConsentId: string }>;
  close(): Promise<void>;
}

interface PaymentAsked {
  family: PaymentFamily;
  /** Of the consent. */
  body: { Data: object; Risk?: object };
}

export async function openWorkshop({
  profiles = builtInBook,
  personalities = [],
}: {
  profiles?: ProfileBook;
  personalities?: readonly PersonalityFacts[];
} = {}): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), 'workshop-'));
  const clockFile = join(folder, 'clock-offset-ms');
  const clock = fileOffsetClock(clockFile);
  const sandbox = await openSandbox({ clockFile, personalities });
  const database = await createDatabase();
  await migrate({ url: database.url, clock });
  const db = connectDatabase({ url: database.url, poolSize: 4, applicationName: 'test' });
  const store = createStore({ db, clock, keyring: keyringOf(newKey()) });
  const { browser, api, directory } = sandbox.urls;
  const addresses = {
    tokenUrl: `${directory}/as/token.oauth2`,
    apiUrl: directory,
    jwksUrl: `${directory}/directory.jwks`,
  };
  const readSecret = createSecretReader({ File: fileSecrets(sandbox.tppDir) });
  const banks = createBankConnector({
    clock,
    readSecret,
    profiles,
    settings: { SANDBOX_BANK_BROWSER_URL: browser, SANDBOX_BANK_API_URL: api },
    directories: { production: addresses, sandbox: addresses },
    trustedCa: readFileSync(sandbox.caFile, 'utf8'),
    timeoutMs: 2_000,
    concurrency: 8,
    maxAnswerBytes: 1_000_000,
    circuit: { failures: 5, openMs: 10_000 },
  });
  const deps: ActivityDeps = { store, clock, banks, profiles, readSecret };
  const softwareStatementId = await addStatement(deps, sandbox);
  const requested = (wish: Partial<RequestedRegistration> = {}) =>
    insertRequested(deps, softwareStatementId, wish);
  let registered: Promise<string> | undefined;

  return {
    deps,
    sandbox,
    moveClockMs: async (advanceMs) => {
      await sandbox.control('POST', '/clock', { advanceMs });
    },
    softwareStatementId,
    requested,
    authorisedPayment: async (asked = { family: 'domestic-payment', body: paymentRequest() }) => {
      registered ??= requested().then((registrationId) => register(deps, registrationId));
      return await authorisedPayment(deps, sandbox, await registered, asked);
    },
    close: async () => {
      await banks.close();
      await db.close();
      await database.drop();
      await sandbox.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const own = () => ({ id: randomUUID(), reference: null, createdBy: null });

async function addStatement(deps: ActivityDeps, { tppDir }: Sandbox): Promise<string> {
  const { store } = deps;
  const file = (name: string) => readFileSync(join(tppDir, name), 'utf8');
  const tpp = JSON.parse(file('tpp.json'));
  const key = (kind: string) => ({ source: 'File', name: `${kind}.key` }) as const;
  const obWac = await store.obWacCertificates.insert(tenant, {
    ...{ ...own(), associatedKey: key('obwac'), certificate: file('obwac.pem') },
  });
  const obSeal = await store.obSealCertificates.insert(tenant, {
    ...{
      ...own(),
      associatedKey: key('obseal'),
      associatedKeyId: tpp.sealKeyId,
      certificate: file('obseal.pem'),
    },
  });
  const [queryUrl, fragmentUrl] = ['query', 'fragment'].map((mode) =>
    tpp.redirectUris.find((uri: string) => uri.includes(mode)),
  );
  const statement = await store.softwareStatements.insert(tenant, {
    ...{ ...own(), organisationId: tpp.organisationId, softwareId: tpp.softwareId, sandboxEnvironment: true },
    ...{ defaultObWacCertificateId: obWac.id, defaultObSealCertificateId: obSeal.id },
    ...{ defaultQueryRedirectUrl: queryUrl, defaultFragmentRedirectUrl: fragmentUrl },
  });
  return statement.id;
}

async function insertRequested(
  { store, profiles }: ActivityDeps,
  softwareStatementId: string,
  wish: Partial<RequestedRegistration>,
): Promise<string> {
  const registration = own();
  const bankProfile = wish.bankProfile ?? 'Sandbox_Hybrid';
  await store.registrations.insertRequested(tenant, {
    ...{ ...registration, softwareStatementId, bankProfile },
    bankGroup: profiles.find(bankProfile)?.group ?? '',
    ...{ aispUseV4: true, pispUseV4: true, vrpUseV4: true, cbpiiUseV4: true },
    ...wish,
  });
  return registration.id;
}

/** Both steps of the journey. */
export async function register(deps: ActivityDeps, registrationId: string): Promise<string> {
  const reference = { tenant, registrationId };
  const steps = createRegistrationActivities(deps);
  await steps.prepareRegistration(reference);
  await steps.registerClientAtBank(reference);
  return registrationId;
}

async function authorisedPayment(
  deps: ActivityDeps,
  sandbox: Sandbox,
  bankRegistrationId: string,
  { family, body }: PaymentAsked,
) {
  const { store } = deps;
  const consentId = await createConsent(deps, { family, bankRegistrationId, body });
  await authorise(deps, sandbox, consentId);
  const externalApiConsentId = (await store.consents.find(tenant, consentId))?.externalApiId ?? '';
  const paymentId = randomUUID();
  await store.payments.insert(tenant, {
    ...{ id: paymentId, consentId, family },
    body: JSON.stringify({ Data: { ...body.Data, ConsentId: externalApiConsentId }, Risk: body.Risk }),
    bankIdempotencyKey: randomUUID(),
  });
  return { paymentId, externalApiConsentId };
}
