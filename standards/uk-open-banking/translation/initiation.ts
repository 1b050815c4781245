// The instruction of a domestic payment, now or on a day to come, in its consent and in its order.
import { unknownToVersion3 } from './limits.ts';
import { postalAddressToVersion3, postalAddressToVersion4 } from './postal-address.ts';
import { remittanceToVersion3, remittanceToVersion4 } from './remittance.ts';
import { members, type Translate } from './translate.ts';

/** What `Data.Initiation` of one family becomes. */
export interface Initiation {
  toVersion3: Translate;
  toVersion4: Translate;
}

const account = members({ Proxy: unknownToVersion3 });

/** Of the parties of every family. */
export const partiesToVersion3 = {
  DebtorAccount: account,
  CreditorAccount: account,
  UltimateCreditor: unknownToVersion3,
  UltimateDebtor: unknownToVersion3,
  RegulatoryReporting: unknownToVersion3,
};

export const domesticInitiation: Initiation = {
  toVersion3: members({
    ...partiesToVersion3,
    CreditorAgent: unknownToVersion3,
    CreditorPostalAddress: postalAddressToVersion3,
    RemittanceInformation: remittanceToVersion3,
  }),
  toVersion4: members({
    CreditorPostalAddress: postalAddressToVersion4,
    RemittanceInformation: remittanceToVersion4,
  }),
};
