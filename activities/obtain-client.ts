// Which client of the bank a registration is to be: one that serves its group already, one that is given, or a new one.
import { isDeepStrictEqual } from 'node:util';
import type { Applicant } from '../bank-client/applicant.ts';
import type { SoftwareStatementAssertion } from '../bank-client/directory.ts';
import { oauthScopes } from '../bank-client/registration-scope.ts';
import type { ClientGroup } from '../store/once-only-calls.ts';
import type { RegistrationContext } from '../store/registration-context.ts';
import type { ClientSecrets, RegisteredClient } from '../store/registrations.ts';
import type { TenantId } from '../workflows/contracts/ids.ts';
import { newestOf } from './client-group.ts';
import type { ActivityDeps } from './deps.ts';
import { registerOnce } from './register-once.ts';
import { StepFailure } from './step-failure.ts';

export interface Obtained {
  client: RegisteredClient;
  secrets: ClientSecrets;
  /** To be called once the client is recorded: only then may whoever comes later go by the record. */
  recorded(): Promise<void>;
}

export interface Asked {
  tenant: TenantId;
  context: RegistrationContext;
  applicant: Applicant;
  statement: SoftwareStatementAssertion;
  group: ClientGroup;
  /** Everything but the id that the bank gives. */
  wanted: Omit<RegisteredClient, 'externalApiId'>;
}

/** @throws {StepFailure} when a client is there that does not fit, or nobody knows whether there is one */
export async function obtainClient(deps: ActivityDeps, asked: Asked): Promise<Obtained> {
  const { tenant, context, group, wanted } = asked;
  const call = await registerOnce(deps, tenant, group);
  const registered = await deps.store.registrations.listRegistered(tenant, group);
  const before = newestOf(group, registered, deps.profiles);
  const given = await secretsOf(deps, context);
  const { externalApiId } = context.registration.requested;
  if (before !== undefined) {
    const earlier = await deps.store.registrations.loadContext(tenant, before.id);
    const secrets = {
      externalApiSecret: earlier?.clientSecret,
      registrationAccessToken: earlier?.registrationAccessToken,
    };
    refuseUnlessSame(before.client, secrets, { wanted, externalApiId, given });
    return { client: { ...wanted, ...kept(before.client) }, secrets, recorded: async () => {} };
  }
  if (externalApiId !== undefined)
    return { client: { ...wanted, externalApiId }, secrets: given, recorded: call.settled };

  const { applicant, statement } = asked;
  const endpoint = wanted.registrationEndpoint;
  if (!applicant.profile.registration.dynamic || endpoint === null) {
    const detail = 'The bank has no dynamic registration: ExternalApiId has to be given.';
    throw new StepFailure('NotOffered', { code: 'not-offered', detail }, detail);
  }
  const answer = await call.send(
    () =>
      applicant.register(endpoint, {
        softwareStatement: statement.assertion,
        redirectUris: wanted.redirectUris,
        scope: ['openid', ...oauthScopes(wanted.registrationScope)].join(' '),
      }),
    applicant.judgeRegistration,
  );
  // What the bank answers counts; what it leaves out is as it was asked for.
  const client = {
    ...wanted,
    externalApiId: answer.client_id,
    tokenEndpointAuthMethod: answer.token_endpoint_auth_method ?? wanted.tokenEndpointAuthMethod,
    redirectUris: answer.redirect_uris ?? wanted.redirectUris,
  };
  const { client_secret: externalApiSecret, registration_access_token: registrationAccessToken } = answer;
  return { client, secrets: { externalApiSecret, registrationAccessToken }, recorded: call.settled };
}

/** Given with the request, or where the request says that they are. */
async function secretsOf(
  { readSecret }: ActivityDeps,
  { registration: { requested }, clientSecret, registrationAccessToken }: RegistrationContext,
): Promise<ClientSecrets> {
  const read = async (
    given: string | undefined,
    description: typeof requested.externalApiSecretFromSecrets,
  ) => given ?? (description === undefined ? undefined : await readSecret(description));
  const [externalApiSecret, token] = await Promise.all([
    read(clientSecret, requested.externalApiSecretFromSecrets),
    read(registrationAccessToken, requested.registrationAccessTokenFromSecrets),
  ]);
  return { externalApiSecret, registrationAccessToken: token };
}

/** What the bank knows of a client stays when it serves again; addresses and redirects are the registration's own. */
function kept({ externalApiId, tokenEndpointAuthMethod }: RegisteredClient) {
  return { externalApiId, tokenEndpointAuthMethod };
}

/** A second client beside the one that is there would end in tokens of the wrong one. */
function refuseUnlessSame(
  client: RegisteredClient,
  secrets: ClientSecrets,
  asked: { wanted: Asked['wanted']; externalApiId: string | undefined; given: ClientSecrets },
): void {
  const refuse = (what: string): never => {
    const detail = `A registration with the same client at the bank is there already, and has another ${what}.`;
    throw new StepFailure('ConsentNotUsable', { code: 'registration-conflict', detail }, detail);
  };
  const { wanted, externalApiId, given } = asked;
  if (client.tokenEndpointAuthMethod !== wanted.tokenEndpointAuthMethod) refuse('client authentication');
  if (client.registrationScope !== wanted.registrationScope) refuse('RegistrationScope');
  if (externalApiId === undefined) return;
  if (client.externalApiId !== externalApiId) refuse('ExternalApiId');
  const same = (name: keyof ClientSecrets) => isDeepStrictEqual(secrets[name], given[name]);
  if (!same('externalApiSecret')) refuse('ExternalApiSecret');
  if (!same('registrationAccessToken')) refuse('RegistrationAccessToken');
}
