// The registrations that share a client of the bank with one, by its profile.
import type { Applicant } from '../bank-client/applicant.ts';
import { oauthScopes } from '../bank-client/registration-scope.ts';
import type { ProfileBook } from '../bank-profiles/book.ts';
import { registrationGroup } from '../bank-profiles/registration-group.ts';
import type { ClientGroup } from '../store/once-only-calls.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { RegisteredBefore, RegistrationScope } from '../store/registrations.ts';
import { StepFailure } from './step-failure.ts';

/** @throws {StepFailure} `NotOffered` when the bank has no client for this scope */
export function clientGroup(
  { registration }: RegistrationContext,
  { profile }: Pick<Applicant, 'profile'>,
  scope: RegistrationScope,
): ClientGroup {
  const scopes = oauthScopes(scope);
  if (profile.registration.clients === 'one-per-api' && scopes.length !== 1) {
    const detail =
      'The bank has one client for each API: RegistrationScope has to be AccountAndTransaction or PaymentInitiation.';
    throw new StepFailure('NotOffered', { code: 'not-offered', detail }, detail);
  }
  return {
    softwareStatementId: registration.softwareStatementId,
    bankGroup: registration.bankGroup,
    registrationGroup: registrationGroup(profile, scopes),
    simulated: profile.simulated,
  };
}

/** The newest of them that belongs to the group. */
export function newestOf(
  group: ClientGroup,
  registered: readonly RegisteredBefore[],
  profiles: Pick<ProfileBook, 'find'>,
): RegisteredBefore | undefined {
  return registered.findLast(({ bankProfile, requested, client }) => {
    const profile = profiles.find(bankProfile);
    const isSimulated = requested.useSimulatedBank === true;
    return (
      profile !== undefined &&
      isSimulated === group.simulated &&
      registrationGroup(profile, oauthScopes(client.registrationScope)) === group.registrationGroup
    );
  });
}
