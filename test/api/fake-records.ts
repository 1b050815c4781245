// Records in memory that keep the promises of api/records: repeatable inserts, soft deletes, one payment per consent.
import { createHash, generateKeyPairSync } from 'node:crypto';
import type { ApiRecords, ManagementRecords } from '../../api/records.ts';
import type { AccessRecord } from '../../store/access-records.ts';
import type { AuthContext } from '../../store/auth-contexts.ts';
import type { StoredBankResponse } from '../../store/bank-responses.ts';
import type { ObSealCertificate, ObWacCertificate } from '../../store/certificates.ts';
import type { Consent } from '../../store/consents.ts';
import type { Entity, Stored } from '../../store/entity.ts';
import type { FundsAnswer } from '../../store/funds-confirmations.ts';
import type { NewTokens } from '../../store/grants.ts';
import type { LedgerEntry } from '../../store/payment-attempts.ts';
import type { PaymentFile } from '../../store/payment-files.ts';
import type { NewPaymentJourney, OpenEnd, PaymentJourneyRecord } from '../../store/payment-journeys.ts';
import type { PaymentListRequest } from '../../store/payment-list.ts';
import type { Payment, PaymentStatusEntry } from '../../store/payments.ts';
import type { Reconfirmation } from '../../store/reconfirmations.ts';
import type { RedirectOutcome } from '../../store/redirects.ts';
import type { BankRegistration } from '../../store/registrations.ts';
import type { SoftwareStatement } from '../../store/software-statements.ts';
import { fakePage } from './fake-page.ts';
import { type FakeWebhookTables, fakeWebhooks } from './fake-webhooks.ts';

export const testStart = new Date('2026-11-20T12:00:00.000Z');

export interface FakeTables {
  registrations: Map<string, BankRegistration>;
  consents: Map<string, Consent>;
  requestBodies: Map<string, string>;
  bankResponses: Map<string, StoredBankResponse>;
  authContexts: Map<string, AuthContext & { workflowId: string }>;
  redirects: Map<string, { id: string; hash: string; parameters: unknown }>;
  redirectOutcomes: Map<string, RedirectOutcome>;
  accessRecords: Map<string, AccessRecord & { consentId: string }>;
  payments: Map<string, Payment & { body: string; bankIdempotencyKey: string }>;
  /** In the order of their sending. */
  ledger: LedgerEntry[];
  paymentStatuses: Map<string, PaymentStatusEntry[]>;
  fundsAnswers: Map<string, FundsAnswer>;
  paymentJourneys: Map<string, NewPaymentJourney>;
  /** How those ended whose customer chose no bank. */
  openEnds: Map<string, OpenEnd>;
  /** By consent. */
  paymentFiles: Map<string, PaymentFile & { pieces: Buffer[] }>;
  tokens: Map<string, NewTokens>;
  /** Of each consent, the address of the customer who asked last. */
  deletionsAsked: Map<string, string | undefined>;
  reconfirmations: Map<string, Stored<Reconfirmation>>;
  inUse: Set<string>;
  currentKeys: string[];
  webhooks: FakeWebhookTables;
}

/** One key, made when it is first asked for. */
function fakeResultKeys(): ApiRecords['resultKeys'] {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = '88888888-8888-4888-8888-888888888888';
  return {
    current: async () => ({ id, privateJwk: privateKey.export({ format: 'jwk' }) }),
    listPublic: async () => [{ id, publicJwk: publicKey.export({ format: 'jwk' }) }],
  };
}

export function fakeRecords(): { records: ApiRecords; tables: FakeTables } {
  const webhooks = fakeWebhooks();
  const tables: FakeTables = {
    registrations: new Map(),
    consents: new Map(),
    requestBodies: new Map(),
    bankResponses: new Map(),
    authContexts: new Map(),
    redirects: new Map(),
    redirectOutcomes: new Map(),
    accessRecords: new Map(),
    payments: new Map(),
    ledger: [],
    paymentStatuses: new Map(),
    fundsAnswers: new Map(),
    paymentJourneys: new Map(),
    openEnds: new Map(),
    paymentFiles: new Map(),
    tokens: new Map(),
    deletionsAsked: new Map(),
    reconfirmations: new Map(),
    inUse: new Set(),
    currentKeys: [],
    webhooks: webhooks.tables,
  };
  const claims = new Map<string, { bodyHash: string; resourceId: string }>();

  const deleteFrom = (table: Map<string, unknown>) => async (_: string, id: string) => {
    if (!table.has(id)) return 'not-found' as const;
    if (tables.inUse.has(id)) return 'in-use' as const;
    table.delete(id);
    return 'deleted' as const;
  };

  function managed<Values extends Entity>(): ManagementRecords<Values> & {
    all: Map<string, Stored<Values>>;
  } {
    const all = new Map<string, Stored<Values>>();
    return {
      all,
      insert: async (_, values) => {
        const stored = all.get(values.id) ?? { ...values, created: testStart };
        all.set(values.id, stored);
        return stored;
      },
      find: async (_, id) => all.get(id),
      softDelete: deleteFrom(all),
      listPage: async (_, request) => fakePage(all.values(), request),
    };
  }

  /** As the store reads it off the consent and the payment. */
  function journeyOf(journey: NewPaymentJourney | undefined): PaymentJourneyRecord | undefined {
    const consent = tables.consents.get(journey?.consentId ?? '');
    if (journey?.open !== undefined && consent === undefined) {
      const { open, ...known } = journey;
      return {
        ...{ ...known, created: testStart, family: open.family, bankProfile: null, bankRegistrationId: null },
        ...{ ended: tables.openEnds.get(known.id) ?? null, consentStatus: null, paymentStatus: null },
        ...{ bankStatus: null, externalApiId: null, failure: null },
      };
    }
    if (journey === undefined || consent === undefined || consent.family === 'account-access')
      return undefined;
    if (consent.family === 'funds-confirmation') return undefined;
    const payment = [...tables.payments.values()].find(({ consentId }) => consentId === consent.id);
    const { family, bankProfile, bankRegistrationId, status } = consent;
    return {
      ...{ ...journey, created: testStart, family, bankProfile, bankRegistrationId },
      ended: null,
      consentStatus: status,
      paymentStatus: payment?.status ?? null,
      ...{ bankStatus: payment?.bankStatus ?? null, externalApiId: payment?.externalApiId ?? null },
      paymentId: payment?.id ?? journey.paymentId,
      failure: payment === undefined ? consent.failure : payment.failure,
    };
  }

  const statements = managed<SoftwareStatement>();
  const [obWacs, obSeals] = [managed<ObWacCertificate>(), managed<ObSealCertificate>()];
  const records: ApiRecords = {
    obWacCertificates: obWacs,
    obSealCertificates: obSeals,
    listCertificatesInUse: async () => {
      const named = [...statements.all.values()].flatMap((statement) => [
        statement.defaultObWacCertificateId,
        statement.defaultObSealCertificateId,
      ]);
      return [
        ...[...obWacs.all.values()].map((each) => ({ ...each, kind: 'obwac' as const })),
        ...[...obSeals.all.values()].map((each) => ({ ...each, kind: 'obseal' as const })),
      ].filter(({ id }) => named.includes(id));
    },
    softwareStatements: {
      ...statements,
      list: async () => [...statements.all.values()],
      update: async (_, id, changes) => {
        const stored = statements.all.get(id);
        if (stored === undefined) return undefined;
        const given = Object.entries(changes).filter(([, value]) => value !== undefined);
        const updated = { ...stored, ...Object.fromEntries(given) };
        statements.all.set(id, updated);
        return updated;
      },
    },
    encryptionKeyDescriptions: {
      ...managed(),
      setCurrent: async (_, id) => void tables.currentKeys.push(id),
    },
    registrations: {
      insertRequested: async (_, values) => {
        if (tables.registrations.has(values.id)) return;
        const { id, createdBy, reference, softwareStatementId, bankProfile, bankGroup } = values;
        const { aispUseV4, pispUseV4, vrpUseV4, cbpiiUseV4, useSimulatedBank } = values;
        tables.registrations.set(id, {
          ...{ id, createdBy, reference, softwareStatementId, bankProfile, bankGroup },
          ...{ aispUseV4, pispUseV4, vrpUseV4, cbpiiUseV4, created: testStart, status: 'registering' },
          ...{ client: null, failure: null, revision: 0, requested: { useSimulatedBank } },
        });
      },
      find: async (_, id) => tables.registrations.get(id),
      listForPayments: async () =>
        [...tables.registrations.values()].filter(({ status }) => status === 'registered'),
      findNewestForPayments: async (_, bankProfile) =>
        [...tables.registrations.values()].findLast(
          (registration) => registration.bankProfile === bankProfile && registration.status === 'registered',
        ),
      softDelete: deleteFrom(tables.registrations),
      listPage: async (_, request) =>
        fakePage(tables.registrations.values(), request, (registration) => ({
          ...registration,
          registration,
        })),
    },
    consents: {
      insert: async (_, values) => {
        if (tables.consents.has(values.id)) return;
        const { id, createdBy, reference, family, bankRegistrationId, externalApiUserId } = values;
        const { permissions = null, imported, requestBody } = values;
        if (requestBody !== undefined) tables.requestBodies.set(id, requestBody);
        tables.consents.set(id, {
          ...{ id, createdBy, reference, family, bankRegistrationId, externalApiUserId },
          ...{ created: testStart, status: 'creating', bankProfile: 'Sandbox_Hybrid' },
          ...{ externalApiId: imported?.externalApiId ?? null, permissions, createdWithV4: values.useV4 },
          ...{
            authContextModified: imported?.authorised?.modified ?? testStart,
            authContextModifiedBy: imported?.authorised?.modifiedBy ?? null,
          },
          ...{
            bankStatus: null,
            bankStatusConfirmed: null,
            reconfirmed: null,
            reconfirmationReminded: null,
            failure: null,
            expiresAt: null,
            lastUsedAt: null,
          },
        });
      },
      find: async (_, id) => tables.consents.get(id),
      recordSeenAtBank: async (_, id, { status, permissions, expiresAt }) => {
        const consent = tables.consents.get(id);
        if (consent === undefined) return;
        tables.consents.set(id, {
          ...consent,
          bankStatus: status ?? consent.bankStatus,
          bankStatusConfirmed: status === undefined ? consent.bankStatusConfirmed : testStart,
          permissions: permissions ?? consent.permissions,
          expiresAt: expiresAt ?? consent.expiresAt,
        });
      },
      recordDeletionAsked: async (_, id, { customerIpAddress }) =>
        void tables.deletionsAsked.set(id, customerIpAddress),
      findRequestBody: async (_, id) => tables.requestBodies.get(id),
      findBankResponse: async (_, id) => tables.bankResponses.get(id),
      softDelete: deleteFrom(tables.consents),
      listPage: async (_, { family, ...request }) =>
        fakePage(
          [...tables.consents.values()].filter((consent) => consent.family === family),
          request,
          ({ reference, bankRegistrationId }) => ({
            reference,
            registration: tables.registrations.get(bankRegistrationId),
          }),
        ),
    },
    resultKeys: fakeResultKeys(),
    accountIdentityKeys: { get: async () => Buffer.alloc(32, 7) },
    accessRecords: {
      listPage: async (_, { consentId, ...request }) =>
        fakePage(
          [...tables.accessRecords.values()].filter((record) => record.consentId === consentId),
          request,
          () => ({}),
        ),
    },
    grants: {
      storeTokens: async (_, id, tokens) => {
        const version = tables.tokens.has(id) ? tokens.fromVersion : tokens.fromVersion + 1;
        if (!tables.tokens.has(id)) tables.tokens.set(id, tokens);
        return { kind: version === tokens.fromVersion ? 'superseded' : 'stored', version };
      },
    },
    reconfirmations: {
      insert: async (_, values) => {
        const consent = tables.consents.get(values.consentId);
        if (consent?.status !== 'authorised') return undefined;
        const stored = tables.reconfirmations.get(values.id) ?? { ...values, created: testStart };
        tables.reconfirmations.set(values.id, stored);
        tables.consents.set(consent.id, { ...consent, reconfirmed: stored.created });
        return stored;
      },
    },
    authContexts: {
      insert: async (_, values) => {
        const taken = [...tables.authContexts.values()].find(({ state }) => state === values.state);
        if (taken !== undefined) return taken.id === values.id ? 'inserted' : 'state-taken';
        if (tables.authContexts.has(values.id)) return 'inserted';
        const consent = tables.consents.get(values.consentId);
        if (consent === undefined) throw new Error('no such consent');
        const { family, bankProfile } = consent;
        const context = { ...values, created: testStart, family, bankProfile, returned: false };
        tables.authContexts.set(values.id, context);
        return 'inserted';
      },
      find: async (_, id) => tables.authContexts.get(id),
      findByState: async (_, state) => [...tables.authContexts.values()].find((row) => row.state === state),
    },
    redirects: {
      record: async (_tenant, { id, authContextId, parameters }) => {
        const { modified_by: _, ...sent } = parameters;
        const hash = createHash('sha256').update(JSON.stringify(sent)).digest('hex');
        const first = tables.redirects.get(authContextId);
        if (first !== undefined) {
          return first.hash === hash ? { kind: 'repeated-same', id: first.id } : { kind: 'refused' };
        }
        tables.redirects.set(authContextId, { id, hash, parameters });
        const context = tables.authContexts.get(authContextId);
        if (context !== undefined) context.returned = true;
        return { kind: 'recorded', id };
      },
      findOutcome: async (_, id) => tables.redirectOutcomes.get(id),
    },
    payments: {
      insert: async (_, values) => {
        const first = [...tables.payments.values()].find(({ consentId }) => consentId === values.consentId);
        if (first !== undefined)
          return { kind: first.body === values.body ? 'same' : 'different', payment: first };
        const consent = tables.consents.get(values.consentId);
        if (consent === undefined) throw new Error('no such consent');
        const { bankProfile, bankRegistrationId, createdWithV4: useV4 } = consent;
        const { modifiedBy = null } = values;
        const payment = {
          ...{ ...values, bankProfile, bankRegistrationId, useV4, modifiedBy },
          ...({ status: 'submitting', externalApiId: null, bankStatus: null, failure: null } as const),
          ...{ consentExternalApiId: consent.externalApiId, created: testStart },
          ...{ firstSentAt: null, lastSentAt: null },
        };
        tables.payments.set(values.id, payment);
        return { kind: 'inserted', payment };
      },
      find: async (_, id) => tables.payments.get(id),
      findByConsent: async (_, id) => [...tables.payments.values()].find(({ consentId }) => consentId === id),
      findByExternalApiId: async (_, family, externalApiId, registrationId) =>
        [...tables.payments.values()].find(
          (payment) =>
            payment.family === family &&
            payment.externalApiId === externalApiId &&
            (registrationId === undefined || payment.bankRegistrationId === registrationId),
        ),
      findFirstBankResponse: async (_, id) => tables.bankResponses.get(id),
      listPage: async (_, request) =>
        fakePage(
          [...tables.payments.values()].filter((payment) => isAskedFor(payment, request)),
          request,
          ({ consentId, bankRegistrationId }) => ({
            reference: tables.consents.get(consentId)?.reference ?? null,
            registration: tables.registrations.get(bankRegistrationId),
          }),
        ),
      listStatuses: async (_, id) => tables.paymentStatuses.get(id) ?? [],
    },
    paymentAttempts: {
      list: async (_, id) => tables.ledger.filter(({ paymentId }) => paymentId === id),
      listLedger: async (_, { from, to, after, limit }) =>
        tables.ledger
          .filter(({ sent }) => (from === undefined || sent >= from) && (to === undefined || sent < to))
          .slice(after === undefined ? 0 : tables.ledger.findIndex(({ id }) => id === after.id) + 1)
          .slice(0, limit),
    },
    paymentJourneys: {
      insert: async (_, values) => {
        if (!tables.paymentJourneys.has(values.id)) tables.paymentJourneys.set(values.id, values);
      },
      findOpen: async (_, id) => tables.paymentJourneys.get(id)?.open,
      recordEnd: async (_, id, ended) => void tables.openEnds.set(id, ended),
      find: async (_, id) => journeyOf(tables.paymentJourneys.get(id)),
      findByConsent: async (_, id) =>
        journeyOf([...tables.paymentJourneys.values()].find(({ consentId }) => consentId === id)),
    },
    paymentLinks: {
      tokenOf: async (_, id) => (tables.paymentJourneys.has(id) ? `link-of-${id}` : undefined),
      findJourney: async (_, token) => {
        const journeyId = token.replace(/^link-of-/, '');
        return token !== journeyId && tables.paymentJourneys.has(journeyId)
          ? { journeyId, lastChanged: testStart }
          : undefined;
      },
    },
    paymentFiles: {
      begin: async (_, file) => {
        tables.paymentFiles.set(file.consentId, { ...file, pieces: [], parts: 0, sha256: '', taken: null });
      },
      addPart: async (_, id, _number, bytes) => {
        const file = [...tables.paymentFiles.values()].find((each) => each.id === id);
        file?.pieces.push(Buffer.from(bytes));
        return file !== undefined;
      },
      complete: async (_, id, whole) => {
        const file = [...tables.paymentFiles.values()].find((each) => each.id === id);
        return file !== undefined && Object.assign(file, whole) !== undefined;
      },
      findWhole: async (_, consentId) => {
        const file = tables.paymentFiles.get(consentId);
        return file?.sha256 ? file : undefined;
      },
      forget: async (_, id) => {
        for (const [consentId, file] of tables.paymentFiles)
          if (file.id === id) tables.paymentFiles.delete(consentId);
      },
    },
    fundsConfirmations: {
      findAnswer: async (_, id) => tables.fundsAnswers.get(id),
      recordAnswer: async (_, { id, answer }) => {
        if (!tables.fundsAnswers.has(id)) tables.fundsAnswers.set(id, answer);
      },
    },
    ...webhooks.records,
    idempotency: {
      claim: async (tenant, { key, bodyHash, resourceId }) => {
        const name = JSON.stringify([tenant, key]);
        const first = claims.get(name);
        if (first === undefined) {
          claims.set(name, { bodyHash, resourceId });
          return { kind: 'new', resourceId };
        }
        return first.bodyHash === bodyHash
          ? { kind: 'same', resourceId: first.resourceId }
          : { kind: 'conflict' };
      },
    },
  };
  return { records, tables };
}

const isAskedFor = (payment: Payment, request: PaymentListRequest) =>
  (['family', 'status', 'consentId'] as const).every(
    (name) => request[name] === undefined || request[name] === payment[name],
  ) &&
  (request.createdFrom === undefined || payment.created >= request.createdFrom) &&
  (request.createdTo === undefined || payment.created < request.createdTo);
