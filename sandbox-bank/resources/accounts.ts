// The accounts a customer chose to share, with the members the permissions open (Accounts profile).
import { type BankAccount, bankIdentifierCode } from '../data/accounts.ts';
import { maskedCardNumber } from '../data/identifiers.ts';
import { badRequest, forbidden } from './errors.ts';
import type { Call, Operation } from './operation.ts';
import type { AccountAccessConsent } from './records.ts';
import { namesOf } from './version-3-names.ts';

const permissions = [['ReadAccountsBasic', 'ReadAccountsDetail']];

export const accounts: Operation[] = [
  {
    group: 'aisp',
    method: 'GET',
    path: '/accounts',
    caller: 'account-access',
    permissions,
    answer: (call, consent) => answer(call, consent, sharedAccounts(call, consent)),
  },
  {
    group: 'aisp',
    method: 'GET',
    path: '/accounts/{AccountId}',
    caller: 'account-access',
    permissions,
    answer: (call, consent) => answer(call, consent, [requestedAccount(call, consent)]),
  },
];

/** The accounts of a consent, in the bank's order. */
export function sharedAccounts(call: Call, consent: AccountAccessConsent): BankAccount[] {
  return consent.accountIds.flatMap((accountId) => call.deps.state.account(accountId) ?? []);
}

/** The account of the path: 400 when the bank has no such account, 403 when it is not in the consent. */
export function requestedAccount(call: Call, consent: AccountAccessConsent): BankAccount {
  const account = call.deps.state.account(call.params.AccountId ?? '');
  if (!account) throw badRequest('U011', 'there is no such account');
  if (!consent.accountIds.includes(account.accountId))
    throw forbidden('U008', 'the account is not in the consent');
  return account;
}

/** A card number, as far as the permissions show it. */
export function shownCardNumber(consent: AccountAccessConsent, pan: string): string {
  return consent.permissions.includes('ReadPAN') ? pan : maskedCardNumber(pan);
}

function answer(call: Call, consent: AccountAccessConsent, chosen: BankAccount[]) {
  const body = {
    Data: { Account: chosen.map((account) => bodyOf(call, consent, account)) },
    Links: { Self: call.selfUrl },
    Meta: { TotalPages: 1 },
  };
  return { status: 200 as const, body };
}

function bodyOf(call: Call, consent: AccountAccessConsent, account: BankAccount): object {
  const subType = namesOf(call.version).accountSubType(account.typeCode);
  const kind =
    call.version === 'v4.0'
      ? { AccountCategory: account.category, AccountTypeCode: subType }
      : { AccountType: account.category, AccountSubType: subType };
  return {
    AccountId: account.accountId,
    Status: 'Enabled',
    StatusUpdateDateTime: `${account.openedAt}T09:00:00.000Z`,
    Currency: account.currency,
    ...kind,
    Description: account.description,
    Nickname: account.nickname,
    OpeningDate: `${account.openedAt}T00:00:00.000Z`,
    ...(consent.permissions.includes('ReadAccountsDetail') ? detailOf(call, consent, account) : {}),
  };
}

function detailOf(call: Call, consent: AccountAccessConsent, account: BankAccount): object {
  return {
    Account: account.identifications.map(({ schemeName, identification }) => ({
      SchemeName: schemeName,
      Identification:
        schemeName === 'UK.OBIE.PAN' ? shownCardNumber(consent, identification) : identification,
      Name: account.holderName,
    })),
    ...(call.version === 'v4.0'
      ? { StatementFrequencyAndFormat: [{ Frequency: 'MNTH', CommunicationMethod: 'ONLI', Format: 'DPDF' }] }
      : {}),
    Servicer: { SchemeName: 'UK.OBIE.BICFI', Identification: bankIdentifierCode },
  };
}
