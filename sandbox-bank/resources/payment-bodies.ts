// What consents and payments have in common on the wire: the debtor once known, and the account to refund to.
import type { Call } from './operation.ts';
import type { StoredConsent } from './records.ts';

interface NamedAccount {
  SchemeName: string;
  Identification: string;
  Name: string;
}

/** The account the customer chose to pay from; nothing before that. */
export function debtorOf(call: Call, consent: StoredConsent): NamedAccount | undefined {
  const account = call.deps.state.account(consent.accountIds[0] ?? '');
  const [identification] = account?.identifications ?? [];
  if (!account || !identification) return undefined;
  return {
    SchemeName: identification.schemeName,
    Identification: identification.identification,
    Name: account.holderName,
  };
}
