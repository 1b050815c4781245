// The addresses of banks that lay both APIs out as the specification proposes: `{base}/{version}/{aisp or pisp}`.
// https://openbankinguk.github.io/read-write-api-site3/v4.0/profiles/read-write-data-api-profile.html#uri-structure
import type { BankProfileSource } from '../profile.ts';

type Apis = Pick<BankProfileSource, 'accountInformation' | 'paymentInitiation'>;
type Versions = readonly ('v3.1' | 'v4.0')[];

/** @param base up to and with `open-banking` */
export function apisAt(base: string, versions: Versions): Required<Apis> {
  const baseUrls = (api: string) =>
    Object.fromEntries(versions.map((version) => [version, `${base}/${version}/${api}`]));
  return {
    accountInformation: { baseUrls: baseUrls('aisp') },
    paymentInitiation: { baseUrls: baseUrls('pisp') },
  };
}

export const bothVersions: Versions = ['v3.1', 'v4.0'];
export const version3: Versions = ['v3.1'];
export const version4: Versions = ['v4.0'];

/** One address for both versions, told to third parties only: the version in it is exchanged as needed. */
export const privateApis: Required<Apis> = {
  accountInformation: {
    baseUrls: {
      'v3.1': { configured: 'AccountAndTransactionApiBaseUrl' },
      'v4.0': { configured: 'AccountAndTransactionApiBaseUrl' },
    },
  },
  paymentInitiation: {
    baseUrls: {
      'v3.1': { configured: 'PaymentInitiationApiBaseUrl' },
      'v4.0': { configured: 'PaymentInitiationApiBaseUrl' },
    },
  },
};
