// What the API tells and checks by a bank's profile.
import type { NamedProfile, ProfileBook } from '../bank-profiles/book.ts';
import { describeBank, describeInDetail, missingConfiguration } from '../bank-profiles/describe.ts';
import { nearestName } from '../bank-profiles/nearest-name.ts';
import { writeRequest } from '../bank-profiles/write-request.ts';
import type { BankProfileFacts, BankProfiles } from './deps.ts';

/** @param settings values of configuration variables by name */
export function bankProfileFacts(
  profiles: ProfileBook,
  settings: Readonly<Record<string, string>>,
): BankProfiles {
  const all = () => profiles.names().flatMap((name) => profiles.find(name) ?? []);
  return {
    find: (asked) => {
      const profile = profiles.find(asked);
      return profile && factsOf(profile, settings);
    },
    nearest: (unknown) => nearestName(unknown, profiles.names()),
    describeAll: () => all().map((profile) => describeBank(profile, settings)),
    describe: (asked) => {
      const profile = profiles.find(asked);
      return profile && describeInDetail(profile, settings);
    },
  };
}

function factsOf(profile: NamedProfile, settings: Readonly<Record<string, string>>): BankProfileFacts {
  const { name, group, registration, permissionsNotOffered } = profile;
  const hasVersion4 = (api: NamedProfile['accountInformation']) => api?.baseUrls['v4.0'] !== undefined;
  return {
    name,
    group,
    registrationRead: registration.read,
    registrationUpdate: registration.update,
    registrationDelete: registration.delete,
    registersDynamically: registration.dynamic,
    usesClientSecret: registration.tokenEndpointAuthMethod.startsWith('client_secret'),
    aispUseV4: hasVersion4(profile.accountInformation),
    pispUseV4: hasVersion4(profile.paymentInitiation),
    vrpUseV4: profile.variableRecurringPayments !== undefined && hasVersion4(profile.paymentInitiation),
    cbpiiUseV4: hasVersion4(profile.fundsConfirmation),
    permissionsNotOffered,
    writeRequest: (resource, useV4, body) => writeRequest(profile, resource, useV4 ? 'v4.0' : 'v3.1', body),
    missingConfiguration: (simulated) => missingConfiguration(profile, settings, simulated),
  };
}
