// Reads at banks, put together: which consent or registration, with which token, over which connection.

import { BankError } from '../../bank-client/bank-error.ts';
import type { CallerFacts } from '../../bank-client/caller-facts.ts';
import type { WrittenResource } from '../../bank-profiles/write-request.ts';
import type { Clock } from '../../clock.ts';
import type { ApiVersion, Endpoint } from '../../standards/uk-open-banking/endpoint.ts';
import type { Journeys } from '../../temporal/journeys.ts';
import type { ConsentFamily } from '../../workflows/contracts/consent.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import type { PaymentFamily } from '../../workflows/contracts/payment.ts';
import type { ApiMetrics } from '../metrics.ts';
import { Problem } from '../problem.ts';
import type {
  AuthorisationAddressRequest,
  AuthorisationTerms,
  BankAnswer,
  BankFile,
  BankReads,
  ReadUnderConsent,
  UnattendedReadsLeft,
} from './bank-reads.ts';
import { createFreshTokenReader, type Grant, type ReadContext, type ReadContexts } from './fresh-token.ts';
import { type Connected, createKeptConnections, type Stamp } from './kept-connections.ts';
import { createAttendance, type UnattendedReadClaims } from './unattended-reads.ts';

export interface BankCall extends CallerFacts {
  endpoint: Endpoint;
  version: ApiVersion;
  params: Record<string, string>;
  query: string;
  /** The exact text to send. */
  body?: string | undefined;
  /** The customer's; absent: the client's own token. */
  accessToken?: string | undefined;
}

/** With the customer's token. */
export type CustomerCall = BankCall & { accessToken: string };

/** A bank, seen as one of our clients. */
export interface ReadingBank {
  bankProfile: string;
  aispUseV4: boolean;
  pispUseV4: boolean;
  cbpiiUseV4: boolean;
  /** Of one account and resource, while the customer is away. */
  unattendedReadsPerDay: number;
  call(call: BankCall): Promise<BankAnswer>;
  openFile(call: BankCall): Promise<BankFile>;
  /** A request in version 4, as text, written as the bank takes it. */
  writeRequest(resource: WrittenResource, version: ApiVersion, body: string): string;
  readRegistration(): Promise<BankAnswer>;
  authorisationTerms(): AuthorisationTerms;
  authorisationAddress(request: AuthorisationAddressRequest): Promise<string>;
}

/** Which client a read is made as, and in which state it was found. */
export interface ClientVersion extends Stamp {
  registrationId: string;
  aispUseV4: boolean;
}

interface Deps {
  contexts: ReadContexts<ClientVersion>;
  connect(tenant: TenantId, registrationId: string): Promise<Connected<ReadingBank> | undefined>;
  journeys: Pick<Journeys, 'refreshGrant'>;
  unattendedReads: UnattendedReadClaims;
  clock: Clock;
  metrics: Pick<ApiMetrics, 'bankCalled'>;
}

export function createBankReads(deps: Deps): BankReads {
  const { contexts, connect, journeys, unattendedReads, clock, metrics } = deps;
  const connectionTo = createKeptConnections(connect);
  const readWithFreshToken = createFreshTokenReader({ contexts, journeys, clock });
  const attendanceOf = createAttendance({ claims: unattendedReads, clock });

  async function bankOf(tenant: TenantId, registrationId: string, stamp?: Stamp): Promise<ReadingBank> {
    const bank = await connectionTo(tenant, registrationId, stamp);
    if (bank === undefined) throw new Problem('registration-not-usable');
    return bank;
  }

  async function measured<Answer>(
    bank: ReadingBank,
    call: BankCall,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    const startedMs = performance.now();
    let outcome = 'error';
    try {
      const answer = await ask();
      outcome = 'answered';
      return answer;
    } catch (error) {
      if (error instanceof BankError) outcome = error.kind;
      throw error;
    } finally {
      const endpoint = `${call.endpoint.method} ${call.endpoint.path}`;
      const durationMs = performance.now() - startedMs;
      metrics.bankCalled({ bank: bank.bankProfile, endpoint, outcome, durationMs });
    }
  }

  async function underConsent<Answer extends object>(
    tenant: TenantId,
    read: ReadUnderConsent,
    ask: (bank: ReadingBank, call: CustomerCall) => Promise<Answer>,
  ): Promise<Answer & { unattendedReads?: UnattendedReadsLeft }> {
    const { consentId: _, family, isFurtherPage: __, question, ...asked } = read;
    const attendance = attendanceOf(tenant, read);
    const readOnce = async (access: ReadContext<ClientVersion> & { grant: Grant }) => {
      const { grant, externalApiId, createdWithV4, connection } = access;
      const bank = await bankOf(tenant, connection.registrationId, connection);
      const isAboutConsent = asked.endpoint.path.includes('{ConsentId}');
      const version = versionOf(readsInVersion4(family, createdWithV4, connection, bank));
      const call = {
        ...asked,
        ...{ version, accessToken: grant.accessToken },
        ...(question && {
          body: bank.writeRequest(question.resource, version, JSON.stringify(question.body)),
        }),
        params: isAboutConsent ? { ...read.params, ConsentId: externalApiId ?? '' } : read.params,
      };
      const callBank = () => measured(bank, call, () => ask(bank, call));
      return attendance.call(access, bank.unattendedReadsPerDay, callBank);
    };
    const answer = await readWithFreshToken(tenant, read, readOnce, attendance.admit);
    const left = attendance.left();
    return left === undefined ? answer : { ...answer, unattendedReads: left };
  }

  return {
    readUnderConsent: (tenant, read) => underConsent(tenant, read, (bank, call) => bank.call(call)),

    openFileUnderConsent: (tenant, read) => underConsent(tenant, read, (bank, call) => bank.openFile(call)),

    readAsClient: async (tenant, { bankRegistrationId, useV4, ...asked }) => {
      const { endpoint } = asked;
      const bank = await bankOf(tenant, bankRegistrationId);
      const call = { ...asked, version: versionOf(useV4 ?? usesVersion4(bank, endpoint)) };
      return measured(bank, call, () => bank.call(call));
    },

    openFileAsClient: async (tenant, { bankRegistrationId, useV4, ...asked }) => {
      const bank = await bankOf(tenant, bankRegistrationId);
      const call = { ...asked, version: versionOf(useV4 ?? usesVersion4(bank, asked.endpoint)) };
      return measured(bank, call, () => bank.openFile(call));
    },

    readRegistration: async (tenant, bankRegistrationId) =>
      (await bankOf(tenant, bankRegistrationId)).readRegistration(),

    authorisationTerms: async (tenant, bankRegistrationId) =>
      (await bankOf(tenant, bankRegistrationId)).authorisationTerms(),

    authorisationAddress: async (tenant, request) =>
      (await bankOf(tenant, request.bankRegistrationId)).authorisationAddress(request),
  };
}

/** A consent to ask about funds may go from version 3 to 4 with its registration, and never back. */
function readsInVersion4(
  family: ConsentFamily,
  createdWithV4: boolean,
  { aispUseV4 }: ClientVersion,
  { cbpiiUseV4 }: ReadingBank,
): boolean {
  switch (family) {
    case 'account-access':
      return aispUseV4;
    case 'funds-confirmation':
      return createdWithV4 || cbpiiUseV4;
    default:
      family satisfies PaymentFamily;
      return createdWithV4;
  }
}

function usesVersion4(bank: ReadingBank, { api }: Endpoint): boolean {
  switch (api) {
    case 'accountInformation':
      return bank.aispUseV4;
    case 'fundsConfirmation':
      return bank.cbpiiUseV4;
    default:
      return bank.pispUseV4;
  }
}

const versionOf = (isV4: boolean): ApiVersion => (isV4 ? 'v4.0' : 'v3.1');
