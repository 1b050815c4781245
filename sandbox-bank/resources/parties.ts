// Who the customer is, who holds an account, and who else has to do with it (Parties profile).
import { type AccountParty, type Party, partiesOf, partyOfUser } from '../data/parties.ts';
import { listAnswer } from './account-resource.ts';
import { requestedAccount } from './accounts.ts';
import { Refusal } from './errors.ts';
import { type Answer, accountRead, type Call, type Operation } from './operation.ts';
import { addressBody } from './postal-address-body.ts';

export const parties: Operation[] = [
  accountRead({
    path: '/party',
    permissions: [['ReadPartyPSU']],
    answer(call, consent) {
      const party = partyOfUser(consent.psu ?? '');
      if (!party) throw new Refusal(404);
      return answer(call, bodyOf(call, party));
    },
  }),
  accountRead({
    path: '/accounts/{AccountId}/party',
    permissions: [['ReadParty']],
    answer(call, consent) {
      const account = requestedAccount(call, consent);
      const [holder] = partiesOf(account);
      return answer(call, accountPartyBody(call, holder, account.accountId));
    },
  }),
  accountRead({
    path: '/accounts/{AccountId}/parties',
    permissions: [['ReadParty']],
    answer(call, consent) {
      const account = requestedAccount(call, consent);
      const bodies = partiesOf(account).map((one) => accountPartyBody(call, one, account.accountId));
      return listAnswer(call, 'Party', bodies);
    },
  }),
];

function answer(call: Call, party: object): Answer {
  return {
    status: 200,
    body: { Data: { Party: party }, Links: { Self: call.selfUrl }, Meta: { TotalPages: 1 } },
  };
}

function accountPartyBody(call: Call, { party, type, role }: AccountParty, accountId: string): object {
  return {
    ...bodyOf(call, party),
    PartyType: type,
    AccountRole: role,
    Relationships: { Account: { Related: `${call.groupUrl}/accounts/${accountId}`, Id: accountId } },
  };
}

function bodyOf(call: Call, party: Party): object {
  return {
    PartyId: party.partyId,
    PartyNumber: party.partyNumber,
    Name: party.name,
    FullLegalName: party.fullLegalName,
    LegalStructure: party.legalStructure,
    ...(call.version === 'v4.0' ? { LEI: party.lei } : {}),
    BeneficialOwnership: party.beneficialOwnership,
    EmailAddress: party.emailAddress,
    Phone: party.phone,
    Mobile: party.mobile,
    Address: party.addresses.map((address) => addressBody(call, address)),
  };
}
