// Which registrations share a client at the bank: those of one registration group, and at some banks only those for the
// same API.
import type { NamedProfile } from './book.ts';

type Facts = Pick<NamedProfile, 'name' | 'group' | 'registration'>;

/** @param scopes `accounts`, `payments`, `fundsconfirmations`: what the client is for */
export function registrationGroup(profile: Facts, scopes: readonly string[]): string {
  const group = baseGroup(profile);
  return profile.registration.clients === 'one' ? group : `${group}_${scopes.toSorted().join('_')}`;
}

/** All that a profile can belong to. */
export function registrationGroups(profile: Facts): string[] {
  if (profile.registration.clients === 'one') return [baseGroup(profile)];
  return [['accounts'], ['payments']].map((scopes) => registrationGroup(profile, scopes));
}

function baseGroup({ name, group, registration }: Facts): string {
  return registration.group ?? name.slice(group.length + 1);
}
