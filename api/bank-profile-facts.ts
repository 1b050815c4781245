// What the API tells and checks by a bank's profile.
import { findProfile } from '../bank-profiles/index.ts';
import type { BankProfileFacts } from './deps.ts';

export function findBankProfile(name: string): BankProfileFacts | undefined {
  const profile = findProfile(name);
  if (profile === undefined) return undefined;
  const { group, registration, accountInformation, paymentInitiation, permissionsNotOffered } = profile;
  return {
    group,
    registrationRead: registration.read,
    registrationDelete: registration.delete,
    aispUseV4: accountInformation?.version === 'v4.0',
    pispUseV4: paymentInitiation?.version === 'v4.0',
    vrpUseV4: false,
    permissionsNotOffered,
  };
}
