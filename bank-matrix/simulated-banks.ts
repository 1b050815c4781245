// The banks of the sandbox as rows of the matrix: registered with `UseSimulatedBank`, their customers and counters at
// the sandbox's control interface.
import type { ProfileBook } from '../bank-profiles/book.ts';
import { registrationGroup } from '../bank-profiles/registration-group.ts';
import type { MatrixBank } from './bank.ts';
import type { Json } from './session.ts';

/** A client that a bank handed out by hand, as a registration names it. */
export interface GivenClient {
  ExternalApiId: string;
  ExternalApiSecret?: string;
}

export interface Sandbox {
  /** Clients that were handed out so far: brands of one registration group have the same. */
  clients: Map<string, Promise<GivenClient>>;
  control(method: string, path: string, body?: object): Promise<Json>;
  softwareStatementId: string;
  softwareId: string;
  redirectUris: string[];
}

export function simulatedBank(
  sandbox: Sandbox,
  profiles: Pick<ProfileBook, 'find'>,
  name: string,
): MatrixBank {
  const profile = profiles.find(name);
  if (profile === undefined) throw new Error(`There is no bank profile ${name}.`);
  const { registration, accountInformation, paymentInitiation } = profile;
  const { control, softwareId, redirectUris, softwareStatementId } = sandbox;
  return {
    ...{ profile: name, softwareStatementId, useSimulatedBank: true },
    offers: { accounts: accountInformation !== undefined, payments: paymentInitiation !== undefined },
    clientsPerApi: registration.clients === 'one-per-api',
    readsRegistrations: registration.read,
    deletesRegistrations: registration.delete,
    knowsClient: async (clientId) => {
      const path = `/clients/${name}/${encodeURIComponent(clientId)}`;
      return (await control('GET', path)).isKnown;
    },
    ...(registration.dynamic
      ? {}
      : {
          givenClient: (scope) => {
            const group = `${profile.group} ${registrationGroup(profile, [scope])} ${scope}`;
            const given = sandbox.clients.get(group) ?? handOut(scope);
            sandbox.clients.set(group, given);
            return given;
          },
        }),
    endTokens: async () => {
      await control('POST', '/knobs', { bank: name, accessTokenSeconds: 5 });
    },
    offeredFamilies: async () => (await control('GET', `/banks/${name}`)).paymentFamilies,
    executedPayments: async (consentId) => {
      const counters = await control('GET', '/counters');
      return counters[name]?.paymentsByConsent[consentId] ?? 0;
    },
  };

  async function handOut(scope: string): Promise<GivenClient> {
    const wish = { bank: name, softwareId, redirectUris, scope };
    const { clientId, clientSecret } = await control('POST', '/clients', wish);
    return {
      ExternalApiId: clientId,
      ...(clientSecret === undefined ? {} : { ExternalApiSecret: clientSecret }),
    };
  }
}
