// A postal address on the wire: version 3 has fewer members and longer names of kinds.
import type { PostalAddress } from '../data/postal-address.ts';
import type { Call } from './operation.ts';
import { namesOf } from './version-3-names.ts';

export function addressBody({ version }: Call, address: PostalAddress): object {
  const { kind, buildingName, buildingNumber, street, town, region, postCode, country } = address;
  return {
    AddressType: namesOf(version).addressType(kind),
    ...(version === 'v3.1' && buildingName !== undefined
      ? { AddressLine: [buildingName] }
      : { BuildingName: buildingName }),
    BuildingNumber: buildingNumber,
    StreetName: street,
    TownName: town,
    CountrySubDivision: region,
    PostCode: postCode,
    Country: country,
  };
}
