// A postal address as the sandbox bank keeps it; the kind is an ISO 20022 address type.

export interface PostalAddress {
  kind: 'BIZZ' | 'HOME' | 'CORR';
  buildingName?: string;
  buildingNumber?: string;
  street: string;
  town: string;
  region?: string;
  postCode: string;
  country: string;
}
