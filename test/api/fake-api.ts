// The API on fakes: records in memory, journeys and a bank that do what a test says.
import { createApi } from '../../api/app.ts';
import type { BankReads } from '../../api/bank-reads/bank-reads.ts';
import type { ApiDeps, BankProfileFacts, BankProfiles } from '../../api/deps.ts';
import { createApiMetrics } from '../../api/metrics.ts';
import { createLogger } from '../../log.ts';
import { allowedHostsOf } from '../../notifications/addresses.ts';
import { createTargetCheck } from '../../notifications/targets.ts';
import type { SecretDescription } from '../../secrets/secret-source.ts';
import type { Journeys } from '../../temporal/journeys.ts';
import { fakeRecords, testStart } from './fake-records.ts';

export const sandboxProfile: BankProfileFacts = {
  name: 'Sandbox_Hybrid',
  group: 'Sandbox',
  registrationRead: true,
  registrationUpdate: true,
  registrationDelete: true,
  registersDynamically: true,
  usesClientSecret: false,
  aispUseV4: true,
  pispUseV4: true,
  vrpUseV4: true,
  cbpiiUseV4: true,
  permissionsNotOffered: [],
  writeRequest: (_resource, _useV4, body) => body,
  missingConfiguration: () => [],
};

/** Every name of the sandbox is known, and means the same. */
export const profilesLike = (facts: Partial<BankProfileFacts>): BankProfiles => ({
  find: (name) => (name.startsWith('Sandbox_') ? { ...sandboxProfile, ...facts, name } : undefined),
  nearest: () => 'Sandbox_Hybrid',
  describeAll: () => [],
  describe: () => undefined,
});

const notExpected = (name: string) => async () => {
  throw new Error(`${name} was not expected to be called`);
};

function unexpectedJourneys(): Journeys {
  return {
    registerClient: notExpected('registerClient'),
    updateRegistration: notExpected('updateRegistration'),
    deleteRegistration: notExpected('deleteRegistration'),
    createConsent: notExpected('createConsent'),
    completeAuthorisation: notExpected('completeAuthorisation'),
    refreshGrant: notExpected('refreshGrant'),
    consentReconfirmed: notExpected('consentReconfirmed'),
    uploadFile: notExpected('uploadFile'),
    deleteConsent: notExpected('deleteConsent'),
    submitPayment: notExpected('submitPayment'),
    beginPaymentJourney: notExpected('beginPaymentJourney'),
    customerRefused: notExpected('customerRefused'),
    chooseBank: notExpected('chooseBank'),
    callOffPaymentJourney: notExpected('callOffPaymentJourney'),
    isReachable: async () => true,
  };
}

function unexpectedBank(): BankReads {
  return {
    readUnderConsent: notExpected('readUnderConsent'),
    openFileUnderConsent: notExpected('openFileUnderConsent'),
    readAsClient: notExpected('readAsClient'),
    openFileAsClient: notExpected('openFileAsClient'),
    readRegistration: notExpected('readRegistration'),
    authorisationTerms: notExpected('authorisationTerms'),
    authorisationAddress: notExpected('authorisationAddress'),
  };
}

export function fakeApi(changes: Partial<ApiDeps> = {}) {
  const { records, tables } = fakeRecords();
  const journeys = unexpectedJourneys();
  const bankReads = unexpectedBank();
  const secrets = new Map<string, string>();
  const directory = {
    redirectUris: ['query', 'fragment'].map((mode) => `https://tpp.example/auth/${mode}-redirect`),
  };
  const logLines: string[] = [];
  const time = { nowMs: testStart.getTime() };
  const deps: ApiDeps = {
    records,
    journeys,
    bankReads,
    bankProfiles: profilesLike({}),
    readSecret: async ({ name }: SecretDescription) => {
      const secret = secrets.get(name);
      if (secret === undefined) throw new Error('no such secret');
      return secret;
    },
    askDirectory: async () => ({ redirectUris: directory.redirectUris }),
    // Names lead to a public address here.
    checkWebhookTarget: createTargetCheck({
      allowed: allowedHostsOf([]),
      resolve: async () => [{ address: '93.184.216.34', family: 4 }],
    }),
    paymentFileMaxBytes: 1024 * 1024,
    publicUrl: () => 'https://pay.example',
    readiness: { database: async () => true, encryptionKey: async () => true },
    clock: { nowMs: () => time.nowMs, now: () => new Date(time.nowMs) },
    log: createLogger('api', 'debug', { write: (line) => void logLines.push(line) }),
    metrics: createApiMetrics(),
    ...changes,
  };
  const api = createApi(deps);

  async function send(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const { body, headers } = options;
    const response = await api.request(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const json: Record<string, unknown> = isJson ? JSON.parse(text) : {};
    return { status: response.status, headers: response.headers, text, json };
  }

  return { api, deps, records, tables, journeys, bankReads, secrets, directory, logLines, time, send };
}
export type FakeApi = ReturnType<typeof fakeApi>;
