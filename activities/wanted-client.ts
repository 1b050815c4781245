// What a registration is to ask the bank for: what its request leaves open follows from the software statement.
import { widestScope } from '../bank-client/registration-scope.ts';
import type { SoftwareStatementClaims } from '../security/software-statement.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { RequestedClient } from '../store/registrations.ts';
import { StepFailure } from './step-failure.ts';

type Wishes = Pick<
  RequestedClient,
  'registrationScope' | 'defaultFragmentRedirectUri' | 'defaultQueryRedirectUri' | 'redirectUris'
>;

/**
 * @param wishes what was asked for; by default with the registration
 * @throws {StepFailure} when the directory does not know a redirect address
 */
export function wantedClient(
  { registration, softwareStatement: defaults }: RegistrationContext,
  claims: SoftwareStatementClaims,
  wishes: Wishes = registration.requested,
) {
  const wanted = {
    registrationScope: wishes.registrationScope ?? widestScope(claims.software_roles),
    defaultFragmentRedirectUri: wishes.defaultFragmentRedirectUri ?? defaults.defaultFragmentRedirectUrl,
    defaultQueryRedirectUri: wishes.defaultQueryRedirectUri ?? defaults.defaultQueryRedirectUrl,
    redirectUris: wishes.redirectUris ?? claims.software_redirect_uris,
  };
  const all = [wanted.defaultFragmentRedirectUri, wanted.defaultQueryRedirectUri, ...wanted.redirectUris];
  const unknown = all.find((uri) => !claims.software_redirect_uris.includes(uri));
  if (unknown === undefined) return wanted;
  const text = `The directory's software statement does not list the redirect address ${unknown}.`;
  throw new StepFailure('ConfigurationMissing', { code: 'configuration-missing', detail: text }, text);
}
