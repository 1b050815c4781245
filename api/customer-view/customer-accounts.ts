// The accounts of one customer at all their banks: read under each of their consents at once, each account told once, and
// the banks that did not answer named beside those that did.
import type { CallerFacts } from '../../bank-client/caller-facts.ts';
import { accountInformation } from '../../standards/uk-open-banking/account-information.ts';
import type { Consent } from '../../store/consents.ts';
import type { TenantId } from '../../workflows/contracts/ids.ts';
import { accountIdentityMembers } from '../account-identities.ts';
import type { ReadUnderConsent } from '../bank-reads/bank-reads.ts';
import type { ApiDeps } from '../deps.ts';
import { type Problem, toProblem } from '../problem.ts';
import { type PagesRead, readPages } from './read-pages.ts';

export type ViewDeps = Pick<ApiDeps, 'records' | 'bankReads' | 'clock' | 'log'>;

/** An account as one consent shows it. */
export interface AccountShown {
  /** The same whatever consent shows it, as long as the bank tells how it is identified. */
  id: string;
  consent: Consent;
  externalApiAccountId: string;
  /** As the bank describes it, in version 4. */
  account: Record<string, unknown>;
}

/** A consent under which nothing could be read. */
export interface LeftOut {
  consent: Consent;
  problem: Problem;
}

export interface CustomerAccounts {
  /** One entry for each account, under each consent that shows it: the one authorised last first. */
  accounts: AccountShown[][];
  leftOut: LeftOut[];
  warnings: string[];
}

/** Of one customer; more are not read, and that is told. */
export const mostConsents = 20;
const consentsAtOnce = 5;
const family = 'account-access';
const endpoint = accountInformation.getAccounts;
const accountPages = 20;

/** @param reference of the customer's consents */
export async function readCustomerAccounts(
  deps: ViewDeps,
  tenant: TenantId,
  reference: string,
  facts: CallerFacts,
): Promise<CustomerAccounts> {
  const consents = await liveConsents(deps, tenant, reference);
  const warnings: string[] = [];
  if (consents.length > mostConsents)
    warnings.push(`Of ${consents.length} consents the ${mostConsents} that were authorised last were read.`);
  const leftOut: LeftOut[] = [];
  const shown = await inParallel(consents.slice(0, mostConsents), async (consent) => {
    try {
      const read: ReadUnderConsent = {
        ...facts,
        consentId: consent.id,
        family,
        endpoint,
        params: {},
        query: '',
      };
      const pages = await readPages(deps, tenant, read, accountPages);
      warnings.push(...pages.warnings.map((text) => `${consent.bankProfile}: ${text}`));
      return await accountsIn(deps, consent, pages);
    } catch (error) {
      leftOut.push({ consent, problem: toProblem(error) });
      return [];
    }
  });
  return { accounts: grouped(shown.flat()), leftOut, warnings };
}

/** Those that are authorised, the one authorised last first. */
async function liveConsents({ records }: ViewDeps, tenant: TenantId, reference: string): Promise<Consent[]> {
  const { items } = await records.consents.listPage(tenant, { family, reference });
  return items
    .filter(({ status }) => status === 'authorised')
    .toSorted((one, other) => other.authContextModified.getTime() - one.authContextModified.getTime());
}

async function accountsIn({ records }: ViewDeps, consent: Consent, { entries }: PagesRead) {
  const { AccountIdentities = [] } = await accountIdentityMembers(records, { Data: { Account: entries } });
  const identities = new Map(AccountIdentities.map(({ AccountId, Identity }) => [AccountId, Identity]));
  return entries.flatMap((account): AccountShown[] => {
    const { AccountId: externalApiAccountId } = account;
    if (typeof externalApiAccountId !== 'string') return [];
    const id = identities.get(externalApiAccountId) ?? idUnder(consent, externalApiAccountId);
    return [{ id, consent, externalApiAccountId, account }];
  });
}

/** Of an account that cannot be told from others: another consent gives it another one. */
const idUnder = ({ id }: Consent, externalApiAccountId: string) =>
  Buffer.from(JSON.stringify([id, externalApiAccountId])).toString('base64url');

/** In the order of bank and id, which no bank has a say in. */
function grouped(shown: readonly AccountShown[]): AccountShown[][] {
  const byId = Map.groupBy(shown, ({ id }) => id);
  const place = ([first]: AccountShown[]) => `${first?.consent.bankProfile} ${first?.id}`;
  return [...byId.values()].toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}

/** Results in the order of the items. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Promise<Result>[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) {
      const result = run(item);
      results[index] = result;
      await result;
    }
  };
  await Promise.all(Array.from({ length: consentsAtOnce }, worker));
  return await Promise.all(results);
}
