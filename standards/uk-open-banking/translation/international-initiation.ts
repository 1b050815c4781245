// The instruction of an international payment, now or on a day to come, in its consent and in its order.
import { type Initiation, partiesToVersion3 } from './initiation.ts';
import { atMostCharacters, unknownToVersion3 } from './limits.ts';
import { agentToVersion4, postalAddressToVersion3 } from './postal-address.ts';
import { purposeToVersion3, purposeToVersion4 } from './purpose.ts';
import { remittanceToVersion3, remittanceToVersion4 } from './remittance.ts';
import { inTurn, members } from './translate.ts';

const agentToVersion3 = { LEI: unknownToVersion3, PostalAddress: postalAddressToVersion3 };

/** @param longestName of a creditor: v3.1 allows standing orders more than payments */
export const partiesAbroadToVersion3 = (longestName: number) => ({
  ...partiesToVersion3,
  Creditor: members({ ...agentToVersion3, Name: atMostCharacters(longestName) }),
  CreditorAgent: members(agentToVersion3),
});

export const partiesAbroadToVersion4 = { Creditor: agentToVersion4, CreditorAgent: agentToVersion4 };

export const internationalInitiation: Initiation = {
  toVersion3: inTurn(
    members({ ...partiesAbroadToVersion3(140), RemittanceInformation: remittanceToVersion3 }),
    purposeToVersion3,
  ),
  toVersion4: inTurn(
    members({ ...partiesAbroadToVersion4, RemittanceInformation: remittanceToVersion4 }),
    purposeToVersion4,
  ),
};
