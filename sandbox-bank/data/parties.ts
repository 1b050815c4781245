// Who the sandbox bank's customers are, and what each of them is to an account. Nobody here exists; the numbers are reserved
// for drama (Ofcom) and the domain for examples (RFC 2606).
import type { BankAccount } from './accounts.ts';
import type { PostalAddress } from './postal-address.ts';

export interface Party {
  partyId: string;
  partyNumber: string;
  name: string;
  fullLegalName: string;
  legalStructure: 'UK.OBIE.Individual' | 'UK.OBIE.PrivateLimitedCompany';
  emailAddress: string;
  phone?: string;
  mobile?: string;
  /** Legal entity identifier (ISO 17442), of companies. */
  lei?: string;
  beneficialOwnership?: boolean;
  addresses: PostalAddress[];
}

export interface AccountParty {
  party: Party;
  type: 'Sole' | 'Joint' | 'Delegate';
  role: 'UK.OBIE.Principal' | 'UK.OBIE.SecondaryOwner' | 'UK.OBIE.Administrator';
}

const home: PostalAddress = {
  kind: 'HOME',
  buildingNumber: '12',
  street: 'Larch Close',
  town: 'Milford Cross',
  region: 'Northshire',
  postCode: 'NS4 7QT',
  country: 'GB',
};

const alice: Party = {
  ...{ partyId: 'PTY-000117', partyNumber: '0000000117', name: 'Alice Hart' },
  ...{ fullLegalName: 'Ms Alice Margaret Hart', legalStructure: 'UK.OBIE.Individual' },
  ...{ emailAddress: 'alice.hart@example.com', phone: '+44-1632960117', mobile: '+44-7700900117' },
  addresses: [home],
};
const bob: Party = {
  ...{ partyId: 'PTY-000204', partyNumber: '0000000204', name: 'Bob Okoro' },
  ...{ fullLegalName: 'Mr Robert Chidi Okoro', legalStructure: 'UK.OBIE.Individual' },
  ...{ emailAddress: 'bob.okoro@example.com', mobile: '+44-7700900204' },
  addresses: [home, { ...home, kind: 'CORR', buildingNumber: '3', street: 'Station Road' }],
};
const jo: Party = {
  ...{ partyId: 'PTY-000371', partyNumber: '0000000371', name: 'Jo Marsh' },
  ...{ fullLegalName: 'Ms Josephine Marsh', legalStructure: 'UK.OBIE.Individual', beneficialOwnership: true },
  ...{ emailAddress: 'jo.marsh@acme.example', phone: '+44-1632960371' },
  addresses: [{ ...home, buildingNumber: '88', street: 'Quarry Lane', postCode: 'NS1 2PL' }],
};

function company(number: string, name: string, lei: string): Party {
  return {
    ...{ partyId: `PTY-${number}`, partyNumber: `0000${number}`, name, lei },
    ...{ fullLegalName: name, legalStructure: 'UK.OBIE.PrivateLimitedCompany' },
    ...{ emailAddress: 'accounts@company.example', phone: '+44-1632960990', beneficialOwnership: false },
    addresses: [
      {
        ...{ kind: 'BIZZ', buildingName: 'The Old Foundry', street: 'Canal Street', town: 'Milford Cross' },
        ...{ postCode: 'NS1 4AB', country: 'GB' },
      },
    ],
  };
}

const acme = company('700001', 'ACME TRADING LTD', '213800SBXACMETRAD001');
const wren = company('800001', 'WREN LETTINGS LTD', '213800SBXWRENLETT001');

const byUser: Record<string, Party> = { alice, bob, acme: jo, wren };

/** Whoever signed in, whichever account it is about. */
export function partyOfUser(username: string): Party | undefined {
  return byUser[username];
}

/** The holder first. */
export function partiesOf(account: BankAccount): [AccountParty, ...AccountParty[]] {
  if (account.pattern === 'household') {
    return [
      { party: alice, type: 'Joint', role: 'UK.OBIE.Principal' },
      { party: bob, type: 'Joint', role: 'UK.OBIE.SecondaryOwner' },
    ];
  }
  if (account.holderName === acme.name) {
    return [
      { party: acme, type: 'Sole', role: 'UK.OBIE.Principal' },
      { party: jo, type: 'Delegate', role: 'UK.OBIE.Administrator' },
    ];
  }
  if (account.holderName === wren.name) return [{ party: wren, type: 'Sole', role: 'UK.OBIE.Principal' }];
  const party = account.holderName === 'MR B OKORO' ? bob : alice;
  return [{ party, type: 'Sole', role: 'UK.OBIE.Principal' }];
}
