// The instruction of a domestic payment, in its consent and in the payment itself.
import { unknownToVersion3 } from './limits.ts';
import { postalAddressToVersion3, postalAddressToVersion4 } from './postal-address.ts';
import { remittanceToVersion3, remittanceToVersion4 } from './remittance.ts';
import { members } from './translate.ts';

const accountToVersion3 = members({ Proxy: unknownToVersion3 });

export const initiationToVersion3 = members({
  DebtorAccount: accountToVersion3,
  CreditorAgent: unknownToVersion3,
  CreditorAccount: accountToVersion3,
  CreditorPostalAddress: postalAddressToVersion3,
  UltimateCreditor: unknownToVersion3,
  UltimateDebtor: unknownToVersion3,
  RegulatoryReporting: unknownToVersion3,
  RemittanceInformation: remittanceToVersion3,
});

export const initiationToVersion4 = members({
  CreditorPostalAddress: postalAddressToVersion4,
  RemittanceInformation: remittanceToVersion4,
});
