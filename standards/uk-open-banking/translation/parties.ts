// Parties: a list of an account's (OBReadParty3), or the one who is asked about (OBReadParty2).
import { postalAddressToVersion4 } from './postal-address.ts';
import { each, members } from './translate.ts';

const party = members({ Address: each(postalAddressToVersion4) });

export const partiesToVersion4 = members({ Data: members({ Party: each(party) }) });
export const partyToVersion4 = members({ Data: members({ Party: party }) });
