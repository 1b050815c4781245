// A client told anew to the bank (PUT): with the present certificate and software statement, and other redirect
// addresses where those were asked for. Every registration that shares the client is changed with it.
import { oauthScopes } from '../bank-client/registration-scope.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { RegistrationChange } from '../workflows/contracts/client-registration.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import type { ActivityDeps } from './deps.ts';
import { sharers } from './sharers.ts';
import { StepFailure } from './step-failure.ts';
import { wantedClient } from './wanted-client.ts';

export async function updateClient(
  { store, banks }: ActivityDeps,
  { tenant, context, change }: { tenant: TenantId; context: RegistrationContext; change: RegistrationChange },
): Promise<void> {
  const { registration } = context;
  const { client } = registration;
  if (client === null) throw new Error('Only a registration with a client is updated.');
  const bank = await banks.connect(context);
  const { assertion, claims } = await (await banks.apply(context)).fetchSoftwareStatement();
  const { registrationScope } = client;
  const wanted = wantedClient(context, claims, { ...registration.requested, ...change, registrationScope });
  const answer = await bank.updateRegistration({
    softwareStatement: assertion,
    redirectUris: wanted.redirectUris,
    scope: ['openid', ...oauthScopes(registrationScope)].join(' '),
  });
  if (answer.client_id !== client.externalApiId) {
    const text = 'The bank answered with another client than the one that was to be changed.';
    throw new StepFailure('ResponseInvalid', { code: 'bank-response-invalid', detail: text }, text);
  }
  const { client_secret: externalApiSecret, registration_access_token: registrationAccessToken } = answer;
  const secrets = { externalApiSecret, registrationAccessToken };
  const changed = { ...client, ...wanted, redirectUris: answer.redirect_uris ?? wanted.redirectUris };
  await store.registrations.recordRegistered(tenant, registration.id, { client: changed, secrets });
  for (const sharer of await sharers(store, tenant, context)) {
    const { redirectUris } = changed;
    await store.registrations.recordRegistered(tenant, sharer.id, {
      client: { ...sharer.client, redirectUris },
      secrets,
    });
  }
}

/** Where customers are sent back to, among the addresses that the bank knows already. */
export async function updateOwnUse(
  { store }: ActivityDeps,
  { tenant, context, change }: { tenant: TenantId; context: RegistrationContext; change: RegistrationChange },
): Promise<void> {
  const { id, client } = context.registration;
  const { defaultFragmentRedirectUri, defaultQueryRedirectUri } = change;
  if (client === null || (defaultFragmentRedirectUri ?? defaultQueryRedirectUri) === undefined) return;
  await store.registrations.recordRegistered(tenant, id, {
    client: {
      ...client,
      defaultFragmentRedirectUri: defaultFragmentRedirectUri ?? client.defaultFragmentRedirectUri,
      defaultQueryRedirectUri: defaultQueryRedirectUri ?? client.defaultQueryRedirectUri,
    },
  });
}
