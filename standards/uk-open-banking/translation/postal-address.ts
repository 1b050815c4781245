// Postal addresses: v4.0 renames the types (OBAddressTypeCode → OBAddressType2Code) and adds members.
import { coded, codeList } from './codes.ts';
import { asksFor, atMostCharacters, atMostElements, refused } from './limits.ts';
import { inTurn, members, replaced, type Translate } from './translate.ts';
import type { Walk } from './walk.ts';

const addressTypes = {
  Business: 'BIZZ',
  Correspondence: 'CORR',
  DeliveryTo: 'DLVY',
  MailTo: 'MLTO',
  POBox: 'PBOX',
  Postal: 'ADDR',
  Residential: 'HOME',
  Statement: 'STAT',
};
const typesOfVersion3 = Object.fromEntries(Object.entries(addressTypes).map(([old, code]) => [code, old]));

export const postalAddressToVersion4 = members({ AddressType: coded(codeList(addressTypes)) });

/** A bank as the agent of either side, or a creditor abroad. */
export const agentToVersion4 = members({ PostalAddress: postalAddressToVersion4 });

// How a flat, a floor or a box is written in a line of text is the caller's to say: "3" alone would be no address.
const onlyAsLine = refused('v3.1 has no member for it; AddressLine takes it as text');

const commonToVersion3 = {
  StreetName: atMostCharacters(70),
  TownName: atMostCharacters(35),
  BuildingName: onlyAsLine,
  CareOf: onlyAsLine,
  DistrictName: onlyAsLine,
  Floor: onlyAsLine,
  PostBox: onlyAsLine,
  Room: onlyAsLine,
  TownLocationName: onlyAsLine,
  UnitNumber: onlyAsLine,
};

export const postalAddressToVersion3 = members({
  ...commonToVersion3,
  AddressType: coded(codeList(typesOfVersion3)),
});

/** The address of `Risk.DeliveryAddress`, in v3.1 a class of its own that is smaller and asks for more. */
export const deliveryAddressToVersion3: Translate = inTurn(
  asksFor('TownName', 'Country'),
  members({
    ...commonToVersion3,
    Department: onlyAsLine,
    SubDepartment: onlyAsLine,
    AddressLine: atMostElements(2),
  }),
  replaced({ AddressType: withoutDeliveryType }),
);

/** That a delivery address is one to deliver to is told by its place already. */
function withoutDeliveryType(type: unknown, walk: Walk): Record<string, never> {
  if (type === addressTypes.DeliveryTo) return {};
  throw walk.refusal('v3.1 has no member for it in this address');
}
