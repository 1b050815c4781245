// A creditor's account and bank on the wire; of a card number no more than the permissions show.
import type { Creditor } from '../data/creditors.ts';
import { shownCardNumber } from './accounts.ts';
import type { Call } from './operation.ts';
import { addressBody } from './postal-address-body.ts';
import type { AccountAccessConsent } from './records.ts';

/** What `Detail` adds to a standing order or a scheduled payment; version 3 names their banks by identification only. */
export function creditorBody(call: Call, consent: AccountAccessConsent, creditor: Creditor): object {
  const { agent } = creditor;
  return {
    CreditorAgent: agent && {
      ...agentIdentification(agent),
      ...(call.version === 'v4.0' ? agentDetail(call, agent) : {}),
    },
    CreditorAccount: accountBody(consent, creditor),
  };
}

/** What `Detail` adds to a beneficiary, on both versions the bank's name and address too. */
export function beneficiaryCreditorBody(
  call: Call,
  consent: AccountAccessConsent,
  creditor: Creditor,
): object {
  const { agent } = creditor;
  return {
    CreditorAgent: agent && { ...agentIdentification(agent), ...agentDetail(call, agent) },
    CreditorAccount: accountBody(consent, creditor),
  };
}

type Agent = NonNullable<Creditor['agent']>;

function agentIdentification({ bic }: Agent): object {
  return { SchemeName: 'UK.OBIE.BICFI', Identification: bic };
}

function agentDetail(call: Call, { name, address }: Agent): object {
  return { Name: name, ...(address ? { PostalAddress: addressBody(call, address) } : {}) };
}

function accountBody(consent: AccountAccessConsent, creditor: Creditor): object {
  const { schemeName, identification, name, secondaryIdentification } = creditor;
  return {
    SchemeName: schemeName,
    Identification: schemeName === 'UK.OBIE.PAN' ? shownCardNumber(consent, identification) : identification,
    Name: name,
    SecondaryIdentification: secondaryIdentification,
  };
}
