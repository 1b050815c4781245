// Whom the sandbox bank's customers pay: by sort code and account number, IBAN or card number. Nobody here exists.
import { cardNumber, inventedAccount } from './identifiers.ts';
import type { PostalAddress } from './postal-address.ts';

export interface Creditor {
  name: string;
  schemeName: 'UK.OBIE.SortCodeAccountNumber' | 'UK.OBIE.IBAN' | 'UK.OBIE.PAN';
  identification: string;
  /** The building society's roll number and the like. */
  secondaryIdentification?: string;
  /** The creditor's bank; a card number needs none. */
  agent?: { bic: string; name: string; address?: PostalAddress };
}

const domesticAgent = { bic: 'SBXEGB2L', name: 'Sandbox Exchange Bank' };
const foreignAgent = {
  bic: 'SBXADEFF',
  name: 'Sandkasten Bank AG',
  address: {
    kind: 'BIZZ',
    buildingNumber: '4',
    street: 'Am Sandhof',
    town: 'Frankfurt am Main',
    postCode: '60311',
    country: 'DE',
  },
} as const;

/** The account is the one that the name has in transactions too. */
export function sterlingCreditor(name: string, secondaryIdentification?: string): Creditor {
  return {
    name,
    schemeName: 'UK.OBIE.SortCodeAccountNumber',
    identification: inventedAccount(name),
    agent: domesticAgent,
    ...(secondaryIdentification === undefined ? {} : { secondaryIdentification }),
  };
}

export function euroCreditor(name: string, iban: string): Creditor {
  return { name, schemeName: 'UK.OBIE.IBAN', identification: iban, agent: foreignAgent };
}

export function cardCreditor(name: string, fifteenDigits: string): Creditor {
  return { name, schemeName: 'UK.OBIE.PAN', identification: cardNumber(fifteenDigits) };
}
