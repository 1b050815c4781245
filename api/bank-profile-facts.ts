// What the API tells and checks by a bank's profile.
import { nearestName, type ProfileBook } from '../bank-profiles/book.ts';
import { ConfigurationMissing, resolveProfile } from '../bank-profiles/resolve-profile.ts';
import type { BankProfileFacts, BankProfiles } from './deps.ts';

export function bankProfileFacts(
  profiles: ProfileBook,
  settings: Readonly<Record<string, string>>,
): BankProfiles {
  return {
    find(asked) {
      const profile = profiles.find(asked);
      if (profile === undefined) return undefined;
      const { name, group, registration, permissionsNotOffered } = profile;
      const hasVersion4 = (api: (typeof profile)['accountInformation']) =>
        api?.baseUrls['v4.0'] !== undefined;
      return {
        name,
        group,
        registrationRead: registration.read,
        registrationDelete: registration.delete,
        aispUseV4: hasVersion4(profile.accountInformation),
        pispUseV4: hasVersion4(profile.paymentInitiation),
        vrpUseV4: profile.variableRecurringPayments !== undefined && hasVersion4(profile.paymentInitiation),
        permissionsNotOffered,
        missingConfiguration: (simulated) => missing(profile, simulated),
      } satisfies BankProfileFacts;
    },
    nearest: (unknown) => nearestName(unknown, profiles.names()),
  };

  function missing(profile: NonNullable<ReturnType<ProfileBook['find']>>, simulated: boolean) {
    try {
      resolveProfile(profile, { settings, simulated });
      return [];
    } catch (error) {
      if (error instanceof ConfigurationMissing) return error.variables;
      throw error;
    }
  }
}
