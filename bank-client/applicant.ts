// A bank, seen as somebody who is not its client yet: what registration asks of directory and bank.
import type { ResolvedProfile } from '../bank-profiles/resolve-profile.ts';
import type { Clock } from '../clock.ts';
import { type DirectoryAddresses, fetchSoftwareStatement } from './directory.ts';
import type { Discover } from './discovery.ts';
import type { Transport } from './http.ts';
import type { KeySets } from './key-sets.ts';
import type { OwnIdentity } from './own-identity.ts';
import { readRawAnswer, writeRawAnswer } from './raw-answer.ts';
import { readRegistrationAnswer } from './registration-answer.ts';
import type { RequestedClient } from './registration-claims.ts';
import { requestRegistration } from './registration-endpoint.ts';

interface Parts {
  transport: Transport;
  clock: Clock;
  discover: Discover;
  keySets: KeySets;
  profile: ResolvedProfile;
  identity: OwnIdentity;
  directory: DirectoryAddresses;
}

/** Every function rejects with a BankError. */
export type Applicant = ReturnType<typeof createApplicant>;

export function createApplicant(parts: Parts) {
  const { clock, discover, profile, identity, directory } = parts;
  return {
    profile,
    discover: () => discover(profile),
    fetchSoftwareStatement: () => fetchSoftwareStatement(parts, directory, identity),
    /** The raw answer as text, judged by nobody yet. */
    register: async (registrationEndpoint: string, wanted: RequestedClient): Promise<string> =>
      writeRawAnswer(await requestRegistration(parts, registrationEndpoint, wanted), clock.nowMs()),
    judgeRegistration: (rawAnswer: string) =>
      readRegistrationAnswer(readRawAnswer(rawAnswer), profile.registration, clock),
  };
}
