// Where a bank's APIs are, by endpoint.
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { ApiVersion, Endpoint } from '../standards/uk-open-banking/endpoint.ts';

type BaseUrls = Partial<Record<ApiVersion, string>>;

/** Undefined: the bank does not offer it. */
export function baseUrlOf(profile: ResolvedProfile, { api }: Endpoint, version: ApiVersion) {
  const urls: Partial<Record<Endpoint['api'], BaseUrls>> = {
    accountInformation: profile.accountInformation?.baseUrls ?? {},
    paymentInitiation: profile.paymentInitiation?.baseUrls ?? {},
    fundsConfirmation: profile.fundsConfirmation?.baseUrls ?? {},
  };
  return urls[api]?.[version];
}

/** Another base URL that the bank's links begin with, if it has such a habit. */
export function otherBaseUrlOf({ links }: ResolvedProfile, { api }: Endpoint, version: ApiVersion) {
  const urls: Partial<Record<Endpoint['api'], BaseUrls>> = links.otherBaseUrls;
  return urls[api]?.[version];
}
