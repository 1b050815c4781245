// Reads under a consent with a token that is good now. Readers of one process that find the same token expired share one
// request to the consent's journey; readers of all processes share one refresh.

import { BankError } from '../../bank-client/bank-error.ts';
import { createBulkhead } from '../../bank-client/bulkhead.ts';
import type { Clock } from '../../clock.ts';
import { JourneyClosed, JourneyInProgress, type Journeys } from '../../temporal/journeys.ts';
import type { ConsentFamily, ConsentStatus } from '../../workflows/contracts/consent.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import { inTime } from '../driven-by-journey.ts';
import { Problem } from '../problem.ts';

export interface Grant {
  /** Counts the tokens of a consent. */
  version: number;
  accessToken: string;
  expiresAtMs: number;
}

/** What one query tells about a consent that is to be read under. `Connection` is what the bank is called with. */
export interface ReadContext<Connection> {
  family: ConsentFamily;
  status: ConsentStatus;
  bankProfile: string;
  externalApiId: string | null;
  createdWithV4: boolean;
  /** When the customer last authorised it, or reconfirmed it since. */
  confirmedAtMs: number;
  /** Null when there are no tokens, or they have ended for good. */
  grant: Grant | null;
  connection: Connection;
}

export interface ReadContexts<Connection> {
  loadForRead(tenant: TenantId, consentId: string): Promise<ReadContext<Connection> | undefined>;
  /** Not what was known before. */
  loadAnew(tenant: TenantId, consentId: string): Promise<ReadContext<Connection> | undefined>;
}

export interface ConsentToRead {
  consentId: string;
  family: ConsentFamily;
}

interface Deps<Connection> {
  contexts: ReadContexts<Connection>;
  journeys: Pick<Journeys, 'refreshGrant'>;
  clock: Clock;
}

/** A token that ends while the call is under way is of no use. */
const expiryLeewayMs = 5_000;

/**
 * Of one bank. Journeys that are all asked at once get in each other's way: the last of them is done no sooner, and the
 * first ones are as late as the last.
 */
const refreshesAtOnce = 16;
/** Whoever reads again finds its refresh where it was in the line, so that it stays there when its reader has gone. */
const lineWaitMs = 10 * 60_000;
/** Five hundred in one line are done in half a minute, on two cores. Most callers' own patience is longer. */
const readerWaitMs = 45_000;
const mostRequests = 3;

type Live<Connection> = ReadContext<Connection> & { grant: Grant };

export function createFreshTokenReader<Connection>({ contexts, journeys, clock }: Deps<Connection>) {
  const underWay = new Map<string, Promise<unknown>>();
  const line = createBulkhead({ perPlace: Number.POSITIVE_INFINITY, forMs: lineWaitMs });

  async function load(tenant: TenantId, consent: ConsentToRead): Promise<Live<Connection>> {
    return usable(consent, await contexts.loadForRead(tenant, consent.consentId));
  }

  async function loadAnew(tenant: TenantId, consent: ConsentToRead): Promise<Live<Connection>> {
    return usable(consent, await contexts.loadAnew(tenant, consent.consentId));
  }

  /** @throws {Problem} when nothing can be read under it */
  function usable({ family }: ConsentToRead, context: ReadContext<Connection> | undefined): Live<Connection> {
    if (context?.family !== family) throw new Problem('not-found');
    refuseUnlessAuthorised(context.status);
    if (!hasGrant(context)) throw new Problem('authorisation-needed');
    return context;
  }

  async function inLine<Result>(bank: string, work: () => Promise<Result>): Promise<Result> {
    const leave = await line.enter(bank, refreshesAtOnce);
    if (leave === undefined) throw new Problem('refresh-in-progress');
    try {
      return await work();
    } finally {
      leave();
    }
  }

  async function refresh(tenant: TenantId, consent: ConsentToRead, { grant, bankProfile }: Live<Connection>) {
    const key = JSON.stringify([tenant, consent.consentId, grant.version]);
    let shared = underWay.get(key);
    if (shared === undefined) {
      const reference = { tenant, ...consent, bank: bankProfile };
      const ask = () => journeys.refreshGrant(reference, grant.version);
      shared = inLine(bankProfile, () => patiently(ask)).finally(() => underWay.delete(key));
      shared.catch(() => {}); // whoever waits for it hears of it; nobody may be left who does
      underWay.set(key, shared);
    }
    try {
      await inTime('refresh-in-progress', forAWhile(shared));
    } catch (error) {
      // Nobody is left who could refresh: the consent has come to its end.
      if (error instanceof JourneyClosed) throw new Problem('authorisation-needed', { cause: error });
      throw error;
    }
    return loadAnew(tenant, consent);
  }

  /** @param read may be called a second time, with another token, when the bank no longer accepts the first */
  return async function readWithFreshToken<Answer>(
    tenant: TenantId,
    { consentId, family }: ConsentToRead,
    read: (context: Live<Connection>) => Promise<Answer>,
    /** Throws when nothing is to be asked of the bank, not even a token. */
    admit: (context: Live<Connection>) => void = () => {},
  ): Promise<Answer> {
    const consent = { consentId, family };
    let context = await load(tenant, consent);
    admit(context);
    if (context.grant.expiresAtMs - expiryLeewayMs <= clock.nowMs())
      context = await refresh(tenant, consent, context);
    try {
      return await read(context);
    } catch (error) {
      if (!isUnauthorised(error)) throw error;
    }
    // Another process may have refreshed meanwhile: then the token that is stored now is a newer one.
    const stored = await loadAnew(tenant, consent);
    const isNewer = stored.grant.version !== context.grant.version;
    return read(isNewer ? stored : await refresh(tenant, consent, stored));
  };
}

/** A journey that is slow to answer is asked again, and says the same: its readers' patience is longer than one request. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let asked = 1; ; asked++) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof JourneyInProgress) || asked === mostRequests) throw error;
    }
  }
}

async function forAWhile(refresh: Promise<unknown>): Promise<void> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Problem('refresh-in-progress')), readerWaitMs);
  try {
    await Promise.race([refresh, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function isUnauthorised(error: unknown): boolean {
  return error instanceof BankError && error.kind === 'unauthorised';
}

function hasGrant<Connection>(context: ReadContext<Connection>): context is Live<Connection> {
  return context.grant !== null;
}

/** @throws {Problem} whether the customer can cure it, or nobody can */
export function refuseUnlessAuthorised(status: ConsentStatus): void {
  switch (status) {
    case 'authorised':
      return;
    case 'creating':
    case 'awaiting-upload':
    case 'awaiting-authorisation':
      throw new Problem('authorisation-needed');
    case 'deleted':
      throw new Problem('not-found');
    case 'consumed':
    case 'rejected':
    case 'revoked':
    case 'expired':
    case 'abandoned':
    case 'failed':
      throw new Problem('consent-not-usable');
    default:
      status satisfies never;
  }
}
