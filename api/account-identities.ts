// Beside a bank's accounts, as a member of our own: which account each of them is, whatever consent shows it.
import { z } from '@hono/zod-openapi';
import { type AccountIdentifier, accountIdentity } from '../security/account-identity.ts';
import type { ApiRecords } from './records.ts';
import { tenantOf } from './tenant.ts';

export const accountIdentitiesResponse = {
  AccountIdentities: z
    .array(z.object({ AccountId: z.string(), Identity: z.string() }))
    .optional()
    .openapi({ description: 'The same account has the same identity under every consent.' }),
};

/** None for accounts of which the bank does not tell enough, as without the permission `ReadAccountsDetail`. */
export async function accountIdentityMembers(
  { accountIdentityKeys }: Pick<ApiRecords, 'accountIdentityKeys'>,
  body: unknown,
): Promise<{ AccountIdentities?: { AccountId: string; Identity: string }[] }> {
  const key = await accountIdentityKeys.get(tenantOf());
  const AccountIdentities = accountsOf(body).flatMap(({ AccountId, identifiers }) => {
    const Identity = accountIdentity(key, identifiers);
    return Identity === undefined ? [] : [{ AccountId, Identity }];
  });
  return AccountIdentities.length === 0 ? {} : { AccountIdentities };
}

function accountsOf(body: unknown): { AccountId: string; identifiers: AccountIdentifier[] }[] {
  const data = isObject(body) && isObject(body.Data) ? body.Data : {};
  return listOf(data.Account).flatMap(({ AccountId, Account }) =>
    typeof AccountId === 'string' ? [{ AccountId, identifiers: listOf(Account).filter(isIdentifier) }] : [],
  );
}

const listOf = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

const isIdentifier = (value: Record<string, unknown>): value is Record<string, unknown> & AccountIdentifier =>
  typeof value.SchemeName === 'string' &&
  typeof value.Identification === 'string' &&
  ['string', 'undefined'].includes(typeof value.SecondaryIdentification);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
