// The steps of a client registration.
import type { Discovery } from '../bank-client/discovery.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { ClientSecrets, RegisteredClient } from '../store/registrations.ts';
import type { RegistrationChange } from '../workflows/contracts/client-registration.ts';
import { classify, isRetried } from './classify.ts';
import { clientGroup } from './client-group.ts';
import { type ActivityDeps, loadRegistration } from './deps.ts';
import type { Activities, RegistrationReference } from './index.ts';
import { obtainClient } from './obtain-client.ts';
import { sharers } from './sharers.ts';
import { StepFailure } from './step-failure.ts';
import { updateClient, updateOwnUse } from './update-client.ts';
import { wantedClient } from './wanted-client.ts';

type RegistrationActivities = Pick<
  Activities,
  'prepareRegistration' | 'registerClientAtBank' | 'updateRegistration' | 'deleteRegistration'
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
          ...wantedClient(context, statement.claims),
          ...endpointsOf(discovery),
          tokenEndpointAuthMethod: applicant.profile.registration.tokenEndpointAuthMethod,
        };
        const group = clientGroup(context, applicant, wanted.registrationScope);
        const obtained = await obtainClient(deps, {
          ...{ tenant, context, applicant, statement, group, wanted },
        });
        await record(reference, obtained.client, obtained.secrets);
        await obtained.recorded();
      }),

    updateRegistration: async ({ tenant, registrationId, change, atBank }) => {
      const context = await loadRegistration(deps, tenant, registrationId);
      if (atBank) await updateClient(deps, { tenant, context, change });
      else await updateOwnUse(deps, { tenant, context, change });
      if (!(await store.registrations.recordVersions(tenant, registrationId, versionsOf(context, change))))
        throw ended();
    },

    deleteRegistration: async ({ tenant, registrationId, atBank }) => {
      const context = await loadRegistration(deps, tenant, registrationId);
      // The client stays at the bank as long as another registration lives by it.
      const isShared = (await sharers(store, tenant, context)).length > 0;
      if (atBank && !isShared) await (await banks.connect(context)).deleteRegistration();
      await store.registrations.recordDeleted(tenant, registrationId);
      return { leftAtBank: atBank && isShared };
    },
  };

  async function record(
    { tenant, registrationId }: RegistrationReference,
    client: RegisteredClient,
    secrets: ClientSecrets = {},
  ): Promise<void> {
    if (await store.registrations.recordRegistered(tenant, registrationId, { client, secrets })) return;
    throw ended();
  }
}

function endpointsOf({ jwksUri, tokenEndpoint, authorizationEndpoint, registrationEndpoint }: Discovery) {
  return { jwksUri: jwksUri ?? '', tokenEndpoint, authorizationEndpoint, registrationEndpoint };
}

function versionsOf({ registration }: RegistrationContext, change: RegistrationChange) {
  return {
    aispUseV4: change.aispUseV4 ?? registration.aispUseV4,
    pispUseV4: change.pispUseV4 ?? registration.pispUseV4,
    vrpUseV4: change.vrpUseV4 ?? registration.vrpUseV4,
    cbpiiUseV4: change.cbpiiUseV4 ?? registration.cbpiiUseV4,
  };
}

const ended = () =>
  new StepFailure('ConsentNotUsable', 'registration-not-usable', 'The registration has ended meanwhile.');

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
