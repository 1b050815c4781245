// The transactions of one of a customer's accounts, newest first, whichever order its bank has them in.
import type { CallerFacts } from '../../bank-client/caller-facts.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import { Problem } from '../problem.ts';
import { type AccountShown, readCustomerAccounts, type ViewDeps } from './customer-accounts.ts';
import { readPages } from './read-pages.ts';

export interface WantedTransactions {
  reference: string;
  /** Ours. */
  accountId: string;
  /** What the bank is to filter by. */
  query: string;
}

export interface AccountTransactions {
  shown: AccountShown;
  transactions: Record<string, unknown>[];
  warnings: string[];
}

const transactionPages = 100;

/** @throws {Problem} when there is no such account, or why none of its consents could be used */
export async function readAccountTransactions(
  deps: ViewDeps,
  tenant: TenantId,
  { reference, accountId, query }: WantedTransactions,
  facts: CallerFacts,
): Promise<AccountTransactions> {
  const { accounts, leftOut } = await readCustomerAccounts(deps, tenant, reference, facts);
  const account = accounts.find(([first]) => first?.id === accountId);
  // As long as a bank does not answer, the account may be there.
  if (account === undefined) throw leftOut[0]?.problem ?? new Problem('not-found');
  let refusal: unknown;
  for (const shown of account) {
    const read = {
      ...({ consentId: shown.consent.id, family: 'account-access' } as const),
      ...{ endpoint: accountInformation.getAccountTransactions, query },
      params: { AccountId: shown.externalApiAccountId },
    };
    try {
      const { entries, warnings } = await readPages(deps, tenant, { ...facts, ...read }, transactionPages);
      return { shown, transactions: newestFirst(entries), warnings };
    } catch (error) {
      refusal ??= error;
    }
  }
  throw refusal;
}

/** Each once: what arrives while pages are read pushes others from one page onto the next. */
function newestFirst(entries: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const known = new Set<unknown>();
  const once = entries.filter(({ TransactionId: id }) => {
    if (typeof id !== 'string') return true;
    if (known.has(id)) return false;
    known.add(id);
    return true;
  });
  return once
    .map((entry) => ({ entry, atMs: timeOf(entry) }))
    .toSorted((one, other) => other.atMs - one.atMs)
    .map(({ entry }) => entry);
}

/** What has no date that can be read comes last. */
function timeOf({ BookingDateTime: booked }: Record<string, unknown>): number {
  const atMs = typeof booked === 'string' ? Date.parse(booked) : Number.NaN;
  return Number.isNaN(atMs) ? Number.NEGATIVE_INFINITY : atMs;
}
