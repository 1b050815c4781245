// The steps of a client registration.
import type { SoftwareStatementAssertion } from '../bank-client/directory.ts';
import type { Discovery } from '../bank-client/discovery.ts';
import { oauthScopes, widestScope } from '../bank-client/registration-scope.ts';
import { clientRegistrationCall } from '../store/once-only-calls.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { ClientSecrets, RegisteredClient } from '../store/registrations.ts';
import { classify, isRetried } from './classify.ts';
import { type ActivityDeps, bankOf, loadRegistration } from './deps.ts';
import type { Activities, RegistrationReference } from './index.ts';
import { sendOnce } from './send-once.ts';
import { StepFailure } from './step-failure.ts';

type RegistrationActivities = Pick<
  Activities,
  'prepareRegistration' | 'registerClientAtBank' | 'deleteRegistration'
>;

export function createRegistrationActivities(deps: ActivityDeps): RegistrationActivities {
  const { store, banks } = deps;

  return {
    /** Asks the bank where its endpoints are: nothing that could not be asked again. */
    prepareRegistration: (reference) =>
      recordingRefusal(deps, reference, async () => {
        const { tenant, registrationId } = reference;
        const applicant = await banks.apply(await loadRegistration(deps, tenant, registrationId));
        await store.registrations.recordPreparation(tenant, registrationId, await applicant.discover());
      }),

    registerClientAtBank: (reference) =>
      recordingRefusal(deps, reference, async () => {
        const { tenant, registrationId } = reference;
        const context = await loadRegistration(deps, tenant, registrationId);
        if (context.registration.client !== null) return;
        const applicant = await banks.apply(context);
        const discovery = (await store.registrations.findPreparation(tenant, registrationId)) as Discovery; // by the step before
        // Fetched when it is about to be sent: banks refuse statements that are not fresh.
        const statement = await applicant.fetchSoftwareStatement();
        const wanted = {
          ...wantedOf(context, statement),
          ...endpointsOf(discovery),
          tokenEndpointAuthMethod: applicant.profile.registration.tokenEndpointAuthMethod,
        };
        const { externalApiId } = context.registration.requested;
        if (externalApiId !== undefined) return await record(reference, { ...wanted, externalApiId });

        const endpoint = discovery.registrationEndpoint;
        if (endpoint === null) {
          throw new StepFailure('NotOffered', 'not-offered', 'The bank has no registration endpoint.');
        }
        const call = clientRegistrationCall(registrationId);
        const raw = await sendOnce(deps, tenant, call, () =>
          applicant.register(endpoint, {
            softwareStatement: statement.assertion,
            redirectUris: wanted.redirectUris,
            scope: ['openid', ...oauthScopes(wanted.registrationScope)].join(' '),
          }),
        );
        const answer = applicant.judgeRegistration(raw);
        // What the bank answers counts; what it leaves out is as it was asked for.
        const client = {
          ...wanted,
          externalApiId: answer.client_id,
          tokenEndpointAuthMethod: answer.token_endpoint_auth_method ?? wanted.tokenEndpointAuthMethod,
          redirectUris: answer.redirect_uris ?? wanted.redirectUris,
        };
        const { client_secret: externalApiSecret, registration_access_token: registrationAccessToken } =
          answer;
        await record(reference, client, { externalApiSecret, registrationAccessToken });
        await store.onceOnlyCalls.settle(tenant, call, 'done');
      }),

    deleteRegistration: async ({ tenant, registrationId, atBank }) => {
      if (atBank) await (await bankOf(deps, tenant, registrationId)).deleteRegistration();
      await store.registrations.recordDeleted(tenant, registrationId);
    },
  };

  async function record(
    { tenant, registrationId }: RegistrationReference,
    client: RegisteredClient,
    secrets: ClientSecrets = {},
  ): Promise<void> {
    if (await store.registrations.recordRegistered(tenant, registrationId, { client, secrets })) return;
    throw new StepFailure(
      'ConsentNotUsable',
      'registration-not-usable',
      'The registration has ended meanwhile.',
    );
  }
}

/** What the request leaves open follows from the software statement. */
function wantedOf(
  { registration: { requested }, softwareStatement: defaults }: RegistrationContext,
  { claims }: SoftwareStatementAssertion,
) {
  const wanted = {
    registrationScope: requested.registrationScope ?? widestScope(claims.software_roles),
    defaultFragmentRedirectUri: requested.defaultFragmentRedirectUri ?? defaults.defaultFragmentRedirectUrl,
    defaultQueryRedirectUri: requested.defaultQueryRedirectUri ?? defaults.defaultQueryRedirectUrl,
    redirectUris: requested.redirectUris ?? claims.software_redirect_uris,
  };
  const all = [wanted.defaultFragmentRedirectUri, wanted.defaultQueryRedirectUri, ...wanted.redirectUris];
  const unknown = all.find((uri) => !claims.software_redirect_uris.includes(uri));
  if (unknown === undefined) return wanted;
  const text = `The directory's software statement does not list the redirect address ${unknown}.`;
  throw new StepFailure('ConfigurationMissing', { code: 'configuration-missing', detail: text }, text);
}

function endpointsOf({ jwksUri, tokenEndpoint, authorizationEndpoint, registrationEndpoint }: Discovery) {
  return { jwksUri: jwksUri ?? '', tokenEndpoint, authorizationEndpoint, registrationEndpoint };
}

/** What ends the registration for good is recorded with the bank's own words, for whoever asks later. */
async function recordingRefusal(
  { store }: ActivityDeps,
  { tenant, registrationId }: RegistrationReference,
  step: () => Promise<void>,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    const failure = classify(error);
    if (failure !== undefined && !isRetried(failure)) {
      await store.registrations.recordFailed(tenant, registrationId, failure);
    }
    throw error;
  }
}
